package io.rstscope.attribution;

import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Shape;
import java.util.List;

/**
 * A bare reset from a side that had itself been reset before: its kernel must answer so (RFC 9293,
 * section 3.5.2).
 */
final class EarlierReset implements Clue {
  @Override
  public Evidence examine(ResetObservation reset, FlowCase flow, Surroundings surroundings) {
    if (reset.shape() != Shape.STATELESS || reset.trigger() == null) {
      return null;
    }
    ResetObservation earlier = flow.firstReset(!reset.fromClient());
    if (earlier == null || earlier.packet().frame() >= reset.trigger().frame()) {
      return null;
    }
    return new Evidence(
        ClueKind.EARLIER_RESET,
        Sender.endpoint(reset.fromClient()),
        Weights.EXPLAINED_BY_EARLIER_RESET,
        true,
        "the reset in frame "
            + earlier.packet().frame()
            + " had ended the connection on this side, so its kernel answers what comes next like"
            + " this",
        List.of(earlier.packet().frame(), reset.trigger().frame(), reset.packet().frame()));
  }
}
