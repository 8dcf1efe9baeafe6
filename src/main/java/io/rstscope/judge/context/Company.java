package io.rstscope.judge.context;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which connections of a host ended at the same moment in the same way, and how silent they were.
 */
public final class Company {
  /** What one process or device ends at once. */
  private static final long AT_ONCE_NANOS = 150_000_000L;

  /** No two timers run out so near each other that began so far apart. */
  private static final long MOMENT_NANOS = 2_000_000L;

  private static final long BEGAN_APART_NANOS = 20_000_000L;

  /** More of them tell nothing more. */
  private static final int ENOUGH = 64;

  /** Silences differ that are not made by the same timer: jitter of its ticks and of packets. */
  private static final long JITTER_NANOS = 120_000_000L;

  /**
   * Those that ended with one connection.
   *
   * @param others how many, 0 to 64
   * @param silencesDiffer whether they had been silent for times that no single timer explains
   * @param silencesAlike whether all had been silent for about the same time
   * @param oneMoment whether some ended in the same moment after times that differ by more: a timer
   *     of each would have kept them as far apart
   * @param shortestNanos the shortest silence of all, this one included, ns
   * @param busy how many were in use to the end, this one included
   * @param hosts how many client hosts they are of, this one's included
   */
  public record Shared(
      int others,
      boolean silencesDiffer,
      boolean silencesAlike,
      boolean oneMoment,
      long shortestNanos,
      int busy,
      int hosts) {}

  private record Member(FirstEnd end, String client) {}

  private final Map<EndsOfHost, List<Member>> groups = new HashMap<>();

  /** Adds an end to those of that host. */
  void add(String host, String client, FirstEnd end) {
    groups
        .computeIfAbsent(EndsOfHost.of(host, end), key -> new ArrayList<>())
        .add(new Member(end, client));
  }

  /** To be called when all are added, and before any are asked for. */
  void sort() {
    for (List<Member> each : groups.values()) {
      each.sort((one, other) -> Long.compare(one.end().nanos(), other.end().nanos()));
    }
  }

  /** Who of that host ended with it; it is one of them. */
  public Shared with(String host, String client, FirstEnd end) {
    List<Member> members = groups.getOrDefault(EndsOfHost.of(host, end), List.of());
    int from = firstAtOrAfter(members, end.nanos() - AT_ONCE_NANOS);
    long shortest = Long.MAX_VALUE;
    long longest = 0;
    int count = 0;
    long shortestThen = Long.MAX_VALUE;
    long longestThen = 0;
    int busy = 0;
    Set<String> hosts = new HashSet<>();
    hosts.add(client);
    for (int i = from;
        i < members.size()
            && count <= ENOUGH
            && members.get(i).end().nanos() <= end.nanos() + AT_ONCE_NANOS;
        i++) {
      long silence = members.get(i).end().payloadSilenceNanos();
      shortest = Math.min(shortest, silence);
      longest = Math.max(longest, silence);
      if (Math.abs(members.get(i).end().nanos() - end.nanos()) <= MOMENT_NANOS) {
        shortestThen = Math.min(shortestThen, silence);
        longestThen = Math.max(longestThen, silence);
      }
      busy += silence < Thresholds.SILENCE_NANOS ? 1 : 0;
      hosts.add(members.get(i).client());
      count++;
    }
    int others = Math.max(count - 1, 0);
    boolean alike = longest - shortest <= Math.max(JITTER_NANOS, Thresholds.SAME_SILENCE * longest);
    return new Shared(
        Math.min(others, ENOUGH),
        others > 0 && !alike,
        others > 0 && alike,
        longestThen - shortestThen >= BEGAN_APART_NANOS,
        shortest,
        busy,
        hosts.size());
  }

  private static int firstAtOrAfter(List<Member> sorted, long nanos) {
    int low = 0;
    int high = sorted.size();
    while (low < high) {
      int middle = low + high >>> 1;
      if (sorted.get(middle).end().nanos() < nanos) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
