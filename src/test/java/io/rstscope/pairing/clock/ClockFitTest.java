package io.rstscope.pairing.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The line between what was sent there and what arrived from there. */
class ClockFitTest {
  private static final long START = 1_795_196_308_000_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final long MICROSECOND = 1_000L;
  private static final long OFFSET = -1_234_567_000L;
  private static final double SKEW = 50e-6;
  private static final long TRANSIT = 400 * MICROSECOND;
  private static final int PACKETS = 200;

  private final TransitCloud fromThere = new TransitCloud();
  private final TransitCloud toThere = new TransitCloud();
  private Random random;

  @BeforeEach
  void same() {
    random = new Random(1);
  }

  private static long difference(long hereNanos) {
    return OFFSET + Math.round(SKEW * (hereNanos - START));
  }

  /** Each direction takes its shortest time and some jitter. */
  private void packets(long shortestFromThere, long shortestToThere) {
    for (int i = 0; i < PACKETS; i++) {
      long here = START + i * SECOND;
      add(fromThere, here, difference(here) + shortestFromThere + jitter());
      add(toThere, here, difference(here) - shortestToThere - jitter());
    }
  }

  private static void add(TransitCloud cloud, long here, long difference) {
    cloud.add(here, here - difference, cloud.size());
  }

  private long jitter() {
    return random.nextInt(100_000);
  }

  private static ClockLine line(TransitCloud fromThere, TransitCloud toThere) {
    return new ClockFit(fromThere, toThere).line();
  }

  private static void assertNear(ClockLine line, long most) {
    for (long here = START; here <= START + PACKETS * SECOND; here += 10 * SECOND) {
      assertEquals(difference(here), line.differenceAt(here), most);
    }
  }

  @Test
  void shouldFindOffsetAndSkewBelowTheJitter() {
    packets(TRANSIT, TRANSIT);

    ClockLine line = line(fromThere, toThere);

    assertNear(line, 15 * MICROSECOND);
    assertEquals(SKEW, line.skew(), 0.3e-6);
    assertEquals(TRANSIT, line.boundNanos(), 15.0 * MICROSECOND);
  }

  @Test
  void shouldBeOffByNoMoreThanItsBoundWhereOneWayTakesLonger() {
    packets(TRANSIT, TRANSIT / 10);

    ClockLine line = line(fromThere, toThere);

    assertNear(line, line.boundAt(START + PACKETS * SECOND));
    assertTrue(Math.abs(line.differenceAt(START) - difference(START)) > TRANSIT / 3.0);
  }

  @Test
  void shouldSeeNoSkewWhereJitterExplainsIt() {
    for (int i = 0; i < 4; i++) {
      add(fromThere, START + i * SECOND / 10, TRANSIT + jitter() / 10);
      add(toThere, START + i * SECOND / 10, -TRANSIT - jitter() / 10);
    }

    assertEquals(0, line(fromThere, toThere).skew());
  }

  @Test
  void shouldNotKnowTheSkewOfFewPacketsAtOneTime() {
    packets(TRANSIT, TRANSIT);
    ClockLine known = line(fromThere, toThere);
    TransitCloud there = new TransitCloud();
    TransitCloud here = new TransitCloud();
    for (int i = 0; i < 4; i++) {
      add(there, START + i, TRANSIT);
      add(here, START + i, -TRANSIT);
    }
    ClockLine guessed = line(there, here);

    assertTrue(known.skewBound() < 10e-6, known.toString());
    assertEquals(500e-6, guessed.skewBound(), 1e-6);
    assertEquals(TRANSIT + 5_000 * MICROSECOND, guessed.boundAt(START + 10 * SECOND), 10_000);
  }

  @Test
  void shouldFindNoLineThroughAClockThatWasSet() {
    packets(TRANSIT, TRANSIT);
    for (int i = 0; i < PACKETS; i++) {
      long here = START + (PACKETS + i) * SECOND;
      add(fromThere, here, difference(here) + SECOND + TRANSIT);
      add(toThere, here, difference(here) + SECOND - TRANSIT);
    }

    assertNull(line(fromThere, toThere));
  }

  @Test
  void shouldFindNoLineTheOtherWayRound() {
    packets(TRANSIT, TRANSIT);

    assertNull(line(toThere, fromThere));
  }

  @Test
  void shouldSuspectThePacketThatWasPutIn() {
    packets(TRANSIT, TRANSIT);
    long last = START + PACKETS * SECOND;
    int strange = fromThere.size();
    add(fromThere, last, difference(last) - 9 * TRANSIT);

    ClockFit fit = new ClockFit(fromThere, toThere);

    assertFalse(fit.hasRoom());
    assertEquals(strange, fit.stray());
  }

  @Test
  void shouldAskForMoreThanTwoPacketsOfEachDirection() {
    add(fromThere, START, TRANSIT);
    add(fromThere, START + 1, TRANSIT);
    add(toThere, START, -TRANSIT);
    add(toThere, START + 1, -TRANSIT);
    add(toThere, START + 2, -TRANSIT);

    assertNull(line(fromThere, toThere));

    add(fromThere, START + 2, TRANSIT);
    assertEquals(TRANSIT, line(fromThere, toThere).boundNanos());
  }

  @Test
  void shouldSurviveTimesThatNoClockHas() {
    long[] times = {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE - 1, Long.MAX_VALUE};
    for (long time : times) {
      fromThere.add(time, -time, 0);
      toThere.add(time, time / 2, 0);
    }

    ClockLine line = line(fromThere, toThere);

    assertTrue(line == null || line.boundNanos() > 0);
  }

  @Test
  void shouldTurnTimesHereIntoTimesThereAndBack() {
    packets(TRANSIT, TRANSIT);
    ClockLine line = line(fromThere, toThere);

    long there = line.thereNanos(START);

    assertEquals(START - OFFSET, there, 15.0 * MICROSECOND);
    assertEquals(START, line.hereNanos(there), 100);
  }
}
