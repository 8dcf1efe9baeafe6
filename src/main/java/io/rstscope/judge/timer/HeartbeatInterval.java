package io.rstscope.judge.timer;

/**
 * Which heartbeat keeps a connection alive in spite of an idle timer.
 *
 * <p>A heartbeat of N s makes each side send a frame every N/2 s. RabbitMQ looks every N/2 s
 * whether something was sent and sends if not (rabbit_heartbeat.erl), so that after other traffic
 * nearly N s can pass: N itself must not be longer than the timer.
 */
public final class HeartbeatInterval {
  /** RabbitMQ's documentation on heartbeats: shorter ones are likely to give false alarms. */
  public static final int SHORTEST_SAFE = 5;

  /** RabbitMQ's default, and values that it recommends. */
  private static final int[] STEPS = {60, 30, 20, 15, 10, SHORTEST_SAFE};

  /** To be set when a timer is only known to be shorter than some long silence. */
  private static final int CAUTIOUS = 20;

  private static final long SECOND = 1_000_000_000L;

  private HeartbeatInterval() {}

  /** The longest heartbeat in seconds that the timer lets live; 1 or more. */
  public static int secondsFor(IdleTimer timer) {
    long known = Math.max(timer.atLeastNanos(), -1);
    long bound =
        known >= SHORTEST_SAFE * SECOND || timer.expiry().isExact()
            ? known
            : Math.min(timer.atMostNanos(), CAUTIOUS * SECOND);
    for (int step : STEPS) {
      if (step * SECOND <= bound) {
        return step;
      }
    }
    return (int) Math.max(1, bound / SECOND);
  }

  /** Whether silences as long as those between its frames are known to survive. */
  public static boolean isProven(int seconds, IdleTimer timer) {
    return timer.atLeastNanos() >= seconds * SECOND / 2;
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
