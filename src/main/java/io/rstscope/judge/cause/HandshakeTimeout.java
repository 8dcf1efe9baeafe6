package io.rstscope.judge.cause;

import io.rstscope.judge.context.Thresholds;

/** The broker's patience with a client that does not finish AMQP's handshake. */
public final class HandshakeTimeout {
  /** RabbitMQ's {@code handshake_timeout}, unless its operator changed it. */
  private static final long DEFAULT_NANOS = 10_000_000_000L;

  private static final long TOLERANCE_NANOS = 500_000_000L;

  private HandshakeTimeout() {}

  /**
   * How sure it is that this ended a connection.
   *
   * @param waitedNanos since the client's last step, -1 when that is not known
   */
  public static double confidence(long waitedNanos) {
    if (Math.abs(waitedNanos - DEFAULT_NANOS) <= TOLERANCE_NANOS) {
      return 0.85;
    }
    return waitedNanos >= Thresholds.SILENCE_NANOS ? 0.6 : 0.5;
  }
}
