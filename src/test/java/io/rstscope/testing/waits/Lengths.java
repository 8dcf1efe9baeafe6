package io.rstscope.testing.waits;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * How long each gap becomes, so that silences which a timer ended keep their proportions: the
 * longest of them becomes the wanted one, half of it half of that.
 *
 * <p>Such silences that are nearly equal are the work of one timer: they stay as far from each
 * other in seconds as they were, since a timer of 350 s is not less exact than one of 4 s.
 *
 * <p>Other gaps grow as much, less a part of up to 40 % by chance: what ends a connection at a
 * moment of its own must not seem to have waited for a timer, only because the script of a lab
 * waited for as long each time, or because the wanted length is round.
 */
final class Lengths {
  private static final double EXACT = 0.02;
  private static final int ROUNDS = 5_000;
  private static final double LARGEST_PART_LESS = 0.4;

  private final List<Gap> gaps;
  private final List<Gap> timed;
  private final double[] wanted;
  private final double[] lengths;

  /**
   * Gaps of a capture.
   *
   * @param timed the silences that a timer ended
   * @param scale how much longer they become
   */
  Lengths(List<Gap> gaps, List<Gap> timed, double scale) {
    this.gaps = gaps;
    this.timed = timed.stream().sorted(Comparator.comparingDouble(Gap::seconds)).toList();
    wanted = wanted(scale);
    lengths =
        gaps.stream().mapToDouble(gap -> Math.max(1, scale * part(gap)) * gap.seconds()).toArray();
    for (int round = 0; round < ROUNDS; round++) {
      IntStream.range(0, wanted.length).forEach(this::approach);
    }
  }

  private double part(Gap gap) {
    boolean isTimed = timed.stream().anyMatch(gap::isWithin);
    return isTimed ? 1 : 1 - LARGEST_PART_LESS * new Random(gap.from()).nextDouble();
  }

  private double[] wanted(double scale) {
    double[] scaled = new double[timed.size()];
    for (int i = scaled.length - 1; i >= 0; i--) {
      double seconds = timed.get(i).seconds();
      boolean isNext = i + 1 < scaled.length && timed.get(i).isLike(timed.get(i + 1));
      scaled[i] = isNext ? scaled[i + 1] + seconds - timed.get(i + 1).seconds() : scale * seconds;
    }
    return scaled;
  }

  /** Shares what is missing from one silence, or too much, among its gaps. */
  private void approach(int silence) {
    int[] within = within(silence);
    double sum = Arrays.stream(within).mapToDouble(gap -> lengths[gap]).sum();
    double missing = wanted[silence] - length(silence);
    for (int gap : within) {
      lengths[gap] = Math.max(gaps.get(gap).seconds(), lengths[gap] * (1 + missing / sum));
    }
  }

  /** What the silence has become, in seconds. */
  private double length(int silence) {
    return timed.get(silence).seconds()
        + Arrays.stream(within(silence))
            .mapToDouble(gap -> lengths[gap] - gaps.get(gap).seconds())
            .sum();
  }

  private int[] within(int silence) {
    return IntStream.range(0, gaps.size())
        .filter(gap -> gaps.get(gap).isWithin(timed.get(silence)))
        .toArray();
  }

  /** Whether each silence that a timer ended has become what it should. */
  boolean areExact() {
    return IntStream.range(0, wanted.length)
        .allMatch(i -> Math.abs(length(i) - wanted[i]) <= EXACT * wanted[i]);
  }

  /** Seconds of each gap. */
  double[] seconds() {
    return lengths.clone();
  }
}
