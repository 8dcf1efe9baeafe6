package io.rstscope.judge.cause;

import java.util.List;

/**
 * A cause that an end may have.
 *
 * @param probability 0 to 1
 */
public record Alternative(Cause cause, double probability) {
  /** Less likely ones are not worth a word. */
  static final double WORTH_NAMING = 0.1;

  /** From here on a reader is to have it in mind, so that the sentence of the ending names it. */
  static final double WORTH_A_SENTENCE = 0.15;

  /** The other causes that are at least that likely, the likeliest first. */
  static List<Alternative> to(Cause cause, List<Alternative> likelihoods, double atLeast) {
    return likelihoods.stream().filter(each -> each.isBeside(cause, atLeast)).toList();
  }

  /** The likeliest of those that are worth half a sentence, or null. */
  static Alternative runnerUp(List<Alternative> likelihoods, Cause cause) {
    for (Alternative each : likelihoods) {
      if (each.isBeside(cause, WORTH_A_SENTENCE)) {
        return each;
      }
    }
    return null;
  }

  private boolean isBeside(Cause other, double atLeast) {
    return cause != other && cause != Cause.UNDETERMINED && probability >= atLeast;
  }
}
