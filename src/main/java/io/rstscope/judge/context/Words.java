package io.rstscope.judge.context;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as people read them, for the sentences of evidence and endings. */
public final class Words {
  private Words() {}

  /** {@code 0.21 ms}, {@code 3.03 s}, {@code 6 min 10 s}. */
  public static String duration(long nanos) {
    if (nanos < 1_000) {
      return nanos + " ns";
    }
    if (nanos < 1_000_000) {
      return decimal(nanos, 1_000, 0) + " µs";
    }
    if (nanos < 1_000_000_000L) {
      return decimal(nanos, 1_000_000, nanos < 10_000_000 ? 2 : 0) + " ms";
    }
    if (nanos < 120_000_000_000L) {
      return decimal(nanos, 1_000_000_000L, nanos < 10_000_000_000L ? 2 : 1) + " s";
    }
    long seconds = nanos / 1_000_000_000L;
    return seconds < 7200
        ? seconds / 60 + " min " + seconds % 60 + " s"
        : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
  }

  /** As timers are configured: {@code 3.03 s}, {@code 349.8 s}, {@code 3600 s}. */
  public static String seconds(long nanos) {
    int digits = nanos < 10_000_000_000L ? 2 : nanos < 1_000_000_000_000L ? 1 : 0;
    return decimal(nanos, 1_000_000_000L, digits) + " s";
  }

  /** As reports have it, with at most two digits: {@code 0.31}, {@code 0.3}. */
  public static String probability(double probability) {
    return BigDecimal.valueOf(probability)
        .setScale(2, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  private static String decimal(long nanos, long unit, int digits) {
    return BigDecimal.valueOf(nanos)
        .divide(BigDecimal.valueOf(unit), digits, RoundingMode.HALF_UP)
        .toPlainString();
  }

  /** {@code 1 packet}, {@code 3 packets}. */
  public static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
