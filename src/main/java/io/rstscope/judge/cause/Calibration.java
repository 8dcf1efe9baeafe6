package io.rstscope.judge.cause;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes the probabilities mean what they say. Weights are set for the doubtful cases and add up too
 * cautiously for the others: of 5,500 labelled ends of four collections those whose cause had come
 * to 0.55 were right in 92 %, to 0.74 in 96 %, to 0.87 in 99 %.
 */
final class Calibration {
  /** Fitted to these, and a little less sure, since others will be stranger. */
  private static final double SLOPE = 1.4;

  private static final double OFFSET = 0.6;

  /** Below it, it is as likely as not that the cause is another. */
  private static final double DOUBT = 0.5;

  private Calibration() {}

  /**
   * The same order of causes, the first made surer and the others less likely as one.
   *
   * @param likelihoods the likeliest first, together 1
   */
  static List<Alternative> of(List<Alternative> likelihoods) {
    double first = likelihoods.get(0).probability();
    if (first < DOUBT || first >= 1) {
      return likelihoods;
    }
    double surer = 1 / (1 + Math.exp(-SLOPE * Math.log(first / (1 - first)) - OFFSET));
    double others = (1 - surer) / (1 - first);
    List<Alternative> calibrated = new ArrayList<>(likelihoods.size());
    for (Alternative each : likelihoods) {
      double probability = calibrated.isEmpty() ? surer : each.probability() * others;
      calibrated.add(new Alternative(each.cause(), probability));
    }
    return calibrated;
  }
}
