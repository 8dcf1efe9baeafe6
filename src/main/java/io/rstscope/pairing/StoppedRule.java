package io.rstscope.pairing;

import io.rstscope.net.Side;
import io.rstscope.pairing.clock.ClockLine;
import io.rstscope.pairing.clock.ClockPiece;
import io.rstscope.pairing.clock.Clocks;

/** Says which reset of a flow left the other end and never arrived here. */
final class StoppedRule {
  private final PacketTable table;
  private final Clocks clocks;
  private final Span here;

  StoppedRule(PacketTable table, Clocks clocks, Span here) {
    this.table = table;
    this.clocks = clocks;
    this.here = here;
  }

  /**
   * The first of them.
   *
   * @return null when all arrived, or packets here are missing
   */
  StoppedReset of(FlowWindow window, FlowThere flow) {
    if (!window.holdsAllResets() || !here.complete()) {
      return null;
    }
    for (SeenPacket reset : flow.resets()) {
      ClockPiece piece = clocks.atThere(reset.frame());
      if (piece == null) {
        continue;
      }
      ClockLine line = piece.line();
      long nanos = line.hereNanos(reset.nanos());
      if (reset.fromClient() == clocks.fromClientArrivesHere()
          && table.slot(reset.identity()) < 0
          && here.in(piece.here()).covers(nanos, Missing.margin(line))) {
        return new StoppedReset(window.flow(), Side.of(reset.fromClient()), reset.frame(), nanos);
      }
    }
    return null;
  }
}
