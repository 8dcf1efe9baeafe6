package io.rstscope.judge.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** What witnesses of one kind, and silences that survived, say of a timer together. */
class TimerBoundsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String CLIENT = "10.0.1.1";
  private static final String BROKER = "10.0.0.2";

  private static final SurvivedSilences NOTHING = survived(0);

  private final List<TimerWitness> witnesses = new ArrayList<>();

  /** A connection from that client lived through about so many seconds. */
  private static SurvivedSilences survived(int seconds) {
    Talk talk = IdleTimeout.survivor(new Talk().open(0), Duration.ofSeconds(seconds));
    return Analysis.survived(Talk.capture(talk)).silences();
  }

  private static long longest(SurvivedSilences survived) {
    return survived.longestNanos(CLIENT, BROKER);
  }

  private TimerBoundsTest lost(Expiry expiry, long silenceNanos, long endNanos) {
    return lost(expiry, silenceNanos, endNanos, false);
  }

  private TimerBoundsTest lost(Expiry expiry, long silenceNanos, long endNanos, boolean sure) {
    int place = witnesses.size();
    witnesses.add(new TimerWitness(place, CLIENT, BROKER, expiry, silenceNanos, endNanos, sure));
    return this;
  }

  private TimerBounds with(SurvivedSilences survived) {
    return new TimerBounds(witnesses, survived);
  }

  // ---- contradicted

  @Test
  void shouldContradictAForgetfulDeviceByNearlyAsLongASilence() {
    SurvivedSilences survived = survived(340);
    long twoPercentLonger = (long) (longest(survived) / 0.98);
    lost(Expiry.REJECTS_LATER, twoPercentLonger - 1000, 9_000 * SECOND);
    assertTrue(with(survived).contradicted());

    witnesses.clear();
    lost(Expiry.REJECTS_LATER, twoPercentLonger + 1000, 9_000 * SECOND);
    assertFalse(with(survived).contradicted());
  }

  @Test
  void shouldContradictADeviceThatActsByItselfByALongerSilenceOnly() {
    SurvivedSilences survived = survived(340);
    long twoPercentShorter = (long) (longest(survived) / 1.02);
    lost(Expiry.RESETS_BOTH, twoPercentShorter - 1000, 9_000 * SECOND);
    assertTrue(with(survived).contradicted());

    witnesses.clear();
    lost(Expiry.RESETS_BOTH, twoPercentShorter + 1000, 9_000 * SECOND);
    assertFalse(with(survived).contradicted());
  }

  @Test
  void shouldSayThatSomethingContradictsIt() {
    lost(Expiry.REJECTS_LATER, 60 * SECOND, 9_000 * SECOND, true);

    IdleTimer timer = with(survived(340)).timer();

    assertTrue(timer.contradicted());
    assertEquals(-1, timer.atLeastNanos());
    assertEquals(List.of(), timer.mayBe());
    assertEquals(
        "at most 60.0 s, 1 connection from 10.0.1.1 to 10.0.0.2; but an idle period of 340 s"
            + " survived on the same path, so it is not a timer alone, or not the same for all",
        timer.says());
  }

  // ---- bracketed

  private boolean bracketed(long shortest, SurvivedSilences survived, long apart) {
    lost(Expiry.REJECTS_LATER, shortest, 9_000 * SECOND);
    lost(Expiry.REJECTS_LATER, shortest + SECOND, 9_000 * SECOND + apart);
    return with(survived).isBracketed();
  }

  @ParameterizedTest
  @CsvSource({"2000000000, false", "2000000001, true"})
  void shouldBeBracketedWhenNoSingleEventEndedAll(long apart, boolean bracketed) {
    assertEquals(bracketed, bracketed(360 * SECOND, survived(340), apart));
  }

  @ParameterizedTest
  @CsvSource({"0, true", "1, false"})
  void shouldNotBeBracketedByMuchShorterSilences(long beyond, boolean bracketed) {
    SurvivedSilences survived = survived(340);

    assertEquals(bracketed, bracketed(longest(survived) * 3 / 2 + beyond, survived, 9 * SECOND));
  }

  @ParameterizedTest
  @CsvSource({"0, true", "-1, false"})
  void shouldNotBeBracketedByLessThanTimersTake(long beyond, boolean bracketed) {
    assertEquals(bracketed, bracketed(30 * SECOND + beyond, survived(25), 9 * SECOND));
  }

  @Test
  void shouldNotBeBracketedWhereNothingSurvivedOrTooMuchDid() {
    assertFalse(bracketed(360 * SECOND, NOTHING, 9 * SECOND));
    assertFalse(new TimerBoundsTest().bracketed(360 * SECOND, survived(500), 9 * SECOND));
  }

  @Test
  void shouldNotBeBracketedWhereTheDeviceActsByItself() {
    lost(Expiry.RESETS_BOTH, 360 * SECOND, 9_000 * SECOND);
    lost(Expiry.RESETS_BOTH, 360 * SECOND, 9_900 * SECOND);

    assertFalse(with(survived(340)).isBracketed());
  }

  // ---- a timer at all

  private boolean isTimer() {
    return TimerBounds.isTimer(witnesses);
  }

  @Test
  void shouldBelieveAnIdleTimeoutThatIsOneByItself() {
    assertFalse(lost(Expiry.REJECTS_LATER, 60 * SECOND, 9_000 * SECOND).isTimer());
    assertTrue(lost(Expiry.REJECTS_LATER, 60 * SECOND, 9_001 * SECOND, true).isTimer());
  }

  @Test
  void shouldNeedTwoLossesAndFourClosingsThatAreNoSingleEvent() {
    lost(Expiry.RESETS, 60 * SECOND, 1_000 * SECOND);
    assertTrue(lost(Expiry.RESETS, 60 * SECOND, 2_000 * SECOND).isTimer());

    witnesses.clear();
    for (int i = 1; i <= 3; i++) {
      assertFalse(lost(Expiry.CLOSES, 60 * SECOND, 1_000L * i * SECOND).isTimer());
    }
    assertTrue(lost(Expiry.CLOSES, 60 * SECOND, 4_000 * SECOND).isTimer());
  }

  // ---- who depends on whom

  private int independent() {
    return with(NOTHING).timer().independent();
  }

  @Test
  void shouldCountTheSilencesThatDoNotOverlapInWhateverOrder() {
    lost(Expiry.DROPS_LATER, 100 * SECOND, 1_300 * SECOND);
    lost(Expiry.DROPS_LATER, 100 * SECOND, 1_050 * SECOND);
    lost(Expiry.DROPS_LATER, 100 * SECOND, 1_000 * SECOND);

    assertEquals(2, independent());
  }

  @ParameterizedTest
  @CsvSource({"100000000000, 2", "99999999999, 1"})
  void shouldExplainByOneEventWhatWasSilentAtOneTime(long later, int independent) {
    lost(Expiry.DROPS_LATER, 100 * SECOND, 1_000 * SECOND);
    lost(Expiry.DROPS_LATER, 100 * SECOND, 1_000 * SECOND + later);

    assertEquals(independent, independent());
  }

  @ParameterizedTest
  @CsvSource({"2000000000, 2", "1999999999, 1"})
  void shouldExplainByOneEventWhatWasResetAtOneTime(long later, int independent) {
    lost(Expiry.RESETS_BOTH, 100 * SECOND, 1_000 * SECOND);
    lost(Expiry.RESETS_BOTH, 100 * SECOND, 1_000 * SECOND + later);

    assertEquals(independent, independent());
  }

  @Test
  void shouldBeSureOfWhatSeveralSawAndNothingContradicts() {
    lost(Expiry.REJECTS_LATER, 360 * SECOND, 1_000 * SECOND, true);
    assertFalse(with(survived(340)).timer().isSure(), "one alone");

    lost(Expiry.REJECTS_LATER, 360 * SECOND, 2_000 * SECOND, true);
    assertTrue(with(survived(340)).timer().isSure());
    assertFalse(with(survived(500)).timer().isSure(), "contradicted");
  }

  // ---- in words

  private String says() {
    String says = with(NOTHING).timer().says();
    return says.substring(0, says.indexOf(','));
  }

  @Test
  void shouldSayOneValueWhereBothBoundsReadTheSame() {
    lost(Expiry.RESETS_BOTH, 300 * SECOND, 1_000 * SECOND);
    lost(Expiry.RESETS_BOTH, 300 * SECOND + 10_000_000, 2_000 * SECOND);
    assertEquals("300 s", says());

    lost(Expiry.RESETS_BOTH, 302 * SECOND, 3_000 * SECOND);
    assertEquals("between 300 s and 302 s", says());
  }
}
