package io.rstscope.reset;

import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.flow.Endpoint;
import io.rstscope.flow.Flow;
import io.rstscope.net.Side;

/**
 * The moment of a flow's first FIN, and how silent it was before.
 *
 * @param nanos when, nanoseconds since 1970
 * @param frame number of that packet
 * @param clientSilentNanos since the client's last payload, nanoseconds, or -1 when it had sent
 *     none
 * @param brokerSilentNanos since the broker's last payload, or -1
 * @param packetSilentNanos since the last packet of either side, of whatever kind; -1 when there
 *     was none
 * @param survivedNanos the longest silence of the flow before, after which it went on and was
 *     answered, nanoseconds; 0 when there was none
 * @param otherWindow of the other side's last packet, not scaled: at 0 it takes nothing more; -1
 *     when it has sent none
 * @param amqp what AMQP had said until then, or null: what is said later does not undo the end
 */
public record Closing(
    long nanos,
    long frame,
    long clientSilentNanos,
    long brokerSilentNanos,
    long packetSilentNanos,
    long survivedNanos,
    int otherWindow,
    AmqpSnapshot amqp) {

  static Closing of(Flow flow, Side by, long nanos, long frame, AmqpSnapshot amqp) {
    Endpoint other = flow.endpoint(by.other());
    return new Closing(
        nanos,
        frame,
        silence(flow.client().lastPayloadNanos(), nanos),
        silence(flow.broker().lastPayloadNanos(), nanos),
        isFirstPacket(flow) ? -1 : flow.silenceBeforeNanos(),
        flow.longestIdleNanos(),
        other.packets() == 0 ? -1 : other.window(),
        amqp);
  }

  private static boolean isFirstPacket(Flow flow) {
    return flow.client().packets() + flow.broker().packets() <= 1;
  }

  private static long silence(long lastPayloadNanos, long nanos) {
    return lastPayloadNanos == 0 ? -1 : Math.max(nanos - lastPayloadNanos, 0);
  }

  /** Since the last payload of a side, nanoseconds, or -1 when it had sent none. */
  public long silentNanos(Side side) {
    return side == Side.CLIENT ? clientSilentNanos : brokerSilentNanos;
  }

  /** Since the last payload of either side, nanoseconds, or -1 when there was none. */
  public long silenceNanos() {
    return Idle.shorter(clientSilentNanos, brokerSilentNanos);
  }
}
