package io.rstscope.judge.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.judge.context.FirstEnd;
import io.rstscope.judge.context.FirstEnd.Way;
import io.rstscope.net.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same silence again and again is a timer, as long as chance does not explain it. */
class RecurrenceTest {
  /** Twenty to one: what the judgement takes for likely. */
  private static final double LIKELY = 3;

  private static final double SURE = 6;
  private static final List<String> HOSTS = List.of("10.0.1.1", "10.0.0.2");

  private final List<FirstEnd> ends = new ArrayList<>();
  private final List<List<String>> hosts = new ArrayList<>();
  private final Random random = new Random(2026);

  private int add(double end, double silence) {
    return add(HOSTS, Way.FIN, end, silence, silence);
  }

  private int add(List<String> at, Way way, double end, double payload, double packets) {
    ends.add(
        new FirstEnd(
            way, Side.CLIENT, nanos(end), nanos(payload), nanos(packets), -1, false, false));
    hosts.add(at);
    return ends.size() - 1;
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }

  private Recurrence recurrence() {
    return Recurrence.of(ends, hosts);
  }

  /** At random moments of six hours, mostly soon after the last message. */
  private void addDeaths(int count) {
    for (int i = 0; i < count; i++) {
      add(random.nextDouble() * 21_600, -120 * Math.log(1 - random.nextDouble()));
    }
  }

  /** How many of the ends chance makes look like a timer. */
  private long mistaken() {
    Recurrence recurrence = recurrence();
    return IntStream.range(0, ends.size()).filter(i -> recurrence.at(i).logOdds() >= SURE).count();
  }

  @Test
  void shouldFindNothingInOneEnd() {
    add(1000, 300);

    assertSame(Recurrence.Found.NOTHING, recurrence().at(0));
    assertSame(Recurrence.Found.NOTHING, recurrence().nearby(0));
  }

  @Test
  void shouldFindATimerInTwoEndsAfterTheSameConfiguredTime() {
    add(1000, 300.01);
    add(5000, 300.02);

    Recurrence.Found found = recurrence().at(0);

    assertTrue(found.logOdds() > SURE, found::toString);
    assertEquals(2, found.independent());
    assertEquals(nanos(300.01), found.shortestNanos());
    assertEquals(nanos(300.02), found.longestNanos());
  }

  @Test
  void shouldNotTakeTwoForOneThatNobodyWouldConfigure() {
    add(1000, 4.37);
    add(5000, 4.38);

    assertTrue(recurrence().at(0).logOdds() < LIKELY, () -> recurrence().at(0).toString());
  }

  @Test
  void shouldFindNoTimerAmongHundredsOfDeathsAtRandomMoments() {
    for (int run = 0; run < 10; run++) {
      ends.clear();
      hosts.clear();
      addDeaths(300);

      assertEquals(0, mistaken());
    }
  }

  @Test
  void shouldFindNoTimerWhereSilencesBreakOffBecauseOfHeartbeats() {
    for (int i = 0; i < 1000; i++) {
      add(random.nextDouble() * 21_600, 5 * random.nextDouble());
    }

    assertEquals(0, mistaken());
  }

  @Test
  void shouldFindATimerAmongThemAndJudgeEachEndByIt() {
    addDeaths(300);
    for (int i = 0; i < 60; i++) {
      add(random.nextDouble() * 21_600, 300 + random.nextDouble() * 0.03);
    }

    Recurrence recurrence = recurrence();

    for (int i = 300; i < 360; i++) {
      assertTrue(recurrence.at(i).logOdds() > SURE, recurrence.at(i)::toString);
    }
    for (int i = 0; i < 300; i++) {
      boolean away = Math.abs(ends.get(i).payloadSilenceNanos() - nanos(300)) > nanos(0.5);
      assertTrue(!away || recurrence.at(i).logOdds() < SURE, recurrence.at(i)::toString);
      assertTrue(recurrence.nearby(i).logOdds() > SURE, "its path is known to have one");
    }
  }

  @Test
  void shouldNotTakeADeathNearATimerForIt() {
    for (int i = 0; i < 60; i++) {
      add(1000 + 300 * i, 300 + random.nextDouble() * 0.03);
    }
    int before = add(30_000, 297.75);
    int after = add(31_000, 302.37);

    assertTrue(recurrence().at(0).logOdds() > SURE);
    assertTrue(recurrence().at(before).logOdds() < 0, () -> recurrence().at(before).toString());
    assertTrue(recurrence().at(after).logOdds() < 0, () -> recurrence().at(after).toString());
  }

  @Test
  void shouldFindACoarseTimerWhole() {
    for (int i = 0; i < 12; i++) {
      add(1000 + 500 * i, 600 + 0.9 * i);
    }

    assertEquals(12, recurrence().at(0).independent());
    assertEquals(12, recurrence().at(11).independent());
  }

  @Test
  void shouldTakeABatchThatFellSilentTogetherForOneWitness() {
    for (int i = 0; i < 13; i++) {
      add(1000 + 0.25 * i, 300 + 0.25 * i);
    }

    assertTrue(recurrence().at(0).logOdds() < LIKELY, () -> recurrence().at(0).toString());
  }

  @Test
  void shouldTakeThoseThatEndTogetherForOneWitness() {
    for (int i = 0; i < 13; i++) {
      add(1000 + 0.01 * i, 300 + 0.4 * i);
    }

    assertTrue(recurrence().at(0).logOdds() < LIKELY, () -> recurrence().at(0).toString());
  }

