package io.rstscope.net;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** How long something took, as every report writes it. */
public final class Durations {
  private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private static final BigDecimal HOUR_SECONDS = BigDecimal.valueOf(3600);

  /** Up to here in seconds, as timers are configured. */
  private static final long HOURS_FROM_NANOS = 2 * 3600 * 1_000_000_000L;

  private Durations() {}

  /**
   * With three digits: {@code 210 µs}, {@code 4.20 ms}, {@code 3.03 s}, {@code 2.22 h}; above 100
   * whole ones: {@code 350 s}. Hours begin at 2.
   *
   * @param nanos may be negative: a clock was set back
   */
  public static String text(long nanos) {
    return nanos < 0 ? "-" + positive(-Math.max(nanos, -Long.MAX_VALUE)) : positive(nanos);
  }

  private static String positive(long nanos) {
    if (nanos == 0) {
      return "0 s";
    }
    if (nanos < 1_000) {
      return nanos + " ns";
    }
    if (nanos < 999_500L) {
      return digits(BigDecimal.valueOf(nanos, 3)) + " µs";
    }
    if (nanos < 999_500_000L) {
      return digits(BigDecimal.valueOf(nanos, 6)) + " ms";
    }
    BigDecimal seconds = BigDecimal.valueOf(nanos, 9);
    return nanos < HOURS_FROM_NANOS
        ? digits(seconds) + " s"
        : digits(seconds.divide(HOUR_SECONDS, 9, RoundingMode.HALF_UP)) + " h";
  }

  private static String digits(BigDecimal value) {
    BigDecimal rounded =
        value.compareTo(HUNDRED) < 0
            ? value.round(THREE_DIGITS)
            : value.setScale(0, RoundingMode.HALF_UP);
    return rounded.toPlainString();
  }
}
