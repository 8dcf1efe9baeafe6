package io.rstscope.judge.context;

import io.rstscope.net.Side;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;

/**
 * What a side sent again and again, and the other never acknowledged though its own packets came:
 * its host was up, and the path lost one direction.
 */
public final class Undelivered {
  private static final int TWICE = 2;

  private Undelivered() {}

  /**
   * Whether that holds for the side that gave up, or asked last.
   *
   * @param reset that ended the flow, or null
   */
  public static boolean holds(FlowObservation flow, FirstEnd first, ResetObservation reset) {
    Side by = reset == null ? first.by() : reset.from();
    return reset == null
        ? isLost(flow.state(by), flow.state(by.other()))
        : isLost(reset.sender(), reset.other());
  }

  /** A receiver whose window is full acknowledges nothing either. */
  private static boolean isLost(EndpointState asking, EndpointState other) {
    return asking.pendingWantsAnswer()
        && asking.unanswered() >= TWICE
        && other.window() > 0
        && other.lastNanos() - asking.pendingNanos() >= Thresholds.SILENCE_NANOS;
  }
}
