package io.rstscope.judge.cause;

import io.rstscope.judge.context.Words;
import io.rstscope.judge.timer.IdleTimer;

/** What a timer that several connections saw adds to what one of them says of its ending. */
public final class TimerOpinion {
  /** The doubt that is left when others independently met the same timer. */
  private static final double DOUBT_LEFT = 0.5;

  private static final double SUREST = 0.9;

  /** When longer silences survived on the same path. */
  private static final double CONTRADICTED = 0.65;

  private TimerOpinion() {}

  /** The ending in the light of the timer, which may be null. */
  public static Ending of(Ending ending, IdleTimer timer) {
    if (timer == null) {
      return ending;
    }
    if (timer.isSure() && ending.cause() == Cause.STATE_LOST) {
      return ending.judged(
          Cause.IDLE_TIMEOUT,
          ending.confidence(),
          "after "
              + Words.duration(ending.idleNanos())
              + " of silence a device in the path no longer knew the connection, and so it was with"
              + " others at other times: an idle timer, not a device that lost its table once");
    }
    if (ending.cause() != Cause.IDLE_TIMEOUT) {
      return ending;
    }
    if (timer.contradicted()) {
      return ending.judged(
          Cause.IDLE_TIMEOUT, Math.min(ending.confidence(), CONTRADICTED), ending.says());
    }
    return timer.isSure()
        ? ending.judged(Cause.IDLE_TIMEOUT, surer(ending.confidence()), ending.says())
        : ending;
  }

  private static double surer(double confidence) {
    return Math.max(confidence, Math.min(SUREST, 1 - DOUBT_LEFT * (1 - confidence)));
  }
}
