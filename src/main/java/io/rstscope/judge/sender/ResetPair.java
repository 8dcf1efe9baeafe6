package io.rstscope.judge.sender;

import io.rstscope.judge.context.FlowCase;
import io.rstscope.judge.context.Surroundings;
import io.rstscope.judge.context.Words;
import io.rstscope.reset.ResetObservation;
import java.util.List;

/**
 * Both sides are reset at the same moment without anything to answer: an endpoint never resets
 * itself.
 */
public final class ResetPair implements Clue {
  @Override
  public Evidence examine(ResetObservation reset, FlowCase flow, Surroundings surroundings) {
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
                + Words.duration(Math.abs(reset.packet().timeNanos() - twin.packet().timeNanos()))
                + ", and neither answers a packet",
        List.of(reset.packet().frame(), twin.packet().frame()));
  }
}
