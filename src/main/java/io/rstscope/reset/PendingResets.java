package io.rstscope.reset;

import io.rstscope.flow.FlowTracker;

/**
 * Sees to it that not too many resets wait for what may follow them: when they do, it is not waited
 * for as long as usual. What follows then is another flow.
 *
 * <p>Owned by the tracker's thread.
 */
public final class PendingResets {
  /** How long after its last packet a flow that was reset is waited for, at first and at worst. */
  private static final long[] PATIENCE_NANOS = {
    60_000_000_000L, 10_000_000_000L, 1_000_000_000L, -1
  };

  private final FlowTracker tracker;
  private final ResetObserver observer;
  private final long most;

  /**
   * @param observer what the tracker tells
   * @param most resets that may wait, about
   */
  public PendingResets(FlowTracker tracker, ResetObserver observer, long most) {
    this.tracker = tracker;
    this.observer = observer;
    this.most = most;
  }

  /** To be called now and then; mostly does nothing. */
  public void bound() {
    if (observer.pendingResets() <= most) {
      return;
    }
    // half of them leave, so that all flows are not looked at again soon
    for (int i = 0; i < PATIENCE_NANOS.length && observer.pendingResets() > most / 2; i++) {
      tracker.expire(observer.captureNanos(), PATIENCE_NANOS[i], Long.MAX_VALUE);
    }
  }
}
