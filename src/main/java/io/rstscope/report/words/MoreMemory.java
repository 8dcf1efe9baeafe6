package io.rstscope.report.words;

/** How to give the program more memory than it has. */
public final class MoreMemory {
  private MoreMemory() {}

  /** For within a sentence: the setting that makes the heap twice as large as now. */
  public static String advice() {
    return "give more memory: RSTSCOPE_OPTS=-Xmx" + mebibytes(2 * heapBytes()) + "m";
  }

  /** At most 4 EiB, as {@link Runtime#maxMemory()} is the largest long when there is no limit. */
  private static long heapBytes() {
    return Math.min(Runtime.getRuntime().maxMemory(), Long.MAX_VALUE / 4);
  }

  private static long mebibytes(long bytes) {
    return (bytes >> 20) + 1;
  }
}
