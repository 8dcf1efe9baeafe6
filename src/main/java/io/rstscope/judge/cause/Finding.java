package io.rstscope.judge.cause;

import io.rstscope.judge.sender.Sender;
import io.rstscope.judge.sender.Weights;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;

/** An ending before the silence before it is measured. */
public record Finding(Sender endedBy, Cause cause, double confidence, String says) {
  public static Finding of(Sender endedBy, Cause cause, double confidence, String says) {
    return new Finding(endedBy, cause, confidence, says);
  }

  public static Finding undetermined(String says) {
    return new Finding(Sender.UNDETERMINED, Cause.UNDETERMINED, 0.5, says);
  }

  public Ending ending(FlowObservation flow) {
    return new Ending(endedBy, cause, confidence(flow), cause.isBenign(), idleNanos(flow), says);
  }

  private double confidence(FlowObservation flow) {
    boolean guessed = flow.rolesGuessed() && (endedBy == Sender.CLIENT || endedBy == Sender.BROKER);
    return guessed ? Math.min(confidence, Weights.MAX_WHEN_ROLES_GUESSED) : confidence;
  }

  /**
   * What a timer in the path saw: the silence of the whole flow before the reset that ended it, or
   * before what that answers.
   */
  private static long idleNanos(FlowObservation flow) {
    ResetObservation reset = flow.decisiveReset();
    return reset == null ? -1 : reset.idle().silenceNanos();
  }
}
