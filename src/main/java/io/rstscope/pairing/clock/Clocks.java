package io.rstscope.pairing.clock;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The two clocks, set by the packets that are in both captures.
 *
 * @param outcome {@link Outcome#COMPARED}, or why there is no line
 * @param pieces parts between which a clock was set, in the order of the captures; empty unless
 *     compared
 * @param fromClientArrivesHere whether this capture is the one nearer to the broker
 */
public record Clocks(Outcome outcome, List<ClockPiece> pieces, boolean fromClientArrivesHere) {
  /** Whether they could be compared. */
  public enum Outcome {
    COMPARED,
    /** Too few packets are in both. */
    FEW_PACKETS,
    /** All have the same time in both, but for one offset. */
    SAME_CAPTURE,
    /** No line lies between the packets of both directions. */
    CLOCK_SET
  }

  /** What a timestamp in microseconds does not show. */
  private static final long SAME_NANOS = 1_000;

  /**
   * Compares them.
   *
   * @param packets in both captures, in the order of this one
   */
  public static Clocks of(List<SharedPacket> packets) {
    if (!isEnough(packets)) {
      return new Clocks(Outcome.FEW_PACKETS, List.of(), false);
    }
    if (isOneCapture(packets)) {
      return new Clocks(Outcome.SAME_CAPTURE, List.of(), false);
    }
    List<ClockPiece> atBroker = ClockPieces.of(packets, true);
    List<ClockPiece> atClient = ClockPieces.of(packets, false);
    if (atBroker.isEmpty() && atClient.isEmpty()) {
      return new Clocks(Outcome.CLOCK_SET, List.of(), false);
    }
    boolean broker = isBetter(atBroker, atClient);
    return new Clocks(Outcome.COMPARED, broker ? atBroker : atClient, broker);
  }

  /** Only one way round is there room for a line: what is sent arrives later. */
  private static boolean isBetter(List<ClockPiece> one, List<ClockPiece> other) {
    int more = packets(one) - packets(other);
    return more != 0 ? more > 0 : main(one).line().boundNanos() > main(other).line().boundNanos();
  }

  private static int packets(List<ClockPiece> pieces) {
    return pieces.stream().mapToInt(ClockPiece::packets).sum();
  }

  private static boolean isEnough(List<SharedPacket> packets) {
    long fromClient = packets.stream().filter(SharedPacket::fromClient).count();
    return Math.min(fromClient, packets.size() - fromClient) >= ClockFit.FEWEST;
  }

  private static boolean isOneCapture(List<SharedPacket> packets) {
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (SharedPacket packet : packets) {
      long apart = packet.nanosHere() - packet.nanosThere();
      least = Math.min(least, apart);
      most = Math.max(most, apart);
    }
    return most - least < SAME_NANOS;
  }

  /** The part with most packets; it is there when they were compared. */
  private static ClockPiece main(List<ClockPiece> pieces) {
    return pieces.stream().max(Comparator.comparingInt(ClockPiece::packets)).orElseThrow();
  }

  /** How the clocks run in the part with most packets; null unless compared. */
  public ClockLine line() {
    return pieces.isEmpty() ? null : main(pieces).line();
  }

  /** The part with that packet of this capture, or null: a clock was set about then. */
  public ClockPiece atHere(long frame) {
    return pieces.stream().filter(each -> each.here().holds(frame)).findFirst().orElse(null);
  }

  /** The part with that packet of the other capture, or null. */
  public ClockPiece atThere(long frame) {
    return pieces.stream().filter(each -> each.there().holds(frame)).findFirst().orElse(null);
  }

  /** The earliest time there at that time here, whenever a clock was set. */
  public long earliestThere(long nanosHere) {
    return pieces.stream().mapToLong(each -> each.line().thereNanos(nanosHere)).min().orElseThrow();
  }

  /** The latest. */
  public long latestThere(long nanosHere) {
    return pieces.stream()
        .mapToLong(each -> each.line().thereNanos(nanosHere) + Math.round(each.line().boundNanos()))
        .max()
        .orElseThrow();
  }

  /** When one of them was set. */
  public List<ClockStep> steps() {
    List<ClockStep> steps = new ArrayList<>();
    for (int i = 1; i < pieces.size(); i++) {
      ClockPiece piece = pieces.get(i);
      long nanos = piece.here().firstNanos();
      double more = pieces.get(i - 1).line().differenceAt(nanos) - piece.line().differenceAt(nanos);
      steps.add(new ClockStep(nanos, Math.round(more)));
    }
    return List.copyOf(steps);
  }
}
