package io.rstscope.judge;

import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.incident.Incident;
import io.rstscope.judge.incident.Losses;
import io.rstscope.judge.sender.Sender;
import io.rstscope.judge.timer.Expiry;
import io.rstscope.judge.timer.IdleTimer;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.IdleTimeout;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of what is concluded about a capture. */
class CaptureVerdictTest {
  // ---- without the flows

  private static final Losses LOSSES = new Losses();

  private static Incident incident(int number, int connections) {
    return new Incident(
        number, 0, 0, connections, Cause.CLIENT_GONE, Sender.CLIENT, LOSSES, Map.of());
  }

  private static IdleTimer timer(String broker) {
    return new IdleTimer(
        broker, List.of("c"), 1, Expiry.CLOSES, 5, 5, 4, 4, -1, false, List.of(), "says");
  }

  private static final List<Incident> INCIDENTS =
      List.of(incident(1, 3), incident(2, 1), incident(3, 2), incident(4, 9));

  private static final List<IdleTimer> TIMERS = List.of(timer("a"), timer("b"), timer("c"));

  private static CaptureVerdict without(int most) {
    return new CaptureVerdict(List.of(), INCIDENTS, TIMERS, null).withoutFlows(most);
  }

  @Test
  void shouldKeepTheLargestIncidentsInTheOrderOfTime() {
    assertEquals(List.of(incident(1, 3), incident(4, 9)), without(2).incidents());
    assertEquals(List.of(incident(1, 3), incident(3, 2), incident(4, 9)), without(3).incidents());
  }

  @Test
  void shouldKeepTheBestAttestedTimers() {
    assertEquals(List.of(timer("a"), timer("b")), without(2).idleTimers());
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 100})
  void shouldKeepAllThatAreNotTooMany(int most) {
    assertEquals(INCIDENTS, without(most).incidents());
    assertEquals(TIMERS, without(most).idleTimers());
  }

  @Test
  void shouldLeaveOutTheFlows() {
    CaptureVerdict whole = Analysis.together(Talk.capture(new Talk().open(60).socketReset(CLIENT)));

    assertEquals(1, whole.flows().size());
    assertEquals(List.of(), whole.withoutFlows(9).flows());
    assertEquals(whole.heartbeats(), whole.withoutFlows(9).heartbeats());
  }

  // ---- some of the flows

  private static Talk forgotten(String broker, int hour, int port) {
    Talk talk = new Talk("10.0.1.1", port, broker).pause(Duration.ofHours(hour)).open(0);
    return IdleTimeout.forgotten(talk, Duration.ofSeconds(400));
  }

  private final CaptureVerdict both =
      Analysis.together(
          Talk.capture(
              forgotten("10.0.0.2", 0, 1),
              forgotten("10.0.0.2", 0, 2),
              forgotten("10.0.0.3", 2, 3),
              forgotten("10.0.0.3", 2, 4)));

  private static boolean isOfFirst(FlowVerdict flow) {
    return flow.flow().broker().address().equals("10.0.0.2");
  }

  @Test
  void shouldLeaveOutWhatSaysNothingOfTheFlowsThatAreAskedFor() {
    assertEquals(2, both.incidents().size());
    assertEquals(2, both.idleTimers().size());

    CaptureVerdict first = both.only(CaptureVerdictTest::isOfFirst);

    assertEquals(2, first.flows().size());
    assertTrue(first.flows().stream().allMatch(CaptureVerdictTest::isOfFirst));
    assertEquals(List.of(first.flows().get(0).idleTimer()), first.idleTimers());
    assertEquals(
        List.of(first.flows().get(0).incident()),
        first.incidents().stream().map(Incident::number).toList());
  }

  @Test
  void shouldKeepNothingWhenNoFlowIsAskedFor() {
    CaptureVerdict none = both.only(flow -> false);

    assertEquals(List.of(), none.flows());
    assertEquals(List.of(), none.incidents());
    assertEquals(List.of(), none.idleTimers());
    assertNull(none.heartbeats());
  }
}
