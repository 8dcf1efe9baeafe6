package io.rstscope.capture;

/**
 * How an interface of a pcapng file counts time: its options {@code if_tsresol} and {@code
 * if_tsoffset} (draft-ietf-opsawg-pcapng, section 4.2).
 *
 * <p>Immutable.
 */
final class TimeResolution {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int NANO_EXPONENT = 9;

  /** The largest power of ten that 64 unsigned bits hold. */
  private static final int MAX_EXPONENT = 19;

  private final long multiplier;
  private final long divisor;

  /** Ticks are seconds divided by two to the power of this, or -1 for powers of ten. */
  private final int binaryExponent;

  private final long offsetNanos;

  private TimeResolution(long multiplier, long divisor, int binaryExponent, long offsetSeconds) {
    this.multiplier = multiplier;
    this.divisor = divisor;
    this.binaryExponent = binaryExponent;
    this.offsetNanos = offsetSeconds * NANOS_PER_SECOND;
  }

  /**
   * @param tsresol the option's byte: a negative power of ten, or of two if its upper bit is set
   * @param offsetSeconds seconds to be added to every time
   */
  static TimeResolution of(int tsresol, long offsetSeconds) {
    int exponent = tsresol & 0x7f;
    if ((tsresol & 0x80) != 0) {
      return new TimeResolution(0, 1, exponent, offsetSeconds);
    }
    if (exponent <= NANO_EXPONENT) {
      return new TimeResolution(powerOfTen(NANO_EXPONENT - exponent), 1, -1, offsetSeconds);
    }
    int tooFine = exponent - NANO_EXPONENT;
    return tooFine <= MAX_EXPONENT
        ? new TimeResolution(1, powerOfTen(tooFine), -1, offsetSeconds)
        : new TimeResolution(0, 1, -1, offsetSeconds);
  }

  /**
   * Nanoseconds since 1970-01-01 UTC, rounded down.
   *
   * @param ticks unsigned; times outside the years 1677 to 2262 wrap
   */
  long nanos(long ticks) {
    if (binaryExponent >= 0) {
      return binaryNanos(ticks) + offsetNanos;
    }
    long whole = divisor == 1 ? ticks : Long.divideUnsigned(ticks, divisor);
    return whole * multiplier + offsetNanos;
  }

  /** Computed in 128 bits: {@code ticks * 10^9 >> exponent}. */
  private long binaryNanos(long ticks) {
    long low = ticks * NANOS_PER_SECOND;
    long high = Math.multiplyHigh(ticks, NANOS_PER_SECOND) + (ticks < 0 ? NANOS_PER_SECOND : 0);
    if (binaryExponent == 0) {
      return low;
    }
    return binaryExponent < Long.SIZE
        ? high << (Long.SIZE - binaryExponent) | low >>> binaryExponent
        : high >>> (binaryExponent - Long.SIZE);
  }

  private static long powerOfTen(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= 10;
    }
    return power;
  }
}
