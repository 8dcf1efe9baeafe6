package io.rstscope.judge.incident;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Joins incidents of several captures: what hit more brokers at once than chance lets coincide, as
 * often as the fleet has incidents.
 */
public final class AcrossBrokers {
  /** Clocks of hosts differ, and each broker's clients notice at their own time. */
  private static final long PAUSE_NANOS = 5_000_000_000L;

  /** So many of all that are found may be chance. */
  private static final double BY_CHANCE = 0.05;

  /**
   * An incident of one capture.
   *
   * @param broker name of the broker's host
   * @param firstNanos when its first connection was lost, ns since 1970
   * @param lastNanos when its last was
   * @param connections how many
   * @param cause the word of the most frequent one
   */
  public record Part(
      String broker, long firstNanos, long lastNanos, long connections, String cause) {}

  private AcrossBrokers() {}

  /**
   * Those of two brokers or more, in the order of time.
   *
   * @param parts in any order
   * @param spanNanos of the time that was captured: how rare incidents are
   */
  public static List<List<Part>> find(List<Part> parts, long spanNanos) {
    List<Part> sorted = new ArrayList<>(parts);
    sorted.sort(Comparator.comparingLong(Part::firstNanos));
    List<List<Part>> found = new ArrayList<>();
    for (List<Part> each : Pauses.split(sorted, Part::firstNanos, Part::lastNanos, PAUSE_NANOS)) {
      long brokers = each.stream().map(Part::broker).distinct().count();
      double others = sorted.size() - each.size();
      double near = others * PAUSE_NANOS / Math.max(spanNanos, PAUSE_NANOS);
      if (brokers >= 2 && sorted.size() * atLeast(brokers - 1, near) < BY_CHANCE) {
        found.add(List.copyOf(each));
      }
    }
    return found;
  }

  /** How probable it is that so many happen where some are expected (Poisson). */
  private static double atLeast(long number, double expected) {
    double exactly = Math.exp(-expected);
    double fewer = 0;
    for (int i = 0; i < number; i++) {
      fewer += exactly;
      exactly *= expected / (i + 1);
    }
    return Math.max(0, 1 - fewer);
  }
}
