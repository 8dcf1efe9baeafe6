package io.rstscope.judge.cause;

import io.rstscope.judge.sender.Sender;
import java.util.List;
import java.util.Map;

/**
 * Who ended a connection, and why.
 *
 * @param confidence how probable the cause is; of the endings given with it, this share is right
 * @param benign whether nothing was lost by it
 * @param idleNanos the silence of the flow before it ended, or -1
 * @param says a sentence that explains it, without full stop
 * @param likelihoods how probable each cause is that competed, the likeliest first; together 1
 * @param evidence what decided between the likeliest cause and the next, strongest first
 */
public record Ending(
    Sender endedBy,
    Cause cause,
    double confidence,
    boolean benign,
    long idleNanos,
    String says,
    Map<Cause, Double> likelihoods,
    List<CauseEvidence> evidence) {
  /** Less likely ones are not worth a word. */
  private static final double WORTH_NAMING = 0.1;

  /** How probable that cause is, 0 to 1. */
  public double likelihood(Cause other) {
    return likelihoods.getOrDefault(other, 0.0);
  }

  /** The other causes with a probability of 0.1 and more, the likeliest first. */
  public List<Alternative> alternatives() {
    return likelihoods.entrySet().stream()
        .filter(each -> each.getKey() != cause && each.getKey() != Cause.UNDETERMINED)
        .filter(each -> each.getValue() >= WORTH_NAMING)
        .map(each -> new Alternative(each.getKey(), each.getValue()))
        .toList();
  }
}
