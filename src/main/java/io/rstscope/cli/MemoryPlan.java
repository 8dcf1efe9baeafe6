package io.rstscope.cli;

import io.rstscope.reset.ObserverLimits;

/**
 * How the heap is shared out among all that grows with the traffic, so that no capture and no
 * attack can fill it. What was left out for lack of room is counted and reported.
 *
 * @param flows connections followed at once
 * @param observer what is kept of them, and of what they say
 * @param observedBytes what is kept to be judged, most of it when the flows have left
 */
record MemoryPlan(int flows, ObserverLimits observer, long observedBytes) {
  private static final int MOST_FLOWS = 1_000_000;

  /** The young generation, buffers and reports: not for what grows. */
  private static final long FIXED = 24 << 20;

  /** 300, and as much again when each says another short name. */
  static final int BYTES_PER_FLOW = 600;

  /** For the heap that this process may have: {@code -Xmx}, or what Java takes for itself. */
  static MemoryPlan ofThisProcess() {
    return of(Runtime.getRuntime().maxMemory());
  }

  /**
   * @param heapBytes all there is
   */
  static MemoryPlan of(long heapBytes) {
    long bytes = growing(heapBytes);
    return new MemoryPlan(
        (int) Math.min(MOST_FLOWS, bytes / 3 / BYTES_PER_FLOW),
        ObserverLimits.within(bytes / 4),
        bytes / 2);
  }

  /** How much of a heap is for what grows with the traffic. */
  static long growing(long heapBytes) {
    return Math.max(heapBytes - FIXED, heapBytes / 4);
  }

  /** The same for that many flows, as somebody wants it. */
  MemoryPlan withFlows(int flowsWanted) {
    return new MemoryPlan(flowsWanted, observer, observedBytes);
  }
}
