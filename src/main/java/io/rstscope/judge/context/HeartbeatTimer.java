package io.rstscope.judge.context;

import io.rstscope.net.Side;

/**
 * When RabbitMQ gives a silent client up: its monitor looks every half interval whether bytes came,
 * and stops after two looks in a row without (rabbit_heartbeat.erl), so between two and three
 * intervals after the last bytes. Measured 5.97 to 6.00 s for a heartbeat of 2 s.
 */
public final class HeartbeatTimer {
  /** In intervals since the client's last payload, with room for a late scheduler. */
  private static final double EARLIEST = 1.8;

  private static final double LATEST = 3.6;

  /**
   * pika looks once in each interval and 5 s whether anything came (heartbeat.py,
   * HeartbeatChecker), so that nearly two such spans may pass; other clients wait for two to three
   * intervals.
   */
  private static final double GRACE_SECONDS = 5;

  private static final double SECOND = 1e9;

  private HeartbeatTimer() {}

  /**
   * The same for one side: a client may wait longer than RabbitMQ does.
   *
   * @param waiting the side that waits
   */
  public static boolean ranOut(Integer heartbeatSeconds, long silentNanos, Side waiting) {
    if (waiting == Side.BROKER || heartbeatSeconds == null || heartbeatSeconds == 0) {
      return ranOut(heartbeatSeconds, silentNanos);
    }
    double seconds = silentNanos / SECOND;
    double latest = Math.max(LATEST * heartbeatSeconds, 2 * (heartbeatSeconds + GRACE_SECONDS) + 1);
    return seconds >= EARLIEST * heartbeatSeconds && seconds <= latest;
  }

  /** Whether the client had been silent for longer than RabbitMQ waits at most. */
  public static boolean isOver(Integer heartbeatSeconds, long silentNanos) {
    return heartbeatSeconds != null
        && heartbeatSeconds > 0
        && silentNanos > LATEST * heartbeatSeconds * SECOND;
  }

  /**
   * Whether a silence of that length is what makes a side give up.
   *
   * @param heartbeatSeconds 0 for off, null when not known
   * @param silentNanos since the last payload, or -1
   */
  public static boolean ranOut(Integer heartbeatSeconds, long silentNanos) {
    if (heartbeatSeconds == null || heartbeatSeconds == 0 || silentNanos < 0) {
      return false;
    }
    double intervals = silentNanos / 1e9 / heartbeatSeconds;
    return intervals >= EARLIEST && intervals <= LATEST;
  }
}
