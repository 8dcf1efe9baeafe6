package io.rstscope.attribution;

import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Shape;

/** What one flow shows of a proxy in the client's place. */
final class ProxySigns {
  /**
   * HAProxy closes and then resets the same socket; 22 to 280 µs were measured, 1 ms with a virtual
   * path.
   */
  private static final long PAIR_NANOS = 5_000_000L;

  private ProxySigns() {}

  /** It announced itself, in a PROXY protocol header or a reset, or closed as only proxies do. */
  static boolean isProxy(FlowObservation flow) {
    return flow.amqp() != null && flow.amqp().proxy() != null || finThenReset(flow) || saysSo(flow);
  }

  /** A load balancer wrote its reason into a reset of its own. */
  private static boolean saysSo(FlowObservation flow) {
    return flow.resets().stream()
        .anyMatch(
            reset ->
                reset.fromClient()
                    && DeviceCode.reason(reset.packet()) != null
                    && reset.sender().packets() > 0
                    && reset.sender().ttl() == reset.packet().ttl());
  }

  /**
   * The client's socket sends FIN and right after it a reset of its own, as HAProxy does on a
   * timeout.
   */
  private static boolean finThenReset(FlowObservation flow) {
    for (ResetObservation reset : flow.resets()) {
      if (reset.fromClient()
          && reset.shape() == Shape.SOCKET
          && reset.sender().finSeen()
          && reset.idle().sameDirection() <= PAIR_NANOS) {
        return true;
      }
    }
    return false;
  }
}
