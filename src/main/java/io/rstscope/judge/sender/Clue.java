package io.rstscope.judge.sender;

import io.rstscope.judge.context.CaptureContext;
import io.rstscope.judge.context.FlowContext;
import io.rstscope.reset.ResetObservation;

/** One way to tell who sent a reset. */
public interface Clue {
  /**
   * What this clue says of the reset.
   *
   * @return null when the clue does not apply: its basis is not in the capture
   */
  Evidence examine(ResetObservation reset, FlowContext flow, CaptureContext captureContext);
}
