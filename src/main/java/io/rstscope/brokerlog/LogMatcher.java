package io.rstscope.brokerlog;

import io.rstscope.brokerlog.LogCorrelation.Clock;
import io.rstscope.brokerlog.LogCorrelation.Unlogged;
import io.rstscope.flow.HostPort;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.context.ProxiedClient;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Joins the ends of connections in a broker's log with those in a capture: by the client's address
 * and port, which name one connection at a time, and by when.
 *
 * <p>The broker notices some ends late (a silent peer when its heartbeats are missed, or the kernel
 * gives up), so the clocks are compared by connections that were reset or closed, of which both
 * learn at once.
 */
public final class LogMatcher {
  /** A kernel gives up a silent peer after 15 minutes (Linux, tcp_retries2 of 15). */
  private static final long LATE_NANOS = 1_200_000_000_000L;

  /** A log may be written a little before the packets, and clocks drift. */
  private static final long EARLY_NANOS = 10_000_000_000L;

  private final Map<InetSocketAddress, List<LoggedEnding>> byClient = new HashMap<>();
  private final List<LoggedEnding> endings;

  /** For the captures of one run. */
  public LogMatcher(BrokerLog log) {
    endings = log.endings();
    for (LoggedEnding ending : endings) {
      InetSocketAddress client = LoggedAddress.key(ending.client());
      byClient.computeIfAbsent(client, any -> new ArrayList<>(1)).add(ending);
    }
  }

  /**
   * Joins the log with a capture.
   *
   * @param firstNanos when the capture began, ns since 1970
   * @param lastNanos when it ended
   */
  public LogCorrelation match(List<FlowVerdict> flows, long firstNanos, long lastNanos) {
    Clock clock = clock(flows);
    long offset = clock == null ? 0 : clock.offsetNanos();
    Map<FlowVerdict, LoggedEnding> byFlow = new IdentityHashMap<>();
    Set<LoggedEnding> used = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Unlogged> withoutEntry = new ArrayList<>();
    int matched = 0;
    for (FlowVerdict flow : flows) {
      LoggedEnding ending = nearest(flow, offset);
      if (ending != null) {
        byFlow.put(flow, ending);
        used.add(ending);
        matched += flow.isLost() ? 1 : 0;
      } else if (flow.isLost()) {
        HostPort client = flow.flow().client();
        withoutEntry.add(new Unlogged(client, flow.flow().broker(), flow.endNanos()));
      }
    }
    List<LoggedEnding> withoutPackets = new ArrayList<>();
    int outside = 0;
    for (LoggedEnding ending : endings) {
      long nanos = ending.nanos() - offset;
      if (ending.isLoss() && !used.contains(ending)) {
        if (nanos < firstNanos || nanos > lastNanos) {
          outside++;
        } else {
          withoutPackets.add(ending);
        }
      }
    }
    return new LogCorrelation(byFlow, clock, matched, withoutPackets, withoutEntry, outside);
  }

  private LoggedEnding nearest(FlowVerdict flow, long offset) {
    LoggedEnding nearest = null;
    long best = Long.MAX_VALUE;
    for (LoggedEnding ending : candidates(flow)) {
      long late = ending.nanos() - offset - flow.endNanos();
      if (late >= -EARLY_NANOS && late <= LATE_NANOS && Math.abs(late) < best) {
        best = Math.abs(late);
        nearest = ending;
      }
    }
    return nearest;
  }

  private List<LoggedEnding> candidates(FlowVerdict flow) {
    HostPort proxied = ProxiedClient.of(flow.flow().amqp());
    List<LoggedEnding> direct =
        byClient.getOrDefault(LoggedAddress.key(flow.flow().client()), List.of());
    return proxied == null || !direct.isEmpty()
        ? direct
        : byClient.getOrDefault(LoggedAddress.key(proxied), List.of());
  }

  /** The median, which a few wrong pairs do not move. */
  private Clock clock(List<FlowVerdict> flows) {
    List<Long> offsets = new ArrayList<>();
    for (FlowVerdict flow : flows) {
      List<LoggedEnding> candidates = candidates(flow);
      if (candidates.size() == 1 && flow.decisiveReset() != null) {
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
