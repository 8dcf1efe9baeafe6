package io.rstscope.attribution;

import io.rstscope.reset.FlowObservation;

/** An ending before the silence before it is measured. */
record Finding(Sender endedBy, Cause cause, double confidence, String says) {
  static Finding of(Sender endedBy, Cause cause, double confidence, String says) {
    return new Finding(endedBy, cause, confidence, says);
  }

  static Finding undetermined(String says) {
    return new Finding(Sender.UNDETERMINED, Cause.UNDETERMINED, 0.5, says);
  }

  Ending ending(FlowObservation flow) {
    return new Ending(endedBy, cause, confidence, cause.isBenign(), idleNanos(flow), says);
  }

  /**
   * What a timer in the path saw: the silence of the whole flow before the first reset or what it
   * answers.
   */
  private static long idleNanos(FlowObservation flow) {
    if (flow.resets().isEmpty()) {
      return -1;
    }
    return flow.resets().get(0).idle().silenceNanos();
  }
}
