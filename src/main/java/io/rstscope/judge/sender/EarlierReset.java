package io.rstscope.judge.sender;

import io.rstscope.judge.context.CaptureContext;
import io.rstscope.judge.context.FlowContext;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Shape;
import java.util.List;

/**
 * A bare reset from a side that had itself been reset before: its kernel must answer so (RFC 9293,
 * section 3.5.2). When that reset was itself such an answer, a device between the two that forgot
 * the connection and answers either of them explains both.
 */
public final class EarlierReset implements Clue {
  @Override
  public Evidence examine(ResetObservation reset, FlowContext flow, CaptureContext captureContext) {
    if (reset.shape() != Shape.STATELESS || reset.trigger() == null) {
      return null;
    }
    ResetObservation earlier = flow.firstReset(reset.from().other());
    if (earlier == null || earlier.packet().frame() >= reset.trigger().frame()) {
      return null;
    }
    boolean answered = earlier.shape() == Shape.STATELESS && earlier.trigger() != null;
    return new Evidence(
        ClueKind.EARLIER_RESET,
        answered ? Sender.UNDETERMINED : Sender.of(reset.from()),
        answered ? 0 : Weights.EXPLAINED_BY_EARLIER_RESET,
        true,
        () ->
            "the RST in frame "
                + earlier.packet().frame()
                + " had ended the connection on this side, so its kernel answers later"
                + " packets like this"
                + (answered
                    ? "; or a device that forgot the connection is answering both sides"
                    : ""),
        List.of(earlier.packet().frame(), reset.trigger().frame(), reset.packet().frame()));
  }
}
