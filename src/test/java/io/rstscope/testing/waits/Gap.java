package io.rstscope.testing.waits;

/** A time in which nothing was captured, in nanoseconds. */
record Gap(long from, long to) {
  /** nginx is up to 300 ms early, of 3 s. */
  private static final double ALIKE = 0.15;

  long middle() {
    return from + (to - from) / 2;
  }

  double seconds() {
    return (to - from) / 1e9;
  }

  boolean isWithin(Gap other) {
    return from >= other.from && to <= other.to;
  }

  /** Whether one timer may have ended both. */
  boolean isLike(Gap other) {
    return Math.abs(seconds() - other.seconds()) <= ALIKE * Math.max(seconds(), other.seconds());
  }
}
