package io.rstscope.judge.sender;

import io.rstscope.judge.context.CaptureContext;
import io.rstscope.judge.context.FlowContext;
import io.rstscope.net.Durations;
import io.rstscope.reset.ResetObservation;
import java.util.List;

/**
 * Both sides are reset at the same moment without anything to answer: an endpoint never resets
 * itself.
 */
public final class ResetPair implements Clue {
  @Override
  public Evidence examine(ResetObservation reset, FlowContext flow, CaptureContext captureContext) {
    ResetObservation twin = flow.twinOf(reset);
    if (twin == null) {
      return null;
    }
    return new Evidence(
        ClueKind.RESET_PAIR,
        Sender.MIDDLEBOX,
        Weights.PAIR,
        false,
        () ->
            "both sides were reset within "
                + Durations.text(Math.abs(reset.packet().timeNanos() - twin.packet().timeNanos()))
                + ", both unprompted",
        List.of(reset.packet().frame(), twin.packet().frame()));
  }
}
