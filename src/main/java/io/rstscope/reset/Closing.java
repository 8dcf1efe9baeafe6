package io.rstscope.reset;

import io.rstscope.flow.Flow;

/**
 * The moment of a flow's first FIN, and how silent it was before.
 *
 * @param nanos when, nanoseconds since 1970
 * @param clientSilentNanos since the client's last payload, nanoseconds, or -1 when it had sent
 *     none
 * @param brokerSilentNanos since the broker's last payload, or -1
 */
public record Closing(long nanos, long clientSilentNanos, long brokerSilentNanos) {

  static Closing of(Flow flow, long nanos) {
    return new Closing(
        nanos,
        silence(flow.client().lastPayloadNanos(), nanos),
        silence(flow.broker().lastPayloadNanos(), nanos));
  }

  private static long silence(long lastPayloadNanos, long nanos) {
    return lastPayloadNanos == 0 ? -1 : Math.max(nanos - lastPayloadNanos, 0);
  }

  /** Since the last payload of either side, nanoseconds, or -1 when there was none. */
  public long silenceNanos() {
    return clientSilentNanos < 0 || brokerSilentNanos < 0
        ? Math.max(clientSilentNanos, brokerSilentNanos)
        : Math.min(clientSilentNanos, brokerSilentNanos);
  }
}
