package io.rstscope.judge.timer;

import io.rstscope.judge.context.EndsOfHost;
import io.rstscope.judge.context.FirstEnd;
import io.rstscope.judge.context.RoundTime;
import io.rstscope.judge.context.Thresholds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Silences that come back before the ends of connections: a timer makes the same one again and
 * again, while processes die at any moment. How many may be the same by chance depends on how many
 * there are of about that length. In n log n of the ends.
 */
public final class Recurrence {
  /**
   * Timers of proxies fire within so much, 30 ms were seen, and a delayed acknowledgement may come
   * up to 44 ms after the last payload.
   */
  private static final long JITTER_NANOS = 60_000_000L;

  /** nginx does not set a timer anew for less (NGX_TIMER_LAZY_DELAY in ngx_event_timer.h). */
  private static final long LAZY_NANOS = 310_000_000L;

  /** Devices look at their timers now and then, as long timers more seldom. */
  private static final double COARSE = 0.02;

  /** Ends, or silences, that begin so near to each other may be one event. */
  private static final long ONE_EVENT_NANOS = 300_000_000L;

  /** Silences between half and twice as long tell how dense they are there. */
  private static final double NEAR = 2;

  /** A narrower span below says little of how dense they are: a part of the silence. */
  private static final int WIDE_ENOUGH = 4;

  /** Where no others are near they may still be. */
  private static final double UNSEEN = 1;

  /** Timers are set to values that people write down; what is none is chance, or a program. */
  private static final double NOT_CONFIGURED = 8;

  /** Fires a little before such a value, seldom after: nginx, or what looks now and then. */
  private static final double LOOSELY_CONFIGURED = 1.5;

  private static final double SECOND = 1e9;

  /**
   * The same silence before several ends.
   *
   * @param shortestNanos of them, ns
   * @param longestNanos of them, ns
   * @param independent how many that no single event explains, 1 or more
   * @param logOdds that it is no chance, natural; below 0 it is likelier one
   * @param livesAlike whether those connections had also lived for the same time, as far as most of
   *     them show: then they may be programs that work for so long
   */
  public record Found(
      long shortestNanos, long longestNanos, int independent, double logOdds, boolean livesAlike) {
    /** Of an end whose silence comes once. */
    public static final Found NOTHING = new Found(-1, -1, 1, Double.NEGATIVE_INFINITY, false);

    private static Found better(Found one, Found other) {
      return other.logOdds > one.logOdds ? other : one;
    }
  }

  /**
   * @param before how long the connection had been in use before its last silence, ns; -1 when its
   *     beginning is not in the capture
   */
  private record Member(int place, long silence, long begin, long end, long before) {}

  private final Found[] found;

  /** The best of each group, to tell those from it that lie elsewhere. */
  private final Map<EndsOfHost, Found> best = new HashMap<>();

  private final Map<Integer, List<EndsOfHost>> groupsOf = new HashMap<>();

  private Recurrence(int size) {
    found = new Found[size];
  }

  /**
   * Looks through the ends of connections.
   *
   * @param ends of each connection, in any order
   * @param hosts the addresses under which each may share a timer, the same number; an empty list
   *     leaves it out
   */
  public static Recurrence of(List<FirstEnd> ends, List<List<String>> hosts) {
    Map<EndsOfHost, List<Integer>> groups = new HashMap<>();
    for (int i = 0; i < ends.size(); i++) {
      FirstEnd end = ends.get(i);
      for (String host : hosts.get(i)) {
        EndsOfHost group = EndsOfHost.of(host, end);
        groups.computeIfAbsent(group, key -> new ArrayList<>()).add(i);
      }
    }
    Recurrence recurrence = new Recurrence(ends.size());
    groups.forEach((group, places) -> recurrence.search(group, places, ends));
    return recurrence;
  }

  /** What the silence before that connection's end shares with others. */
  public Found at(int place) {
    return found[place] == null ? Found.NOTHING : found[place];
  }

