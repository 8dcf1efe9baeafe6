package io.rstscope.judge.context;

import io.rstscope.net.Side;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Shape;

/**
 * A side of which the capture holds no packet, as where it was taken on one of two paths or with a
 * filter for one address. It has not been silent: nothing follows from what it is not seen to say.
 */
public final class UnseenSide {
  private UnseenSide() {}

  /** Whether one side was recorded, and the other was not; not of a SYN that nobody answered. */
  public static boolean any(FlowObservation flow) {
    return isUnseen(flow, Side.CLIENT) != isUnseen(flow, Side.BROKER)
        && !isLoneSyn(flow.clientState());
  }

  /**
   * Whether all that is seen of a side is an RST with which its host's kernel answers: there the
   * connection had ended before, or had never been.
   *
   * @param flow that was ended by an RST
   */
  public static boolean isUnknownToHost(FlowObservation flow) {
    ResetObservation reset = flow.decisiveReset();
    return reset != null
        && reset.shape() == Shape.STATELESS
        && reset.trigger() != null
        && reset.sender().packets() == 0
        && reset.other().packets() > 0;
  }

  private static boolean isUnseen(FlowObservation flow, Side side) {
    return flow.state(side).packets() == 0 && !hasReset(flow, side);
  }

  private static boolean hasReset(FlowObservation flow, Side side) {
    for (ResetObservation reset : flow.resets()) {
      if (reset.from() == side) {
        return true;
      }
    }
    return false;
  }

  /** Who has had an answer to its SYN acknowledges it. */
  private static boolean isLoneSyn(EndpointState client) {
    return client.synSeen() && !client.hasAcknowledgement();
  }
}
