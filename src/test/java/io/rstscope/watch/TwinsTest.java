package io.rstscope.watch;

import static io.rstscope.testing.Talk.CLIENT;
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
class TwinsTest {
  private static final int MOST = 10_000;

  private final List<String> words = new ArrayList<>();
  private final Twins twins = new Twins(MOST, words::add);

  /** Of so many connections that are lost at once. */
  private static List<Sighting> sightings(String source, int count) {
    Talk talk = new Talk().open(60).socketReset(CLIENT);
    return Copies.of(Analysis.of(talk).flow(), count).stream()
        .map(flow -> new Sighting(source, 1, flow, false, List.of()))
        .toList();
  }

  private long twinsAmong(List<Sighting> sightings) {
    return sightings.stream().filter(twins::isTwin).count();
  }

  private static Sighting sighting(String source, int port, Duration later) {
    Talk talk = new Talk("10.0.1.1", port).pause(later).open(60).socketReset(CLIENT);
    return new Sighting(source, 1, Analysis.of(talk).flow(), false, List.of());
  }

  @Test
  void shouldKnowAConnectionThatAnotherInterfaceShowedFirst() {
    assertFalse(twins.isTwin(sighting("eth0", 40_000, Duration.ZERO)));
    assertTrue(twins.isTwin(sighting("eth1", 40_000, Duration.ofMillis(1))));
    assertFalse(twins.isTwin(sighting("eth0", 40_000, Duration.ZERO)), "it is sighted again");
    assertTrue(twins.isTwin(sighting("eth1", 40_000, Duration.ofMillis(1))));
  }

  @Test
  void shouldSayOnceThatThereAreSome() {
    for (int port = 40_000; port < 40_003; port++) {
      twins.isTwin(sighting("eth0", port, Duration.ZERO));
      twins.isTwin(sighting("eth1", port, Duration.ZERO));
    }
    assertEquals(
        List.of("eth0 and eth1 show the same connections: each is told and counted once"), words);
  }

  @Test
  void shouldTellOthersApart() {
    twins.isTwin(sighting("eth0", 40_000, Duration.ZERO));
    assertFalse(twins.isTwin(sighting("eth1", 40_001, Duration.ZERO)));
    assertEquals(List.of(), words);
  }

  @Test
  void shouldTakeAPortThatIsUsedAgainForAnotherConnection() {
    twins.isTwin(sighting("eth0", 40_000, Duration.ZERO));
    assertFalse(twins.isTwin(sighting("eth1", 40_000, Duration.ofSeconds(5))));
    assertTrue(twins.isTwin(sighting("eth0", 40_000, Duration.ofSeconds(5))));
  }

  @Test
  void shouldKnowAllConnectionsOfAMassEventAgain() {
    assertEquals(0, twinsAmong(sightings("eth0", MOST)));
    assertEquals(MOST, twinsAmong(sightings("eth1", MOST)));
  }

  @Test
  void shouldForgetFirstWhatWasNotSightedForLongest() {
    List<Sighting> first = sightings("eth0", MOST + 1);
    twinsAmong(first.subList(0, MOST));
    twins.isTwin(first.get(0));

    twins.isTwin(first.get(MOST));

    List<Sighting> second = sightings("eth1", 2);
    assertTrue(twins.isTwin(second.get(0)), "it was sighted again");
    assertFalse(twins.isTwin(second.get(1)));
  }
}
