package io.rstscope.attribution;

/** The TTL with which a host sends, guessed from the one that arrives. */
final class InitialTtl {
  /** Linux and macOS; Windows; network devices and some Unix kinds. */
  private static final int[] INITIAL = {64, 128, 255};

  private InitialTtl() {}

  /**
   * Hops from the sender to the capture, if it began with the usual value next above; 0 on the same
   * segment.
   */
  static int hops(int ttl) {
    for (int initial : INITIAL) {
      if (ttl <= initial) {
        return initial - ttl;
      }
    }
    throw new IllegalArgumentException("TTL " + ttl);
  }
}
