package io.rstscope.pairing;

import io.rstscope.decode.Tuple;
import io.rstscope.pairing.ClockSample.Sampled;
import io.rstscope.pairing.clock.ClockLine;
import io.rstscope.pairing.clock.ClockPiece;
import io.rstscope.pairing.clock.Clocks;
import java.util.HashSet;
import java.util.Set;

/**
 * How many packets of one direction the other capture lacks, of those of here that it should have:
 * of flows that are in both, while it was made, without payload and no resets.
 *
 * @param compared packets
 * @param missing so many of them are not there
 */
public record Missing(long compared, long missing) {
  private static final double PRIOR_MISSING = 0.1;

  private static final double PRIOR_COMPARED = 10;

  static Missing of(PacketTable table, Clocks clocks, Span there, boolean fromClient) {
    Set<Tuple> inBoth = new HashSet<>();
    table.sample().stream()
        .filter(each -> table.isThere(each.packet()))
        .forEach(each -> inBoth.add(each.fromClient()));
    Set<Long> counted = new HashSet<>();
    long missing = 0;
    for (Sampled each : table.sample()) {
      if (inBoth.contains(each.fromClient())
          && counts(each.packet(), clocks, there, fromClient)
          && counted.add(each.packet().identity())
          && !table.isThere(each.packet())) {
        missing++;
      }
    }
    for (FlowWindow flow : table.flows()) {
      if (flow.tupleThere() != null) {
        for (SeenPacket packet : flow.packets()) {
          if (counts(packet, clocks, there, fromClient)
              && counted.add(packet.identity())
              && !table.isThere(packet)) {
            missing++;
          }
        }
      }
    }
    return new Missing(counted.size(), missing);
  }

  private static boolean counts(SeenPacket packet, Clocks clocks, Span there, boolean fromClient) {
    if (packet.fromClient() != fromClient || !packet.mustArriveAsItIs()) {
      return false;
    }
    ClockPiece piece = clocks.atHere(packet.frame());
    return piece != null
        && there
            .in(piece.there())
            .covers(piece.line().thereNanos(packet.nanos()), margin(piece.line()));
  }

  /** Both ways and the clocks' error, several times. */
  static long margin(ClockLine clock) {
    return Math.max(1_000_000L, Math.round(8 * clock.boundNanos()));
  }

  /**
   * The chance that it lacks a packet, more than 0: before any is compared, one in a hundred; most
   * captures lack none.
   */
  double chance() {
    return (missing + PRIOR_MISSING) / (compared + PRIOR_COMPARED);
  }
}
