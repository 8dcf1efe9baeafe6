package io.rstscope.flow;

/**
 * A word with the listener's counts of both endpoints, 19 bits each, and with the longest silence
 * in the others: the bits of a float (IEEE 754), counted from those of 1 ns, without the last
 * three.
 */
final class CountsAndIdle {
  private static final int COUNT_BITS = 19;

  /** The largest count; stands for all that are larger. */
  static final int MAX_COUNT = (1 << COUNT_BITS) - 1;

  private static final int IDLE_SHIFT = 2 * COUNT_BITS;
  private static final long COUNTS = (1L << IDLE_SHIFT) - 1;
  private static final int DROPPED = 3;
  private static final int ONE = Float.floatToRawIntBits(1);

  private CountsAndIdle() {}

  /** The count of the lower or the upper endpoint. */
  static int count(long word, boolean lower) {
    return (int) (word >>> shift(lower)) & MAX_COUNT;
  }

  /** The word with another count, 0 or more. */
  static long withCount(long word, boolean lower, int count) {
    long others = word & ~((long) MAX_COUNT << shift(lower));
    return others | (long) Math.min(count, MAX_COUNT) << shift(lower);
  }

  private static int shift(boolean lower) {
    return lower ? 0 : COUNT_BITS;
  }

  /** The silence in nanoseconds, exact to six digits, not too long. */
  static long idleNanos(long word) {
    int idle = idle(word);
    return idle == 0 ? 0 : (long) Float.intBitsToFloat((idle << DROPPED) + ONE);
  }

  /**
   * The word after one more silence.
   *
   * @param silence its nanoseconds as the bits of a float, which are in the order of the numbers
   */
  static long longerIdle(long word, int silence) {
    int idle = Math.max(silence - ONE, 0) >>> DROPPED;
    return idle > idle(word) ? word & COUNTS | (long) idle << IDLE_SHIFT : word;
  }

  private static int idle(long word) {
    return (int) (word >>> IDLE_SHIFT);
  }
}
