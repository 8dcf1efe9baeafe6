package io.rstscope.engine;

import io.rstscope.reset.ObserverLimits;

/**
 * How {@code watch} shares the heap out: a third is for flows and their last packets, a quarter for
 * what is observed of them, an eighth for those that were judged and may be judged again. The rest
 * is for what waits to be judged, and for the flows that ended last.
 *
 * @param flows connections followed at once on each interface
 * @param observer what is kept of them on each
 * @param openCases connections of all interfaces that may be judged again
 */
public record WatchMemory(int flows, ObserverLimits observer, int openCases) {
  private static final int MOST_FLOWS = 200_000;

  /** A case takes 300, and as much again to know it on another interface. */
  private static final int BYTES_PER_CASE = 600;

  /**
   * Shares out that much.
   *
   * @param heapBytes all there is
   * @param interfaces that are watched together, 1 or more
   * @param evidenceBytes that the last packets of a flow take; 0 when they are not kept
   */
  public static WatchMemory of(long heapBytes, int interfaces, long evidenceBytes) {
    long ofEach = MemoryPlan.growing(heapBytes / interfaces);
    return new WatchMemory(
        atMost(MOST_FLOWS, ofEach / 3, MemoryPlan.BYTES_PER_FLOW + evidenceBytes),
        ObserverLimits.within(ofEach / 4),
        atMost(MOST_FLOWS, MemoryPlan.growing(heapBytes) / 8, BYTES_PER_CASE));
  }

  private static int atMost(int most, long bytes, long bytesEach) {
    return (int) Math.max(1, Math.min(most, bytes / bytesEach));
  }
}
