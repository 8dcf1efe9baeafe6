package io.rstscope.judge.context;

/** The TTL with which a host sends, guessed from the one that arrives. */
public final class InitialTtl {
  /** Linux and macOS; Windows; network devices and some Unix kinds. */
  private static final int[] INITIAL = {64, 128, 255};

  private InitialTtl() {}

  /**
   * Hops from the sender to the capture, if it began with the usual value next above; 0 on the same
   * segment.
   */
  public static int hops(int ttl) {
    return initial(ttl) - ttl;
  }

  /** The usual value at or next above it: 64, 128 or 255. */
  public static int initial(int ttl) {
    for (int initial : INITIAL) {
      if (ttl <= initial) {
        return initial;
      }
    }
    throw new IllegalArgumentException("TTL " + ttl);
  }

  /** Whether it is what arrives of Windows, which begins with 128. */
  public static boolean isWindows(int ttl) {
    return initial(ttl) == 128;
  }

  /** As sentences name it: {@code 61 (3 hops)}, {@code 64}. */
  public static String words(int ttl) {
    return words(ttl, "");
  }

  /** As sentences name it first: {@code 61 (3 hops away)}, {@code 64}. */
  public static String wordsAway(int ttl) {
    return words(ttl, " away");
  }

  private static String words(int ttl, String away) {
    int hops = hops(ttl);
    return hops == 0 ? "" + ttl : ttl + " (" + Words.count(hops, "hop") + away + ")";
  }
}
