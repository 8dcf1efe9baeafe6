package io.rstscope.attribution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Silences by host, to find out how often the same one comes back, as when a timer makes it. */
final class Silences {
  /** Shorter ones are the same by chance. */
  private static final long SHORTEST_NANOS = 1_000_000_000L;

  private static final double SAME = 0.02;

  /** A host with more of them needs no exact count. */
  private static final int MAX_OF_A_HOST = 10_000;

  private final Map<String, List<Long>> nanosByHost = new HashMap<>();

  void add(String host, long nanos) {
    List<Long> there = nanosByHost.computeIfAbsent(host, key -> new ArrayList<>());
    if (nanos >= SHORTEST_NANOS && there.size() < MAX_OF_A_HOST) {
      there.add(nanos);
    }
  }

  /** How many of the host's silences are as long as that one, up to 2. */
  long count(String host, long nanos) {
    return nanosByHost.getOrDefault(host, List.of()).stream()
        .filter(other -> Math.abs(other - nanos) <= SAME * nanos)
        .limit(2)
        .count();
  }
}
