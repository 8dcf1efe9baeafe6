package io.rstscope.attribution;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Silences by host, to find out how often the same one comes back, as when a timer makes it. */
final class Silences {
  /** Shorter ones are the same by chance. */
  private static final long SHORTEST_NANOS = 1_000_000_000L;

  private static final double SAME = 0.02;

  /** A host with more of them needs no exact count. */
  private static final int MAX_OF_A_HOST = 10_000;

  private final Map<String, NavigableMap<Long, Integer>> countsByHost = new HashMap<>();

  void add(String host, long nanos) {
    if (nanos < SHORTEST_NANOS) {
      return;
    }
    NavigableMap<Long, Integer> there = countsByHost.computeIfAbsent(host, key -> new TreeMap<>());
    if (there.size() < MAX_OF_A_HOST) {
      there.merge(nanos, 1, Integer::sum);
    }
  }

  /** How many of the host's silences are as long as that one, 2 standing for more. */
  int count(String host, long nanos) {
    long tolerance = (long) (SAME * nanos);
    int count = 0;
    for (int each :
        countsByHost
            .getOrDefault(host, Collections.emptyNavigableMap())
            .subMap(nanos - tolerance, true, nanos + tolerance, true)
            .values()) {
      count += each;
      if (count >= 2) {
        return 2;
      }
    }
    return count;
  }
}
