package io.rstscope.pairing;

import io.rstscope.decode.Tuple;
import io.rstscope.pairing.IdentitySample.Chosen;
import io.rstscope.pairing.clock.ClockPiece;
import io.rstscope.pairing.clock.Clocks;
import java.util.HashMap;
import java.util.Map;

/**
 * How many packets of one direction were lost between both captures, or by the one that they should
 * have arrived at: of flows that are in both, while both were made, without payload and no resets,
 * as far as they were chosen to be counted.
 *
 * @param sent so many left the one end
 * @param lost so many of them are not at the other
 */
public record PathLoss(long sent, long lost) {
  /** A capture's sample, and when the other one would have seen its packets. */
  private interface Coverage {
    boolean covers(Chosen packet);
  }

  /**
   * Counts it.
   *
   * @param here chosen in this capture
   * @param there chosen in the other one, {@linkplain IdentitySample#alignWith aligned}
   */
  static PathLoss of(
      IdentitySample here,
      IdentitySample there,
      Clocks clocks,
      Span spanHere,
      Span spanThere,
      boolean fromClient) {
    return fromClient == clocks.fromClientArrivesHere()
        ? of(there, here, packet -> isCoveredHere(packet, clocks, spanHere), fromClient)
        : of(here, there, packet -> isCoveredThere(packet, clocks, spanThere), fromClient);
  }

  /** A packet counts when another one shows that its flow is in both. */
  private static PathLoss of(
      IdentitySample from, IdentitySample to, Coverage coverage, boolean fromClient) {
    Map<Tuple, Integer> inBoth = new HashMap<>();
    for (Chosen packet : from.packets()) {
      if (to.holds(packet)) {
        inBoth.merge(packet.flow(), 1, Integer::sum);
      }
    }
    long sent = 0;
    long lost = 0;
    for (Chosen packet : from.packets()) {
      boolean arrived = to.holds(packet);
      int others = inBoth.getOrDefault(packet.flow(), 0) - (arrived ? 1 : 0);
      if (packet.fromClient() == fromClient && others > 0 && coverage.covers(packet)) {
        sent++;
        lost += arrived ? 0 : 1;
      }
    }
    return new PathLoss(sent, lost);
  }

  private static boolean isCoveredThere(Chosen packet, Clocks clocks, Span there) {
    ClockPiece piece = clocks.atHere(packet.frame());
    return piece != null
        && there
            .in(piece.there())
            .covers(piece.line().thereNanos(packet.nanos()), Missing.margin(piece.line()));
  }

  private static boolean isCoveredHere(Chosen packet, Clocks clocks, Span here) {
    ClockPiece piece = clocks.atThere(packet.frame());
    return piece != null
        && here.in(piece.here())
            .covers(piece.line().hereNanos(packet.nanos()), Missing.margin(piece.line()));
  }
}
