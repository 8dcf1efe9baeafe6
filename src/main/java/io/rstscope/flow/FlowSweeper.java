package io.rstscope.flow;

import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Keeps the table within its bound: from time to time flows that are over leave, and when that is
 * not enough the longest idle ones, at first of the connections that never came about. Between two
 * sweeps nothing is spent on it.
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

  /** The same of the connections that never came about, while there are others. */
  private static final int ATTEMPTS_PART = 4;

  private final FlowTable table;
  private final int maxFlows;
  private final FlowListener listener;
  private final Flow flow;
  private int sweepAt;

  /** Used again by each eviction: a full table's would be garbage that is collected late. */
  private long[] lastNanos = {};

  private long evicted;
  private long evictedAttempts;
  private long oneSided;

  FlowSweeper(FlowTable table, int maxFlows, FlowListener listener) {
    this.table = table;
    this.maxFlows = Math.min(maxFlows, FlowTable.MOST);
    this.listener = listener;
    this.flow = table.newView();
    this.sweepAt = Math.min(FIRST_SWEEP, maxFlows);
  }

  long evicted() {
    return evicted;
  }

  /** Those of them that had never come about. */
  long evictedAttempts() {
    return evictedAttempts;
  }

  /** Flows that have left of which one side alone was captured. */
  long oneSided() {
    return oneSided;
  }

  /** Sees to it that one more flow fits. */
  void makeRoom(long nowNanos) {
    if (table.size() < sweepAt) {
      return;
    }
    endWhatIsOver(nowNanos);
    if (table.size() >= maxFlows) {
      evict();
    }
    table.fillSlots();
    sweepAt = (int) Math.min(maxFlows, Math.max(FIRST_SWEEP, 2L * table.size()));
  }

  /** Ends the flows that have been silent for too long, whether the table is full or not. */
  void expire(long nowNanos, long overNanos, long openNanos, BooleanSupplier goOn) {
    for (int id = 0; id < table.idLimit() && goOn.getAsBoolean(); id++) {
      if (table.visit(id, flow)
          && nowNanos - flow.lastNanos() > (flow.isOver() ? overNanos : openNanos)) {
        end(flow.isOver() ? FlowEnd.OVER : FlowEnd.EXPIRED);
      }
    }
    table.fillSlots();
  }

  /** Ends all flows, and lets go of their memory as it proceeds: what follows may need it. */
  void endAll() {
    for (int id = 0; id < table.idLimit(); id++) {
      if (table.visit(id, flow)) {
        tell(FlowEnd.CAPTURE_ENDED);
      }
      table.discardUpTo(id);
    }
    table.clear();
  }

  private void endWhatIsOver(long nowNanos) {
    for (int id = 0; id < table.idLimit(); id++) {
      if (table.visit(id, flow) && flow.isOver() && nowNanos - flow.lastNanos() > LINGER_NANOS) {
        end(FlowEnd.OVER);
      }
    }
  }

  /** Connections that never came about leave before others; a flood brings as many again. */
  private void evict() {
    int size = table.size();
    int attempts = gatherTimes(size);
    int wanted = Math.max(1, size / EVICTED_PART);
    boolean mixed = attempts < size;
    int leaving = mixed ? (attempts + ATTEMPTS_PART - 1) / ATTEMPTS_PART : wanted;
    evictLongestIdle(0, attempts, leaving, false);
    evictedAttempts += leaving;
    evictLongestIdle(attempts, size, wanted - leaving, true);
  }

  /** Gathers when flows were last heard of, attempts first; returns how many of these there are. */
  private int gatherTimes(int size) {
    if (lastNanos.length < size) {
      lastNanos = new long[size];
    }
    int attempts = 0;
    int established = size;
    for (int id = 0; id < table.idLimit(); id++) {
      if (table.visit(id, flow)) {
        lastNanos[flow.isEstablished() ? --established : attempts++] = flow.lastNanos();
      }
    }
    return attempts;
  }

  private void evictLongestIdle(int from, int to, int leaving, boolean established) {
    if (leaving <= 0) {
      return;
    }
    Arrays.sort(lastNanos, from, to);
    long latest = lastNanos[from + leaving - 1];
    int ties = leaving;
    while (ties > 0 && lastNanos[from + leaving - ties] < latest) {
      ties--;
    }
    for (int id = 0; id < table.idLimit(); id++) {
      if (table.visit(id, flow)
          && flow.isEstablished() == established
          && flow.lastNanos() <= latest
          && (flow.lastNanos() < latest || ties-- > 0)) {
        end(FlowEnd.EVICTED);
        evicted++;
      }
    }
  }

  private void end(FlowEnd why) {
    tell(why);
    table.remove(flow);
  }

  private void tell(FlowEnd why) {
    oneSided += flow.isOneSided() ? 1 : 0;
    listener.ended(flow, why);
  }
}
