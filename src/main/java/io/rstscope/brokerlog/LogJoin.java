package io.rstscope.brokerlog;

import io.rstscope.brokerlog.LogCorrelation.Clock;
import io.rstscope.reset.FlowObservation;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which logged end is that of which flow: by their ends, which name one connection at a time, and
 * by when.
 *
 * <p>The broker notices some ends late (a silent peer when its heartbeats are missed, or the kernel
 * gives up), so the clocks are compared by connections that were reset or closed, of which both
 * learn at once.
 *
 * @param endings by the identity of the flow
 * @param clock how the clocks differ, or null when no connection is in both
 * @param byPorts how many were found by their ports, as the log has names of hosts
 */
record LogJoin(Map<FlowObservation, LoggedEnding> endings, Clock clock, int byPorts) {
  /** A kernel gives up a silent peer after 15 minutes (Linux, tcp_retries2 of 15). */
  private static final long LATE_NANOS = 1_200_000_000_000L;

  /** A log may be written a little before the packets, and clocks drift. */
  private static final long EARLY_NANOS = 10_000_000_000L;

  static LogJoin of(List<FlowObservation> flows, EndingIndex index) {
    Clock clock = clock(flows, index);
    long offset = clock == null ? 0 : clock.offsetNanos();
    IdentityHashMap<LoggedEnding, List<FlowObservation>> claims = new IdentityHashMap<>();
    for (FlowObservation flow : flows) {
      LoggedEnding ending = nearest(flow, index.candidates(flow), offset);
      if (ending != null) {
        claims.computeIfAbsent(ending, any -> new ArrayList<>(1)).add(flow);
      }
    }
    IdentityHashMap<FlowObservation, LoggedEnding> endings = new IdentityHashMap<>();
    int byPorts = 0;
    for (Map.Entry<LoggedEnding, List<FlowObservation>> claim : claims.entrySet()) {
      if (claim.getValue().size() == 1 || !isLoose(claim.getKey())) {
        claim.getValue().forEach(flow -> endings.put(flow, claim.getKey()));
        byPorts += EndingIndex.isByPorts(claim.getKey()) ? 1 : 0;
      }
    }
    return new LogJoin(endings, clock, byPorts);
  }

  /** Whether it may be that of one flow as well as of another. */
  private static boolean isLoose(LoggedEnding ending) {
    return ending.nanos() < 0 || EndingIndex.isByPorts(ending);
  }

  /** What the log's clock is ahead, ns; 0 when that is not known. */
  long offsetNanos() {
    return clock == null ? 0 : clock.offsetNanos();
  }

  private static LoggedEnding nearest(
      FlowObservation flow, List<LoggedEnding> candidates, long offset) {
    LoggedEnding nearest = null;
    long best = Long.MAX_VALUE;
    for (LoggedEnding ending : candidates) {
      if (ending.nanos() < 0) {
        return candidates.size() == 1 ? ending : null;
      }
      long late = ending.nanos() - offset - flow.endNanos();
      boolean unsure = candidates.size() > 1 && EndingIndex.isByPorts(ending);
      long latest = unsure ? EARLY_NANOS : LATE_NANOS;
      if (late >= -EARLY_NANOS && late <= latest && Math.abs(late) < best) {
        best = Math.abs(late);
        nearest = ending;
      }
    }
    return nearest;
  }

  /** The median, which a few wrong pairs do not move. */
  private static Clock clock(List<FlowObservation> flows, EndingIndex index) {
    List<Long> offsets = new ArrayList<>();
    for (FlowObservation flow : flows) {
      List<LoggedEnding> candidates = index.candidates(flow);
      if (candidates.size() == 1
          && candidates.get(0).nanos() >= 0
          && !candidates.get(0).isLate()
          && flow.decisiveReset() != null) {
        offsets.add(candidates.get(0).nanos() - flow.endNanos());
      }
    }
    if (offsets.isEmpty()) {
      return null;
    }
    long median = median(offsets);
    long spread = median(offsets.stream().map(offset -> Math.abs(offset - median)).toList());
    return new Clock(median, spread, offsets.size());
  }

  private static long median(List<Long> values) {
    List<Long> sorted = values.stream().sorted().toList();
    return sorted.get((sorted.size() - 1) / 2);
  }
}
