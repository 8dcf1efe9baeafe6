package io.rstscope.flow;

/**
 * A time span in few bits: milliseconds, exact up to 1,023, and within one part in a thousand
 * beyond.
 *
 * <p>The upper bits of one more than that as a float (IEEE 754), counted from those of 1.
 */
final class RoughMillis {
  /** Bits that any span of up to 2<sup>31</sup> - 1 ms takes: 5 of exponent, 9 of mantissa. */
  static final int BITS = 14;

  private static final int DROPPED = 23 - 9;
  private static final int HALF = 1 << DROPPED - 1;
  private static final int ONE = Float.floatToRawIntBits(1);

  private RoughMillis() {}

  /** The bits of a span; of one below 0 those of 0, of too long a one those of the longest. */
  static int of(long millis) {
    long span = Math.min(Math.max(millis, 0), Integer.MAX_VALUE);
    int bits = Float.floatToRawIntBits((float) (span + 1)) - ONE + HALF >>> DROPPED;
    return Math.min(bits, (1 << BITS) - 1);
  }

  /** The span of these bits, in milliseconds. */
  static long millis(int bits) {
    return (long) Float.intBitsToFloat((bits << DROPPED) + ONE) - 1;
  }
}
