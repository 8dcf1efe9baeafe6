package io.rstscope.watch;

import io.rstscope.report.model.LeftOut;

/**
 * What an interface has given so far, as of the last tick. All counts are since the start, across
 * reopening.
 *
 * @param up whether it is being captured just now
 * @param packets packets that passed the kernel's filter and were read
 * @param segments those that were TCP segments of the ports
 * @param flows flows seen
 * @param flowsHeld flows held now
 * @param leftOut what was given up, its flows because too many were waiting to be judged
 * @param duplicates segments seen again at another point
 * @param oneSided flows that have ended of which one side alone was captured
 * @param cut packets cut by the snap length
 * @param undecoded packets too short to be decoded, or with lengths that lie
 * @param droppedByKernel packets that found the kernel's ring full
 * @param droppedByInterface packets that the interface lost
 * @param lagNanos how old the last packet was when it was read
 * @param firstNanos time of the first packet, nanoseconds since 1970, or 0
 * @param lastNanos time of the last packet, or 0
 * @param clockSteps how often the clock was set
 * @param opened how often the interface was opened
 */
record InterfaceStatus(
    boolean up,
    long packets,
    long segments,
    long flows,
    int flowsHeld,
    LeftOut leftOut,
    long duplicates,
    long oneSided,
    long cut,
    long undecoded,
    long laterFragments,
    long droppedByKernel,
    long droppedByInterface,
    long lagNanos,
    long firstNanos,
    long lastNanos,
    long clockSteps,
    long opened) {
  /** Before anything was seen. */
  static final InterfaceStatus NONE =
      new InterfaceStatus(false, 0, 0, 0, 0, LeftOut.NOTHING, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