  /** The best that any group has shown to which that connection belongs. */
  public Found nearby(int place) {
    Found nearby = Found.NOTHING;
    for (EndsOfHost group : groupsOf.getOrDefault(place, List.of())) {
      nearby = Found.better(nearby, best.getOrDefault(group, Found.NOTHING));
    }
    return nearby;
  }

  private void search(EndsOfHost group, List<Integer> places, List<FirstEnd> ends) {
    places.forEach(place -> groupsOf.computeIfAbsent(place, key -> new ArrayList<>()).add(group));
    if (places.size() < 2) {
      return;
    }
    List<Member> payload = new ArrayList<>();
    List<Member> packets = new ArrayList<>();
    for (int place : places) {
      FirstEnd end = ends.get(place);
      add(payload, place, end.payloadSilenceNanos(), end);
      add(packets, place, end.packetSilenceNanos(), end);
    }
    for (List<Member> members : List.of(payload, packets)) {
      members.sort((one, other) -> Long.compare(one.silence(), other.silence()));
      search(group, members);
    }
  }

  private static void add(List<Member> members, int place, long silence, FirstEnd end) {
    if (silence >= Thresholds.SILENCE_NANOS) {
      long before = end.lifeNanos() < 0 ? -1 : Math.max(end.lifeNanos() - silence, 0);
      members.add(new Member(place, silence, end.nanos() - silence, end.nanos(), before));
    }
  }

  /** Those of a sorted list from one place to before another that are the same. */
  private record Window(int from, int until, Found found) {}

  private void search(EndsOfHost group, List<Member> sorted) {
    int from = 0;
    while (from < sorted.size()) {
      Window wide = widest(sorted, from, sorted.size());
      Window one = wide.found().logOdds() > 0 ? better(wide, core(sorted, wide)) : wide;
      take(group, sorted, one);
      for (int i = from; i < one.from(); ) {
        i = take(group, sorted, widest(sorted, i, one.from()));
      }
      from = one.found().logOdds() > 0 ? one.until() : from + 1;
    }
  }

  private static Window better(Window one, Window other) {
    return other.found().logOdds() > one.found().logOdds() ? other : one;
  }

  /**
   * @return where to go on
   */
  private int take(EndsOfHost group, List<Member> sorted, Window window) {
    for (int i = window.from(); i < window.until(); i++) {
      int place = sorted.get(i).place();
      found[place] = Found.better(at(place), window.found());
    }
    best.merge(group, window.found(), Found::better);
    return window.found().logOdds() > 0 ? window.until() : window.from() + 1;
  }

  /** The best that begins there, of any width. */
  private static Window widest(List<Member> sorted, int from, int limit) {
    Window best = new Window(from, from + 1, Found.NOTHING);
    long shortest = sorted.get(from).silence();
    for (long width : widths(shortest)) {
      int end = from;
      while (end < limit && sorted.get(end).silence() <= shortest + width) {
        end++;
      }
      Found here = judge(sorted, from, end, width);
      if (here.logOdds() > best.found().logOdds()) {
        best = new Window(from, end, here);
      }
    }
    return best;
  }

  /** Where most of a window are that differ by jitter alone: others beside them are chance. */
  private static Window core(List<Member> sorted, Window window) {
    int from = window.from();
    int until = window.from();
    for (int first = window.from(), end = first; first < window.until(); first++) {
      long most = sorted.get(first).silence() + JITTER_NANOS;
      while (end < window.until() && sorted.get(end).silence() <= most) {
        end++;
      }
      if (end - first > until - from) {
        from = first;
        until = end;
      }
    }
    return new Window(from, until, judge(sorted, from, until, JITTER_NANOS));
  }

  private static long[] widths(long silence) {
    long coarse = (long) (COARSE * silence);
    return new long[] {JITTER_NANOS, LAZY_NANOS, Math.max(coarse, JITTER_NANOS)};
  }

