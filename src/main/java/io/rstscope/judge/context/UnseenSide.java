package io.rstscope.judge.context;

import io.rstscope.net.Side;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;

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
