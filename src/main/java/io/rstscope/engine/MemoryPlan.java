package io.rstscope.engine;

import io.rstscope.report.words.MoreMemory;
import io.rstscope.reset.ObserverLimits;

/**
 * How the heap is shared out among all that grows with the traffic, so that no capture and no
 * attack can fill it. What was left out for lack of room is counted and reported.
 *
 * @param flows connections followed at once
 * @param flowsWanted whether that number is what somebody wants
 * @param observer what is kept of them, and of what they say
 * @param observedBytes what is kept to be judged, most of it when the flows have left
 */
public record MemoryPlan(
    int flows, boolean flowsWanted, ObserverLimits observer, long observedBytes) {
  private static final int MOST_FLOWS = 1_000_000;

  /** The young generation, buffers and reports: not for what grows. */
  private static final long FIXED = 24 << 20;

  private static final long USUAL_CAPTURE = 192L << 20;

  /** 300, and as much again when each says another short name. */
  static final int BYTES_PER_FLOW = 600;

  /** For the heap that this process may have: {@code -Xmx}, or what Java takes for itself. */
  public static MemoryPlan ofThisProcess() {
    return of(Runtime.getRuntime().maxMemory());
  }

  /**
   * The same for one of several captures that are read at once.
   *
   * @param captures 1 or more
   * @param resetsOfFlow resets of a flow to keep, at most
   */
  public static MemoryPlan oneOf(int captures, int resetsOfFlow) {
    MemoryPlan plan = of(Runtime.getRuntime().maxMemory() / captures);
    ObserverLimits fewer = plan.observer.withResetsOfFlow(resetsOfFlow);
    return new MemoryPlan(plan.flows, plan.flowsWanted, fewer, plan.observedBytes);
  }

  /** How many captures may be read at once, so that each has enough for a usual one; 1 or more. */
  public static int capturesAtOnce() {
    long fitting = Runtime.getRuntime().maxMemory() / USUAL_CAPTURE;
    return (int) Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), fitting));
  }

  /**
   * @param heapBytes all there is
   */
  static MemoryPlan of(long heapBytes) {
    long bytes = growing(heapBytes);
    return new MemoryPlan(
        (int) Math.min(MOST_FLOWS, bytes / 3 / BYTES_PER_FLOW),
        false,
        ObserverLimits.within(bytes / 4),
        bytes / 2);
  }

  /** How much of a heap is for what grows with the traffic. */
  static long growing(long heapBytes) {
    return Math.max(heapBytes - FIXED, heapBytes / 4);
  }

  /** The same for that many flows, as somebody wants it. */
  public MemoryPlan withFlows(int number) {
    return new MemoryPlan(number, true, observer, observedBytes);
  }

  /** Whether more flows could be had without more memory. */
  boolean moreFlowsFit() {
    return flowsWanted || flows == MOST_FLOWS;
  }

  /** What helps when it is not enough. */
  public String advice() {
    return MoreMemory.advice() + (flowsWanted ? ", or leave out --max-flows" : "");
  }
}
