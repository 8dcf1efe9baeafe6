package io.rstscope.judge.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.rstscope.reset.SurvivedSilences;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.IdleTimeout;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which witnesses tell of one timer, and which of several. */
class IdleTimersTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String BROKER = "10.0.0.2";

  private final List<TimerWitness> witnesses = new ArrayList<>();
  private SurvivedSilences survived = survived("10.0.9.9", 0);

  private static SurvivedSilences survived(String client, int seconds) {
    Talk talk = IdleTimeout.survivor(new Talk(client, 9).open(0), Duration.ofSeconds(seconds));
    return Analysis.survived(Talk.capture(talk)).silences();
  }

  /** Each an hour after the one before, and sure. */
  private void lost(String client, String broker, Expiry expiry, long silenceNanos) {
    int place = witnesses.size();
    long end = (place + 1) * 3_600L * SECOND;
    witnesses.add(new TimerWitness(place, client, broker, expiry, silenceNanos, end, true));
  }

  private void resetByDevice(double seconds) {
    lost("10.0.1.1", BROKER, Expiry.RESETS_BOTH, Math.round(seconds * SECOND));
  }

  private IdleTimers timers() {
    return IdleTimers.of(witnesses, survived);
  }

  // ---- the silence is the timer

  @Test
  void shouldPutSilencesTogetherThatAreNearlyTheSameInWhateverOrder() {
    resetByDevice(601);
    resetByDevice(300);
    resetByDevice(600);
    resetByDevice(301);
    resetByDevice(302);

    List<IdleTimer> timers = timers().timers();

    assertEquals(List.of(3, 2), timers.stream().map(IdleTimer::witnesses).toList());
    assertEquals(300 * SECOND, timers.get(0).atLeastNanos());
    assertEquals(302 * SECOND, timers.get(0).atMostNanos());
  }

  @ParameterizedTest
  @CsvSource({"102, 1", "102.000001, 2"})
  void shouldTakeSilencesForOneTimerThatDifferByTwoPercent(double seconds, int timers) {
    resetByDevice(100);
    resetByDevice(seconds);

    assertEquals(timers, timers().timers().size());
  }

  @Test
  void shouldTellOfEachConnectionWhichTimerEndedIt() {
    resetByDevice(300);
    resetByDevice(600);

    IdleTimers timers = timers();

    assertEquals(300 * SECOND, timers.of(0).atMostNanos());
    assertEquals(600 * SECOND, timers.of(1).atMostNanos());
    assertSame(timers.timers().get(0), timers.of(0));
    assertNull(timers.of(2));
  }

  // ---- the timer is shorter than the silence

  private void forgotten(String client, long silenceNanos) {
    lost(client, BROKER, Expiry.REJECTS_LATER, silenceNanos);
  }

  /** What lives through 300 s shares no timer with what is forgotten within 60 s. */
  @Test
  void shouldKeepPathsApartWhoseBoundsDoNotOverlap() {
    survived = survived("10.0.1.1", 300);
    forgotten("10.0.1.1", 400 * SECOND);
    forgotten("10.0.1.2", 60 * SECOND);
    forgotten("10.0.1.3", 70 * SECOND);

    IdleTimers timers = timers();

    assertEquals(2, timers.timers().size());
    assertEquals(1, timers.of(0).witnesses());
    assertEquals(2, timers.of(1).witnesses());
    assertSame(timers.of(1), timers.of(2));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "-1, 2"})
  void shouldShareATimerThatIsExactlyAsLongAsWhatSurvived(long shorter, int timers) {
    survived = survived("10.0.1.1", 300);
    forgotten("10.0.1.1", 400 * SECOND);
    forgotten("10.0.1.2", survived.longestNanos("10.0.1.1", BROKER) + shorter);

    assertEquals(timers, timers().timers().size());
  }

  @Test
  void shouldKeepAPathApartThatContradictsItself() {
    survived = survived("10.0.1.1", 300);
    forgotten("10.0.1.1", 60 * SECOND);
    forgotten("10.0.1.2", 60 * SECOND);

    IdleTimers timers = timers();

    assertEquals(true, timers.of(0).contradicted());
    assertEquals(false, timers.of(1).contradicted());
  }

  // ---- in which order

  @Test
  void shouldNameTheBestAttestedFirst() {
    lost("10.0.1.1", "10.0.0.1", Expiry.RESETS_BOTH, 300 * SECOND);
    lost("10.0.1.1", "10.0.0.2", Expiry.RESETS_BOTH, 300 * SECOND);
    lost("10.0.1.1", "10.0.0.2", Expiry.RESETS_BOTH, 300 * SECOND);

    assertEquals(
        List.of("10.0.0.2", "10.0.0.1"),
        timers().timers().stream().map(IdleTimer::broker).toList());
  }

  @Test
  void shouldNameThoseThatAreAsWellAttestedByTheirBrokersAndKinds() {
    lost("10.0.1.1", "10.0.0.2", Expiry.DROPS_LATER, 300 * SECOND);
    lost("10.0.1.1", "10.0.0.2", Expiry.RESETS_BOTH, 300 * SECOND);
    lost("10.0.1.1", "10.0.0.1", Expiry.REJECTS_LATER, 300 * SECOND);

    List<IdleTimer> timers = timers().timers();

    assertEquals(
        List.of("10.0.0.1", "10.0.0.2", "10.0.0.2"),
        timers.stream().map(IdleTimer::broker).toList());
    assertEquals(Expiry.RESETS_BOTH, timers.get(1).expiry());
  }
}
