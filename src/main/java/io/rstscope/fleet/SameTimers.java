package io.rstscope.fleet;

import io.rstscope.judge.timer.IdleTimer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Timers of several brokers that may be one setting: what expires alike after the same time at
 * several brokers is configured, and no chance. Only a fleet shows that.
 */
final class SameTimers {
  /** Timers that act by themselves differ by jitter, and by when a device looks at them. */
  private static final double TOLERANCE = 0.02;

  private SameTimers() {}

  /** Groups of one or more, those with most witnesses first. */
  static List<List<IdleTimer>> of(List<IdleTimer> timers) {
    List<IdleTimer> sorted = new ArrayList<>(timers);
    sorted.sort(
        Comparator.comparing(IdleTimer::expiry)
            .thenComparing(IdleTimer::contradicted)
            .thenComparingLong(IdleTimer::atMostNanos));
    List<List<IdleTimer>> groups = new ArrayList<>();
    List<IdleTimer> group = new ArrayList<>();
    for (IdleTimer timer : sorted) {
      if (!group.isEmpty() && !isSame(group.get(0), timer)) {
        groups.add(List.copyOf(group));
        group.clear();
      }
      group.add(timer);
    }
    if (!group.isEmpty()) {
      groups.add(List.copyOf(group));
    }
    groups.sort(Comparator.comparingInt(SameTimers::witnesses).reversed());
    return groups;
  }

  /** Both may be so long; what is contradicted is none that could be shared. */
  private static boolean isSame(IdleTimer shorter, IdleTimer longer) {
    return shorter.expiry() == longer.expiry()
        && !shorter.contradicted()
        && !longer.contradicted()
        && longer.atLeastNanos() >= 0
        && longer.atLeastNanos() <= shorter.atMostNanos() * (1 + TOLERANCE);
  }

  static int witnesses(List<IdleTimer> group) {
    return group.stream().mapToInt(IdleTimer::witnesses).sum();
  }

  static long brokers(List<IdleTimer> group) {
    return group.stream().map(IdleTimer::broker).distinct().count();
  }
}
