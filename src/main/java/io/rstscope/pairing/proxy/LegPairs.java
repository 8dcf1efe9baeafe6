package io.rstscope.pairing.proxy;

import io.rstscope.pairing.proxy.Leg.Said;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which legs are one connection: their clients say the same, they carry the same, they ended after
 * the same time, and they began about as far apart as those of others, since a proxy connects to a
 * broker when a client has come.
 */
final class LegPairs {
  /** Clocks farther apart would be noticed; connections that are alike begin at any distance. */
  private static final long MOST_CLOCKS_APART = 10_000_000_000L;

  /** As proxies differ in how soon they connect. */
  private static final long SAME_APART_NANOS = 100_000_000L;

  /** Clients that are all alike are compared with so many of the others at most. */
  private static final int MOST_CANDIDATES = 100_000;

  private LegPairs() {}

  /** Those of which both captures have one, each once, in the order in which they began here. */
  static List<LegPair> of(List<Leg> here, List<Leg> there) {
    List<LegPair> candidates = candidates(here, there);
    if (candidates.isEmpty()) {
      return List.of();
    }
    long apart = usualApart(candidates);
    Comparator<LegPair> better =
        Comparator.comparing((LegPair pair) -> !pair.isExact())
            .thenComparingLong(pair -> Math.abs(pair.startsApartNanos() - apart));
    Set<Leg> taken = new HashSet<>();
    return candidates.stream()
        .filter(pair -> Math.abs(pair.startsApartNanos() - apart) <= LegPair.TOGETHER_NANOS)
        .sorted(better)
        .filter(pair -> !taken.contains(pair.here()) && !taken.contains(pair.there()))
        .filter(pair -> taken.add(pair.here()) && taken.add(pair.there()))
        .sorted(Comparator.comparingLong(pair -> pair.here().flow().startedNanos()))
        .toList();
  }

  private static List<LegPair> candidates(List<Leg> here, List<Leg> there) {
    Map<Said, List<Leg>> saying = new HashMap<>();
    there.forEach(leg -> saying.computeIfAbsent(leg.said(), any -> new ArrayList<>()).add(leg));
    List<LegPair> candidates = new ArrayList<>();
    for (Leg leg : here) {
      for (Leg other : saying.getOrDefault(leg.said(), List.of())) {
        long apart = leg.flow().startedNanos() - other.flow().startedNanos();
        LegPair pair =
            Math.abs(apart) <= MOST_CLOCKS_APART && candidates.size() < MOST_CANDIDATES
                ? LegPair.of(leg, other)
                : null;
        if (pair != null && pair.isPlausible()) {
          candidates.add(pair);
        }
      }
    }
    return candidates;
  }

  /** The middle of where most of them lie: pairs of strangers begin at any distance. */
  private static long usualApart(List<LegPair> pairs) {
    long[] apart = pairs.stream().mapToLong(LegPair::startsApartNanos).sorted().toArray();
    int bestFirst = 0;
    int bestLast = 0;
    int first = 0;
    for (int last = 0; last < apart.length; last++) {
      while (apart[last] - apart[first] > SAME_APART_NANOS) {
        first++;
      }
      if (last - first > bestLast - bestFirst) {
        bestFirst = first;
        bestLast = last;
      }
    }
    return apart[(bestFirst + bestLast) / 2];
  }
}
