package io.rstscope.judge.cause;

import io.rstscope.judge.sender.Sender;
import io.rstscope.judge.sender.Verdict;

/**
 * Who ended a connection, and why.
 *
 * @param confidence as in {@link Verdict}
 * @param benign whether nothing was lost by it
 * @param idleNanos the silence of the flow before it ended, or -1
 * @param says a sentence that explains it, without full stop
 */
public record Ending(
    Sender endedBy, Cause cause, double confidence, boolean benign, long idleNanos, String says) {

  public Ending judged(Cause otherCause, double otherConfidence, String otherSays) {
    return new Ending(
        endedBy, otherCause, otherConfidence, otherCause.isBenign(), idleNanos, otherSays);
  }
}
