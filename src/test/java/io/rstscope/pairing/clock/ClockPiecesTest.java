package io.rstscope.pairing.clock;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks that are set amid a capture, and packets that only look as if one was. */
class ClockPiecesTest {
  private static final long START = 1_795_196_308_000_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final long MICROSECOND = 1_000L;
  private static final long TRANSIT = 400 * MICROSECOND;
  private static final long OFFSET = 1_234_567_000L;
  private static final double SKEW = 50e-6;
  private static final long MOST_OFF = 100 * MICROSECOND;

  private final Random random = new Random(1);
  private final List<SharedPacket> packets = new ArrayList<>();

  /** By how much the clock here and the one there are set at that packet. */
  private record Set(int at, double here, double there) {}

  private long jitter() {
    return random.nextInt(100_000);
  }

  /** One packet each way a second; this capture is the broker's. */
  private void play(int seconds, Set... sets) {
    for (int i = 0; i < seconds; i++) {
      add(true, i, sets);
      add(false, i, sets);
    }
  }

  private void add(boolean fromClient, int second, Set... sets) {
    long transit = TRANSIT + jitter();
    long sent = START + second * SECOND + (fromClient ? 0 : SECOND / 2);
    long here = fromClient ? sent + transit : sent;
    long there = fromClient ? sent : sent + transit;
    int frame = packets.size() + 1;
    packets.add(
        new SharedPacket(
            fromClient,
            here + set(frame, sets, true),
            byClockThere(there) + set(frame, sets, false),
            frame,
            frame + 100L));
  }

  private static long set(int frame, Set[] sets, boolean here) {
    double by = 0;
    for (Set each : sets) {
      by += frame >= each.at ? here ? each.here : each.there : 0;
    }
    return Math.round(by * SECOND);
  }

  private static long byClockThere(long nanos) {
    return nanos + OFFSET + Math.round(SKEW * (nanos - START));
  }

  private List<ClockPiece> pieces() {
    return ClockPieces.of(packets, true);
  }

  /** Each packet is in a part that turns its time here into about that there. */
  private void assertFits(List<ClockPiece> pieces, int most) {
    int known = 0;
    for (SharedPacket packet : packets) {
      for (ClockPiece piece : pieces) {
        if (piece.here().holds(packet.frameHere())) {
          assertTrue(piece.there().holds(packet.frameThere()));
          long off = piece.line().thereNanos(packet.nanosHere()) - packet.nanosThere();
          long transit = TRANSIT + MOST_OFF / 2;
          assertEquals(packet.fromClient() ? transit : -transit, off, MOST_OFF, packet.toString());
          known++;
        }
      }
    }
    assertTrue(known >= packets.size() - most, known + " of " + packets.size());
  }

  @Test
  void shouldBeOnePieceWhereNoClockWasSet() {
    play(300);

    List<ClockPiece> pieces = pieces();

    assertEquals(1, pieces.size());
    assertFits(pieces, 0);
    assertTrue(pieces.get(0).here().holds(Long.MAX_VALUE));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.4, -1.4, 0.005, -0.005})
  void shouldFitBothSidesOfAStepOfTheOtherClock(double step) {
    play(300, new Set(301, 0, step));

    List<ClockPiece> pieces = pieces();

    assertEquals(2, pieces.size());
    assertFits(pieces, 2);
    assertEquals(-step * SECOND, changeAt(pieces, 1), MOST_OFF);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.4, -1.4})
  void shouldFitBothSidesOfAStepOfThisClock(double step) {
    play(300, new Set(301, step, 0));

    List<ClockPiece> pieces = pieces();

    assertEquals(2, pieces.size());
    assertFits(pieces, 2);
  }

  @Test
  void shouldFitEachPartOfAClockThatIsSetAgain() {
    play(600, new Set(301, 0, 1.4), new Set(601, 0, -2.8), new Set(901, 0.7, 0));

    List<ClockPiece> pieces = pieces();

    assertEquals(4, pieces.size());
    assertFits(pieces, 6);
  }

  private static double changeAt(List<ClockPiece> pieces, int i) {
    long nanos = pieces.get(i).here().firstNanos();
    return pieces.get(i).line().differenceAt(nanos) - pieces.get(i - 1).line().differenceAt(nanos);
  }

  @Test
  void shouldNotKnowTheFewPacketsAfterAStep() {
    play(100, new Set(197, 0, 1.4));

    List<ClockPiece> pieces = pieces();

    assertEquals(1, pieces.size());
    assertFalse(pieces.get(0).here().holds(197));
    assertFits(pieces, 6);
  }

  @Test
  void shouldKeepThePacketsBesideAStepApart() {
    play(100, new Set(101, 0, -1.4));

    List<ClockPiece> pieces = pieces();

    assertAll(
        () -> assertFalse(pieces.get(0).here().holds(101)),
        () -> assertFalse(pieces.get(1).here().holds(98)),
        () -> assertTrue(pieces.get(1).there().holds(Long.MAX_VALUE)),
        () -> assertTrue(pieces.get(0).there().holds(0)));
  }

  // ---- what is no step

  @Test
  void shouldTakeNoLatePacketsForAStep() {
    play(100);
    SharedPacket late = packets.get(100);
    packets.set(
        100,
        new SharedPacket(
            true,
            late.nanosHere() + SECOND / 4,
            late.nanosThere(),
            late.frameHere(),
            late.frameThere()));

    assertEquals(1, pieces().size());
  }

  @Test
  void shouldPassOverAPacketThatWasPutIn() {
    play(100);
    early(100);
    early(150);

    List<ClockPiece> pieces = pieces();

    assertEquals(1, pieces.size());
    assertTrue(pieces.get(0).here().holds(Long.MAX_VALUE));
  }

  @Test
  void shouldNotBeSureOfWhatFollowsAStrangePacketAtTheEnd() {
    play(100);
    early(198);

    List<ClockPiece> pieces = pieces();

    assertEquals(1, pieces.size());
    assertTrue(pieces.get(0).here().holds(190));
    assertFalse(pieces.get(0).here().holds(201));
  }

  /** Arrives long before it was sent. */
  private void early(int i) {
    SharedPacket packet = packets.get(i);
    packets.set(
        i,
        new SharedPacket(
            packet.fromClient(),
            packet.nanosHere() - 9 * TRANSIT,
            packet.nanosThere(),
            packet.frameHere(),
            packet.frameThere()));
  }

  @Test
  void shouldFindNothingTheOtherWayRound() {
    play(100, new Set(101, 0, 1.4));

    assertEquals(List.of(), ClockPieces.of(packets, false));
  }

  @Test
  void shouldGiveUpAClockThatIsSetAllTheTime() {
    for (int i = 0; i < 2_000; i++) {
      long by = random.nextInt(2_000) * SECOND;
      packets.add(new SharedPacket(i % 2 == 0, START + i * SECOND, START + by, i + 1L, i + 1L));
    }

    assertTrue(pieces().size() <= 64);
  }
}
