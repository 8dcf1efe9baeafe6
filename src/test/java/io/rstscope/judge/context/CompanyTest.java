package io.rstscope.judge.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.judge.context.FirstEnd.Way;
import io.rstscope.net.Side;
import org.junit.jupiter.api.Test;

/** Who ended with whom. */
class CompanyTest {
  private static final String HOST = "10.0.1.1";
  private final Company company = new Company();

  private static FirstEnd fin(double end, double silence) {
    return end(Way.FIN, Side.CLIENT, end, silence);
  }

  private static FirstEnd end(Way way, Side by, double end, double silence) {
    long nanos = nanos(silence);
    return new FirstEnd(way, by, nanos(end), nanos, nanos, -1, false, false);
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }

  private Company.Shared with(FirstEnd end, FirstEnd... others) {
    company.add(HOST, HOST, end);
    for (FirstEnd other : others) {
      company.add(HOST, HOST, other);
    }
    company.sort();
    return company.with(HOST, HOST, end);
  }

  @Test
  void shouldBeNobodyOfOneThatEndedAlone() {
    assertEquals(
        new Company.Shared(0, false, false, false, 60_000_000_000L, 0, 1), with(fin(100, 60)));
  }

  @Test
  void shouldKnowNobodyOfAnotherHost() {
    company.sort();

    assertEquals(0, company.with(HOST, HOST, fin(100, 60)).others());
  }

  @Test
  void shouldCountThoseOfTheSameMomentBeforeAndAfter() {
    assertEquals(2, with(fin(100, 60), fin(99.86, 60), fin(100.14, 60)).others());
  }

  @Test
  void shouldLeaveOutThoseOfOtherMoments() {
    assertEquals(0, with(fin(100, 60), fin(99.84, 60), fin(100.16, 60)).others());
  }

  @Test
  void shouldLeaveOutThoseThatEndedInAnotherWayOrInTheOthersName() {
    FirstEnd reset = end(Way.RESET, Side.CLIENT, 100, 60);
    FirstEnd byBroker = end(Way.FIN, Side.BROKER, 100, 60);

    assertEquals(0, with(fin(100, 60), reset, byBroker).others());
  }

  @Test
  void shouldKnowWhatEndedInOneMomentThoughATimerOfEachWouldNot() {
    assertTrue(new CompanyTest().with(fin(100, 3), fin(100.001, 3.09)).oneMoment());
    assertFalse(new CompanyTest().with(fin(100, 3), fin(100.09, 3.09)).oneMoment());
    assertFalse(new CompanyTest().with(fin(100, 3), fin(100.001, 3.001)).oneMoment());
  }

  @Test
  void shouldTellSilencesOfOneTimerFromThoseThatDiffer() {
    assertTrue(new CompanyTest().with(fin(100, 60), fin(100, 60.1)).silencesAlike());
    assertTrue(new CompanyTest().with(fin(100, 600), fin(100, 611)).silencesAlike());
    assertTrue(new CompanyTest().with(fin(100, 60), fin(100, 62)).silencesDiffer());
    assertTrue(new CompanyTest().with(fin(100, 3), fin(100, 3.13)).silencesDiffer());
    assertFalse(new CompanyTest().with(fin(100, 60), fin(100, 62)).silencesAlike());
  }

  @Test
  void shouldCountThoseInUseThisOneIncluded() {
    assertEquals(2, with(fin(100, 0.2), fin(100, 0.9), fin(100, 1)).busy());
  }

  @Test
  void shouldCountClientHostsThisOnesIncluded() {
    FirstEnd end = fin(100, 60);
    for (int i = 1; i <= 3; i++) {
      company.add("10.0.0.2", "10.0.1." + i, fin(100 + 0.01 * i, 60));
    }
    company.sort();

    assertEquals(3, company.with("10.0.0.2", "10.0.1.1", end).hosts());
    assertEquals(4, company.with("10.0.0.2", "10.0.1.9", end).hosts());
  }

  @Test
  void shouldNotCountOnWhenThereAreEnough() {
    FirstEnd[] many = new FirstEnd[200];
    java.util.Arrays.fill(many, fin(100, 60));

    assertEquals(64, with(fin(100, 60), many).others());
  }

  @Test
  void shouldTakeForTheSameMomentWhatIsExactlySoFarApart() {
    FirstEnd late =
        new FirstEnd(Way.FIN, Side.CLIENT, nanos(100) + 150_000_000, 9, 9, -1, false, false);
    FirstEnd later =
        new FirstEnd(Way.FIN, Side.CLIENT, nanos(100) + 150_000_001, 9, 9, -1, false, false);

    assertEquals(1, new CompanyTest().with(fin(100, 60), late).others());
    assertEquals(0, new CompanyTest().with(fin(100, 60), later).others());
    assertEquals(1, new CompanyTest().with(late, fin(100, 60)).others());
    assertEquals(0, new CompanyTest().with(later, fin(100, 60)).others());
  }

  @Test
  void shouldTellSilencesApartThatDifferByMoreThanJitter() {
    assertTrue(new CompanyTest().with(fin(100, 3), fin(100, 3.12)).silencesAlike());
    assertTrue(new CompanyTest().with(fin(100, 3), fin(100, 3.120000001)).silencesDiffer());
  }

  @Test
  void shouldNameTheShortestSilence() {
    assertEquals(nanos(58), with(fin(100, 60), fin(100, 58), fin(100, 59)).shortestNanos());
  }
}
