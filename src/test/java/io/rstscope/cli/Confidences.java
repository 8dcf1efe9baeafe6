package io.rstscope.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Holds confidences against how many of what was said with them is right, in bins of a tenth. */
final class Confidences {
  private static final int BINS = 10;

  /** Fewer tell too little of how many of their kind are right. */
  private static final int ENOUGH = 30;

  /** How far the share of right ones may be below the confidence that they were given with. */
  private static final double CALIBRATED = 0.07;

  private final int[] given = new int[BINS];
  private final int[] right = new int[BINS];
  private final double[] claimed = new double[BINS];

  void add(double confidence, boolean isRight) {
    int bin = Math.min((int) (confidence * BINS), BINS - 1);
    given[bin]++;
    claimed[bin] += confidence;
    right[bin] += isRight ? 1 : 0;
  }

  /** Bins in which fewer are right than was claimed. */
  List<String> miscalibrated() {
    return IntStream.range(0, BINS)
        .filter(bin -> given[bin] >= ENOUGH)
        .filter(bin -> claimed[bin] - right[bin] > CALIBRATED * given[bin])
        .mapToObj(this::line)
        .toList();
  }

  /** One for each bin that is not empty. */
  List<String> lines() {
    return IntStream.range(0, BINS).filter(bin -> given[bin] > 0).mapToObj(this::line).toList();
  }

  private String line(int bin) {
    return String.format(
        Locale.ROOT,
        "%.1f+ %.1f %% of %d right, claimed %.1f %%",
        (double) bin / BINS,
        100.0 * right[bin] / given[bin],
        given[bin],
        100.0 * claimed[bin] / given[bin]);
  }
}
