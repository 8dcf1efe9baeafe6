package io.rstscope.judge.context;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Silences by host, to find out how often the same one comes back, as when a timer makes it. */
public final class Silences {
  /** Silences that began and ended together are the same without any timer. */
  private static final long TOGETHER_NANOS = 300_000_000L;

  /** A host with more of them needs no exact count. */
  private static final int MAX_OF_A_HOST = 10_000;

  private static final class Occurrences {
    private int count;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    void add(long endNanos) {
      count++;
      first = Math.min(first, endNanos);
      last = Math.max(last, endNanos);
    }
  }

  private final Map<String, NavigableMap<Long, Occurrences>> byHost = new HashMap<>();
  private final long leastTolerance;

  /**
   * @param leastTolerance silences that differ by less are the same, as by another 2 %
   */
  public Silences(long leastTolerance) {
    this.leastTolerance = leastTolerance;
  }

  /**
   * @param endNanos when it ended, ns since 1970
   */
  public void add(String host, long nanos, long endNanos) {
    if (nanos < Thresholds.SILENCE_NANOS) {
      return;
    }
    NavigableMap<Long, Occurrences> there = byHost.computeIfAbsent(host, key -> new TreeMap<>());
    if (there.size() < MAX_OF_A_HOST) {
      there.computeIfAbsent(nanos, key -> new Occurrences()).add(endNanos);
    }
  }

  /** How many of the host's silences are as long as that one, 2 standing for more. */
  public int count(String host, long nanos) {
    int count = 0;
    for (Occurrences each : like(host, nanos)) {
      count += each.count;
      if (count >= 2) {
        return 2;
      }
    }
    return count;
  }

  /** Whether another of the host's silences is as long, and ended at another time. */
  public boolean cameBack(String host, long nanos, long endNanos) {
    for (Occurrences each : like(host, nanos)) {
      if (each.first < endNanos - TOGETHER_NANOS || each.last > endNanos + TOGETHER_NANOS) {
        return true;
      }
    }
    return false;
  }

  private Collection<Occurrences> like(String host, long nanos) {
    long tolerance = Math.max((long) (Thresholds.SAME_SILENCE * nanos), leastTolerance);
    return nanos < Thresholds.SILENCE_NANOS
        ? Collections.emptyList()
        : byHost
            .getOrDefault(host, Collections.emptyNavigableMap())
            .subMap(nanos - tolerance, true, nanos + tolerance, true)
            .values();
  }
}