  @Test
  void shouldLookAtPayloadAndAtPackets() {
    add(HOSTS, Way.FIN, 1000, 300.01, 20.37);
    add(HOSTS, Way.FIN, 5000, 300.02, 71.37);
    add(HOSTS, Way.FIN, 9000, 45.37, 500.01);
    add(HOSTS, Way.FIN, 14_000, 11.37, 500.02);

    assertTrue(recurrence().at(0).logOdds() > SURE);
    assertTrue(recurrence().at(2).logOdds() > SURE);
  }

  @Test
  void shouldKeepHostsAndWaysOfEndingApart() {
    add(List.of("10.0.1.1"), Way.FIN, 1000, 300.01, 300.01);
    add(List.of("10.0.1.2"), Way.FIN, 5000, 300.02, 300.02);
    add(List.of("10.0.1.1"), Way.RESET, 9000, 300.02, 300.02);

    for (int i = 0; i < 3; i++) {
      assertSame(Recurrence.Found.NOTHING, recurrence().at(i));
    }
  }

  @Test
  void shouldShareATimerUnderAnyOfTheAddresses() {
    add(List.of("10.0.1.1", "10.0.0.2"), Way.FIN, 1000, 300.01, 300.01);
    add(List.of("10.0.1.2", "10.0.0.2"), Way.FIN, 5000, 300.02, 300.02);

    assertTrue(recurrence().at(0).logOdds() > SURE);
  }

  @Test
  void shouldPassOverEverydayPausesAndEndsThatAreLeftOut() {
    add(1000, 0.5);
    add(5000, 0.5);
    add(List.of(), Way.FIN, 9000, 300.01, 300.01);
    add(14_000, 300.01);

    for (int i = 0; i < 4; i++) {
      assertTrue(recurrence().at(i).logOdds() < 0, "" + i);
    }
    assertSame(Recurrence.Found.NOTHING, recurrence().nearby(2));
  }

  // ---- how many there are by chance

  /** Of two ends after the same silence among these others, in whose name no timer is. */
  private double logOddsAmong(double... others) {
    ends.clear();
    hosts.clear();
    add(1000, 300.01);
    add(5000, 300.02);
    for (int i = 0; i < others.length; i++) {
      add(10_000 + 1000 * i, others[i]);
    }
    return recurrence().at(0).logOdds();
  }

  @ParameterizedTest
  @CsvSource({
    "150.004, false", // less than half as long
    "150.006, true",
    "170, true",
    "297, true",
    "303, true",
    "500, true",
    "600.039, true",
    "600.041, false" // more than twice as long
  })
  void shouldBeDoubtedForOthersBetweenHalfAndTwiceAsLong(double silence, boolean doubted) {
    assertEquals(doubted, logOddsAmong(silence) < logOddsAmong() - 0.1);
  }

  /** As many in half of the room are twice as dense. */
  @Test
  void shouldBeDoubtedMoreWhereOthersAreDenser() {
    double below = logOddsAmong(160, 180, 200, 220, 240, 260, 280);
    double above = logOddsAmong(320, 360, 400, 440, 480, 520, 560);

    assertTrue(below < above - 0.5, below + " " + above);
  }

  // ---- one event

  @ParameterizedTest
  @CsvSource({"0.3, false", "0.300000001, true", "-0.3, false", "-0.300000001, true"})
  void shouldTakeEndsForIndependentThatAreFartherApartThanOneEvent(double apart, boolean found) {
    add(1000, 300);
    add(1000 + apart, 300);

    assertEquals(found ? 2 : 1, recurrence().at(0).independent());
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "0.999999999, 1"})
  void shouldTakeNothingForASilenceThatIsShorterThanASecond(double silence, int independent) {
    add(1000, silence);
    add(5000, silence);

    assertEquals(independent, recurrence().at(0).independent());
  }

  // ---- values that people configure

  private double logOddsOfTwoAfter(double silence) {
    ends.clear();
    hosts.clear();
    add(1000, silence);
    add(5000, silence);
    return recurrence().at(0).logOdds();
  }

  @ParameterizedTest(name = "{0} s rather than {1} s")
  @CsvSource({
    "299.971, 299.969", // a timer fires when it is to, but for jitter
    "300.059, 300.061",
    "299.691, 299.689", // nginx may fire a little early
    "301.099, 301.101", // others look now and then
    "5.119, 5.121" // those of short timers more often
  })
  void shouldBeSurerTheNearerItIsToAValueThatPeopleConfigure(double near, double far) {
    assertTrue(logOddsOfTwoAfter(near) > logOddsOfTwoAfter(far) + 1);
  }

  @ParameterizedTest
  @CsvSource({"299.98, 300.05", "299.7, 299.95", "300.2, 301"})
  void shouldBeAsSureOfAllThatAreAsNear(double one, double other) {
    assertEquals(logOddsOfTwoAfter(one), logOddsOfTwoAfter(other), 0.1);
  }

  @Test
  void shouldAllowNginxToFireEarlyWhenItDoesSoAgainAndAgain() {
    for (int i = 0; i < 6; i++) {
      add(1000 + 500 * i, 59.75 + 0.04 * i);
    }

    assertTrue(recurrence().at(0).logOdds() > SURE, () -> recurrence().at(0).toString());
    assertEquals(6, recurrence().at(0).independent());
  }
}
