package io.rstscope.judge.cause;

import java.util.List;
import java.util.Map;

/**
 * Another cause that an end may have.
 *
 * @param probability 0 to 1
 */
public record Alternative(Cause cause, double probability) {
  /** Less likely ones are not worth a word. */
  static final double WORTH_NAMING = 0.1;

  /** From here on a reader is to have it in mind, so that the sentence of the ending names it. */
  static final double WORTH_A_SENTENCE = 0.15;

  /** The other causes that are at least that likely, the likeliest first. */
  static List<Alternative> to(Cause cause, Map<Cause, Double> likelihoods, double atLeast) {
    return likelihoods.entrySet().stream()
        .filter(each -> each.getKey() != cause && each.getKey() != Cause.UNDETERMINED)
        .filter(each -> each.getValue() >= atLeast)
        .map(each -> new Alternative(each.getKey(), each.getValue()))
        .toList();
  }

  /** The likeliest of those that are worth half a sentence, or null. */
  static Alternative runnerUp(Map<Cause, Double> likelihoods, Cause cause) {
    List<Alternative> others = to(cause, likelihoods, WORTH_A_SENTENCE);
    return others.isEmpty() ? null : others.get(0);
  }
}