  /** How much likelier a timer makes so many in so little than chance does (Poisson). */
  private static Found judge(List<Member> sorted, int from, int end, long width) {
    List<Member> members = sorted.subList(from, end);
    int independent = independent(members);
    if (independent < 2) {
      return Found.NOTHING;
    }
    long shortest = members.get(0).silence();
    long longest = members.get(members.size() - 1).silence();
    double expected = expected(sorted, from, end, width);
    double logOdds =
        independent * Math.log(independent / expected)
            - (independent - expected)
            - Math.log(near(sorted, shortest, longest))
            - doubt(shortest, longest);
    return new Found(
        shortest,
        longest,
        independent,
        logOdds,
        longest - shortest <= JITTER_NANOS && isLivesAlike(members));
  }

  /**
   * By nine of ten: one that had a slow start is no timer's witness yet. A program's time is exact;
   * timers that are looked at now and then, as nginx's, are not.
   */
  private static boolean isLivesAlike(List<Member> members) {
    long[] before = members.stream().mapToLong(Member::before).sorted().toArray();
    int outside = before.length / 10;
    long least = before[outside];
    return least >= 0 && before[before.length - 1 - outside] - least <= Thresholds.START_NANOS;
  }

  /** All that are near, the members included. */
  private static int near(List<Member> sorted, long shortest, long longest) {
    return first(sorted, (long) (longest * NEAR) + 1) - first(sorted, least(shortest));
  }

  /** Shorter silences are not among them. */
  private static long least(long shortest) {
    return Math.max((long) (shortest / NEAR), Thresholds.SILENCE_NANOS);
  }

  /**
   * How many chance puts within the width, by how dense silences are around the members: where they
   * break off, as heartbeats make them, by the denser side.
   */
  private static double expected(List<Member> sorted, int from, int end, long width) {
    long shortest = sorted.get(from).silence();
    long longest = sorted.get(end - 1).silence();
    long least = least(shortest);
    int below = from - first(sorted, least);
    int above = first(sorted, (long) (longest * NEAR) + 1) - end;
    double span = shortest * NEAR - least;
    double density = (below + above) / span;
    if (shortest - least >= shortest / WIDE_ENOUGH) {
      density = Math.max(density, below / (double) (shortest - least));
    }
    density = Math.max(density, above / (longest * (NEAR - 1)));
    return (density + UNSEEN / span) * width;
  }

  private static double doubt(long shortest, long longest) {
    double jitter = JITTER_NANOS / SECOND;
    if (isNear(shortest, longest, -jitter / 2, jitter)) {
      return 0;
    }
    double late = Math.max(2 * jitter, Math.min(1.1, COARSE * longest / SECOND));
    return isNear(shortest, longest, -LAZY_NANOS / SECOND, late)
        ? LOOSELY_CONFIGURED
        : NOT_CONFIGURED;
  }

  private static boolean isNear(long shortest, long longest, double early, double late) {
    return RoundTime.isNear(shortest, early, late) && RoundTime.isNear(longest, early, late);
  }

  private static int first(List<Member> sorted, long silence) {
    int low = 0;
    int high = sorted.size();
    while (low < high) {
      int middle = low + high >>> 1;
      if (sorted.get(middle).silence() < silence) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Those that fell silent together, or ended together, count once. */
  private static int independent(List<Member> members) {
    List<Member> byEnd = new ArrayList<>(members);
    byEnd.sort((one, other) -> Long.compare(one.end(), other.end()));
    int count = 0;
    long lastBegin = 0;
    long lastEnd = 0;
    for (Member member : byEnd) {
      boolean apart =
          member.end() - lastEnd > ONE_EVENT_NANOS
              && Math.abs(member.begin() - lastBegin) > ONE_EVENT_NANOS;
      if (count == 0 || apart) {
        count++;
        lastBegin = member.begin();
        lastEnd = member.end();
      }
    }
    return count;
  }
}
