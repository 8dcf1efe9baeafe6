package io.rstscope.watch;

/**
 * What may have hidden something from a verdict.
 *
 * @param dropped packets that were lost around that time
 * @param clockStepNanos by how much the clock was set during the connection, 0 if it was not
 * @param notCapturedNanos how long the interface was not captured around that time
 */
record Trouble(long dropped, long clockStepNanos, long notCapturedNanos) {
  /** Nothing has hidden anything. */
  static final Trouble NONE = new Trouble(0, 0, 0);

  /** Packets that are missing, at the least: who did not capture cannot count them. */
  long missing() {
    return notCapturedNanos > 0 ? Math.max(1, dropped) : dropped;
  }
}
