package io.rstscope.judge.context;

import io.rstscope.reset.FlowObservation;

/**
 * Connections that had been idle for as long before as when they ended. A timer of that length
 * would have ended them then; a program that does something at intervals and then exits ends so.
 */
public final class OwnRhythm {
  /** A delayed ACK shortens the interval by 44 ms, and a program that sleeps wakes up late. */
  private static final long JITTER_NANOS = 60_000_000L;

  /** What is done between two sleeps takes its time, too: a part of the interval. */
  private static final double VARIES = 0.001;

  private OwnRhythm() {}

  /** Whether the connection had survived what it was silent for before that end. */
  public static boolean holds(FlowObservation flow, FirstEnd end) {
    long silence = Math.max(end.payloadSilenceNanos(), end.packetSilenceNanos());
    long margin = JITTER_NANOS + (long) (VARIES * silence);
    return !end.answers()
        && silence >= Thresholds.SILENCE_NANOS
        && flow.survivedNanos() >= silence - margin;
  }
}
