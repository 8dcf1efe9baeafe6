package io.rstscope.flow;

import java.util.Arrays;

/**
 * Keeps the table within its bound: from time to time flows that are over leave, and when that is
 * not enough the longest idle ones. Between two sweeps nothing is spent on it.
 */
final class FlowSweeper {
  /**
   * How long a flow that is over stays, for what may still follow: retransmissions, resets that
   * answer them, a sender that goes on. Linux keeps TIME-WAIT as long (TCP_TIMEWAIT_LEN,
   * include/net/tcp.h).
   */
  private static final long LINGER_NANOS = 60_000_000_000L;

  private static final int FIRST_SWEEP = 1 << 12;

  /**
   * Which part of a full table leaves at once, so that the cost of a sweep is shared by many flows.
   */
  private static final int EVICTED_PART = 16;

  private final FlowTable table;
  private final int maxFlows;
  private final FlowListener listener;
  private final Flow flow;
  private int sweepAt;
  private long evicted;

  FlowSweeper(FlowTable table, int maxFlows, FlowListener listener) {
    this.table = table;
    this.maxFlows = maxFlows;
    this.listener = listener;
    this.flow = table.newView();
    this.sweepAt = Math.min(FIRST_SWEEP, maxFlows);
  }

  long evicted() {
    return evicted;
  }

  /** Sees to it that one more flow fits. */
  void makeRoom(long nowNanos) {
    if (table.size() < sweepAt) {
      return;
    }
    endWhatIsOver(nowNanos);
    if (table.size() >= maxFlows) {
      evictLongestIdle();
    }
    table.fillSlots();
    sweepAt = (int) Math.min(maxFlows, Math.max(FIRST_SWEEP, 2L * table.size()));
  }

  /** Ends the flows that have been silent for too long, whether the table is full or not. */
  void expire(long nowNanos, long overNanos, long openNanos) {
    for (int id = 0; id < table.idLimit(); id++) {
      if (table.visit(id, flow)
          && nowNanos - flow.lastNanos() > (flow.isOver() ? overNanos : openNanos)) {
        end(flow.isOver() ? FlowEnd.OVER : FlowEnd.EXPIRED);
      }
    }
    table.fillSlots();
  }

  void endAll() {
    for (int id = 0; id < table.idLimit(); id++) {
      if (table.visit(id, flow)) {
        end(FlowEnd.CAPTURE_ENDED);
      }
    }
    table.fillSlots();
  }

  private void endWhatIsOver(long nowNanos) {
    for (int id = 0; id < table.idLimit(); id++) {
      if (table.visit(id, flow) && flow.isOver() && nowNanos - flow.lastNanos() > LINGER_NANOS) {
        end(FlowEnd.OVER);
      }
    }
  }

  private void evictLongestIdle() {
    long[] lastNanos = new long[table.size()];
    int count = 0;
    for (int id = 0; id < table.idLimit(); id++) {
      if (table.visit(id, flow)) {
        lastNanos[count++] = flow.lastNanos();
      }
    }
    Arrays.sort(lastNanos);
    int leaving = Math.max(1, count / EVICTED_PART);
    long latest = lastNanos[leaving - 1];
    int ties = leaving;
    while (ties > 0 && lastNanos[leaving - ties] < latest) {
      ties--;
    }
    for (int id = 0; id < table.idLimit(); id++) {
      if (table.visit(id, flow) && flow.lastNanos() <= latest) {
        if (flow.lastNanos() < latest || ties-- > 0) {
          end(FlowEnd.EVICTED);
          evicted++;
        }
      }
    }
  }

  private void end(FlowEnd why) {
    listener.ended(flow, why);
    table.remove(flow);
  }
}
