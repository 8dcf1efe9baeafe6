package io.rstscope.judge.cause;

import java.util.List;
import java.util.function.Supplier;

/**
 * What one fact says of why a connection ended.
 *
 * @param fact which
 * @param pointsTo the cause for which it speaks among the two likeliest
 * @param weight how strongly, in natural log-odds between these two, more than 0
 * @param sentence puts together what {@link #says} returns, since most of it is never read
 * @param frames the packets it rests on
 */
public record CauseEvidence(
    Fact fact, Cause pointsTo, double weight, Supplier<String> sentence, List<Long> frames) {
  /** A clause with the numbers, without full stop. */
  public String says() {
    return sentence.get();
  }

  /** By what it says, wherever that comes from. */
  @Override
  public boolean equals(Object other) {
    return other instanceof CauseEvidence that
        && fact == that.fact
        && pointsTo == that.pointsTo
        && weight == that.weight
        && frames.equals(that.frames)
        && says().equals(that.says());
  }

  @Override
  public int hashCode() {
    return 31 * fact.hashCode() + frames.hashCode();
  }
}
