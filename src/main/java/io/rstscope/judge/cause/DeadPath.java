package io.rstscope.judge.cause;

import io.rstscope.judge.context.Thresholds;
import io.rstscope.judge.context.Words;
import io.rstscope.judge.sender.Sender;
import io.rstscope.reset.EndpointState;

/** A side that asked again and again, and was not answered. */
public final class DeadPath {
  private static final int TWICE = 2;

  private DeadPath() {}

  /**
   * Whether a side that ends the connection itself at that time has had enough of asking: amid
   * traffic lost packets are sent again sooner.
   */
  public static boolean isGivenUp(EndpointState side, long endNanos) {
    return side.pendingWantsAnswer()
        && side.unanswered() >= TWICE
        && endNanos - side.pendingNanos() >= Thresholds.SILENCE_NANOS;
  }

  /** The finding when such a side gave up, which is no fault of its own. */
  public static Finding givenUp(Sender who, EndpointState side, long endNanos) {
    return Finding.of(
        Sender.UNDETERMINED,
        Cause.SILENT_DROP,
        0.7,
        "the "
            + who.word()
            + " sent again "
            + Words.count(side.unanswered(), "time")
            + " in "
            + Words.duration(Math.max(endNanos - side.pendingNanos(), 0))
            + " without an answer, and gave up: the path or the other host was dead");
  }
}
