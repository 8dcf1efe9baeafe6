package io.rstscope.judge.context;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as people read them, for the sentences of evidence and endings. */
public final class Words {
  private Words() {}

  /** As reports have it, with at most two digits: {@code 0.31}, {@code 0.3}. */
  public static String probability(double probability) {
    return BigDecimal.valueOf(probability)
        .setScale(2, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** {@code 1 packet}, {@code 3 packets}. */
  public static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
