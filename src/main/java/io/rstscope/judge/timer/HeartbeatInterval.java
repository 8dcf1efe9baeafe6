package io.rstscope.judge.timer;

import io.rstscope.judge.context.Thresholds;

/**
 * Which heartbeat keeps a connection alive in spite of an idle timer: the one rule, for all advice.
 *
 * <p>A heartbeat of N s makes each side send a frame every N/2 s. RabbitMQ looks every N/2 s
 * whether something was sent and sends if not (rabbit_heartbeat.erl), so that after other traffic
 * nearly N s can pass. At most half of the timer is therefore set: one frame may be late or lost.
 */
public final class HeartbeatInterval {
  /** RabbitMQ's documentation on heartbeats: shorter ones are likely to give false alarms. */
  public static final int SHORTEST_SAFE = 5;

  /** RabbitMQ's default, to be set when the timer was raised; and what the timer must be then. */
  public static final int DEFAULT = 60;

  /** The heartbeat is at most this part of the timer. */
  private static final int MARGIN = 2;

  /** RabbitMQ's default, and values that it recommends. */
  private static final int[] STEPS = {DEFAULT, 30, 20, 15, 10, SHORTEST_SAFE};

  /** To be set when a timer is only known to be shorter than some long silence. */
  private static final long CAUTIOUS_NANOS = 20_000_000_000L;

  private static final long SECOND = 1_000_000_000L;

  private HeartbeatInterval() {}

  /** Whether no safe heartbeat fits into a timer of that length: it has to be raised first. */
  public static boolean isTooLongFor(long timerNanos) {
    return half(timerNanos) < SHORTEST_SAFE * SECOND;
  }

  /**
   * The longest usual heartbeat in seconds that is at most half of the timer, and 5 at least. Where
   * only bounds are known, it relies on silences that survived, or is cautious.
   *
   * @param atLeastNanos the timer is at least that long; -1 when that is not known
   * @param atMostNanos it is at most that long
   */
  public static int secondsFor(long atLeastNanos, long atMostNanos) {
    long cautious = Math.min(half(atMostNanos), CAUTIOUS_NANOS);
    long bound = Math.max(half(atLeastNanos), cautious);
    for (int step : STEPS) {
      if (step * SECOND <= bound) {
        return step;
      }
    }
    return SHORTEST_SAFE;
  }

  /** A timer of 60 s is seen as 59.9 s of silence: what is short by no more counts as whole. */
  private static long half(long timerNanos) {
    return (long) (timerNanos * (1 + Thresholds.SAME_SILENCE)) / MARGIN;
  }

  /**
   * Whether silences as long as those between its frames are known to survive.
   *
   * @param atLeastNanos the timer is at least that long; -1 when that is not known
   */
  public static boolean isProven(int seconds, long atLeastNanos) {
    return atLeastNanos >= seconds * SECOND / MARGIN;
  }

  /**
   * Whether heartbeats of that many seconds allow a silence of that length.
   *
   * @param seconds 0 for off, null for unknown: the silence then shows that there were none
   */
  public static boolean allows(Integer seconds, long silenceNanos) {
    return seconds == null || seconds == 0 || seconds * SECOND >= silenceNanos;
  }
}
