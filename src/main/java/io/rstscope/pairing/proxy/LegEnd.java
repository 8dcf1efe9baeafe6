package io.rstscope.pairing.proxy;

import io.rstscope.net.Side;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;

/**
 * What first ended a leg.
 *
 * @param by the side in whose name
 * @param reset whether by an RST, else by a FIN
 * @param nanos when, by the clock of its capture, since 1970
 * @param frame number of that packet in its capture
 */
public record LegEnd(Side by, boolean reset, long nanos, long frame) {
  /** Null when no end is in the capture. */
  static LegEnd of(FlowObservation flow) {
    if (flow.isEndedByFin()) {
      Side by = flow.brokerState().closedFirst() ? Side.BROKER : Side.CLIENT;
      return new LegEnd(by, false, flow.closing().nanos(), flow.closing().frame());
    }
    ResetObservation reset = flow.decisiveReset();
    return reset == null
        ? null
        : new LegEnd(reset.from(), true, reset.packet().timeNanos(), reset.packet().frame());
  }
}
