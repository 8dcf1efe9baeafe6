package io.rstscope.attribution;

import io.rstscope.reset.ResetObservation;
import java.util.List;

/**
 * Both sides are reset at the same moment without anything to answer: an endpoint never resets
 * itself.
 */
final class ResetPair implements Clue {
  /**
   * A reset is never answered (RFC 9293, section 3.10.7), so two this near to each other have one
   * origin.
   */
  private static final long TOGETHER_NANOS = 20_000_000L;

  @Override
  public Evidence examine(ResetObservation reset, FlowCase flow, Surroundings surroundings) {
    ResetObservation twin = twinOf(reset, flow);
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

  /** The other reset of the pair, or null. */
  static ResetObservation twinOf(ResetObservation reset, FlowCase flow) {
    return flow.twinOf(reset, TOGETHER_NANOS);
  }
}
