package io.rstscope.judge.context;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Shape;
import io.rstscope.reset.Trigger;
import io.rstscope.reset.witness.KernelRecord;

/**
 * A rule on the claimed sender's own host that answers a packet in place of its socket: REJECT in
 * the INPUT or OUTPUT chain (nf_send_reset), by hand, Calico or Cilium. Its packet is that of the
 * host's kernel, at once, with the host's own TTL and MAC address; the socket knows nothing of it
 * and goes on.
 */
public final class OwnRule {
  /** What a kernel answers leaves it within this time. */
  private static final long AT_ONCE_NANOS = 1_000_000L;

  private OwnRule() {}

  /** Whether such a rule may have sent the reset, for all that its packet says. */
  public static boolean mayHaveSent(ResetObservation reset, FlowObservation flow) {
    Trigger trigger = reset.trigger();
    return (reset.shape() == Shape.STATELESS || isOfWindows(reset))
        && trigger != null
        && trigger.exact()
        && (!isDistanceKnown(flow) || isOfItsDistance(trigger, Math.max(reset.minRttNanos(), 0)))
        && isItsTtl(reset)
        && reset.packet().mac() == reset.sender().mac();
  }

  /**
   * Whether such a rule sent it by the word of the kernel: it left the host, and the kernel, which
   * records the resets of its sockets and of those that are not there, recorded none.
   */
  public static boolean isByKernel(
      ResetObservation reset, FlowObservation flow, Recording recording) {
    KernelRecord kernel = recording.kernel(reset);
    return kernel != null
        && kernel.kind() == KernelRecord.Kind.NOT_SENT
        && (isOutbound(reset) || mayHaveSent(reset, flow));
  }

  /** Whether the host that captured it had sent it. */
  public static boolean isOutbound(ResetObservation reset) {
    return reset.packet().direction() == CapturedPacket.OUTBOUND;
  }

  /** Windows answers so, whether for a socket or without one: RST,ACK, window 0, no options. */
  private static boolean isOfWindows(ResetObservation reset) {
    return reset.shape() == Shape.SOCKET
        && reset.packet().window() == 0
        && !reset.packet().timestamps();
  }

  /**
   * Without the handshake acknowledgements may have been delayed, and where packets were captured
   * twice each looks as if it was sent again, which no round trip is taken from.
   */
  private static boolean isDistanceKnown(FlowObservation flow) {
    return flow.handshakeSeen() && flow.duplicates() == 0;
  }

  /** That of the packets before it, or of those after it: the route may just have changed. */
  private static boolean isItsTtl(ResetObservation reset) {
    int ttl = reset.packet().ttl();
    return ttl == reset.sender().ttl() || ttl == reset.aftermath().lifeTtl();
  }

  /** Whether the answer came when one of the host comes, by its shortest round trip. */
  private static boolean isOfItsDistance(Trigger trigger, long roundTripNanos) {
    return trigger.delayNanos() <= 2 * roundTripNanos + AT_ONCE_NANOS
        && trigger.oldestDelayNanos() >= roundTripNanos / 2 - AT_ONCE_NANOS;
  }

  /** Whether the reset was captured where the claimed sender's host sent it. */
  public static boolean isHere(ResetObservation reset, Vantage vantage) {
    return InitialTtl.hops(reset.packet().ttl()) == 0
        && reset.packet().direction() != CapturedPacket.INBOUND
        && vantage.isAt(reset.from());
  }
}
