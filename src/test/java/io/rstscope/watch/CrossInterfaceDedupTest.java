package io.rstscope.watch;

import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.testing.Analysis;
import io.rstscope.testing.Copies;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connections that two watched interfaces show. */
class CrossInterfaceDedupTest {
  private static final int MOST = 10_000;

  private final List<String> words = new ArrayList<>();
  private final CrossInterfaceDedup twins = new CrossInterfaceDedup(MOST, words::add);

  /** Of so many connections that are lost at once. */
  private static List<FlowEvent> flowEvents(String source, int count) {
    Talk talk = new Talk().open(60).socketReset(CLIENT);
    return Copies.of(Analysis.of(talk).flow(), count).stream()
        .map(flow -> new FlowEvent(source, 1, flow, false, List.of()))
        .toList();
  }

  private long twinsAmong(List<FlowEvent> flowEvents) {
    return flowEvents.stream().filter(twins::isTwin).count();
  }

  private static FlowEvent flowEvent(String source, int port, Duration later) {
    Talk talk = new Talk("10.0.1.1", port).pause(later).open(60).socketReset(CLIENT);
    return new FlowEvent(source, 1, Analysis.of(talk).flow(), false, List.of());
  }

  @Test
  void shouldKnowAConnectionThatAnotherInterfaceShowedFirst() {
    assertFalse(twins.isTwin(flowEvent("eth0", 40_000, Duration.ZERO)));
    assertTrue(twins.isTwin(flowEvent("eth1", 40_000, Duration.ofMillis(1))));
    assertFalse(twins.isTwin(flowEvent("eth0", 40_000, Duration.ZERO)), "it is sighted again");
    assertTrue(twins.isTwin(flowEvent("eth1", 40_000, Duration.ofMillis(1))));
  }

  @Test
  void shouldSayOnceThatThereAreSome() {
    for (int port = 40_000; port < 40_003; port++) {
      twins.isTwin(flowEvent("eth0", port, Duration.ZERO));
      twins.isTwin(flowEvent("eth1", port, Duration.ZERO));
    }
    assertEquals(
        List.of("eth0 and eth1 show the same connections: each is reported and counted once"),
        words);
  }

  @Test
  void shouldTellOthersApart() {
    twins.isTwin(flowEvent("eth0", 40_000, Duration.ZERO));
    assertFalse(twins.isTwin(flowEvent("eth1", 40_001, Duration.ZERO)));
    assertEquals(List.of(), words);
  }

  @Test
  void shouldTakeAPortThatIsUsedAgainForAnotherConnection() {
    twins.isTwin(flowEvent("eth0", 40_000, Duration.ZERO));
    assertFalse(twins.isTwin(flowEvent("eth1", 40_000, Duration.ofSeconds(5))));
    assertTrue(twins.isTwin(flowEvent("eth0", 40_000, Duration.ofSeconds(5))));
  }

  @Test
  void shouldKnowAllConnectionsOfAMassEventAgain() {
    assertEquals(0, twinsAmong(flowEvents("eth0", MOST)));
    assertEquals(MOST, twinsAmong(flowEvents("eth1", MOST)));
  }

  @Test
  void shouldForgetFirstWhatWasNotSightedForLongest() {
    List<FlowEvent> first = flowEvents("eth0", MOST + 1);
    twinsAmong(first.subList(0, MOST));
    twins.isTwin(first.get(0));

    twins.isTwin(first.get(MOST));

    List<FlowEvent> second = flowEvents("eth1", 2);
    assertTrue(twins.isTwin(second.get(0)), "it was sighted again");
    assertFalse(twins.isTwin(second.get(1)));
  }
}
