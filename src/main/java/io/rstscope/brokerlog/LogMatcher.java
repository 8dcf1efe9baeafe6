package io.rstscope.brokerlog;

import io.rstscope.brokerlog.LogCorrelation.Unlogged;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.net.HostPort;
import io.rstscope.net.PortSet;
import io.rstscope.reset.FlowObservation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a broker's log and a capture say together, and what only one of the two has. */
public final class LogMatcher {
  private final List<LoggedEnding> endings;
  private final EndingIndex index;
  private final PortSet ports;

  /**
   * For the captures of one run.
   *
   * @param ports of the brokers that are looked at: the log may know of others
   */
  public LogMatcher(BrokerLog log, PortSet ports) {
    this.endings = log.endings();
    this.index = new EndingIndex(endings);
    this.ports = ports;
  }

  /** Whether the log has a loss of a connection between these two, at whatever time. */
  public boolean mayKnowLoss(HostPort client, HostPort broker) {
    return index.candidates(client, broker).stream().anyMatch(LoggedEnding::isLoss);
  }

  /** The flows of a capture, each with how it ended by the log. */
  public List<FlowObservation> addTo(List<FlowObservation> flows) {
    Map<FlowObservation, LoggedEnding> joined = LogJoin.of(flows, index).endings();
    return flows.stream()
        .map(flow -> joined.containsKey(flow) ? flow.logged(joined.get(flow).end()) : flow)
        .toList();
  }

  /**
   * Joins the log with a capture.
   *
   * @param firstNanos when the capture began, ns since 1970
   * @param lastNanos when it ended
   */
  public LogCorrelation match(List<FlowVerdict> flows, long firstNanos, long lastNanos) {
    LogJoin join = LogJoin.of(flows.stream().map(FlowVerdict::flow).toList(), index);
    Set<LoggedEnding> used = Collections.newSetFromMap(new IdentityHashMap<>());
    used.addAll(join.endings().values());
    List<LoggedEnding> withoutPackets = new ArrayList<>();
    int outside = 0;
    for (LoggedEnding ending : endings) {
      long nanos = ending.nanos() - join.offsetNanos();
      if (ending.isLoss() && !used.contains(ending) && ports.contains(ending.broker().port())) {
        if (ending.nanos() < 0 || nanos < firstNanos || nanos > lastNanos) {
          outside++;
        } else {
          withoutPackets.add(ending);
        }
      }
    }
    IdentityHashMap<FlowVerdict, LoggedEnding> byFlow = new IdentityHashMap<>();
    List<Unlogged> withoutEntry = new ArrayList<>();
    for (FlowVerdict verdict : flows) {
      LoggedEnding ending = join.endings().get(verdict.flow());
      if (ending != null) {
        byFlow.put(verdict, ending);
      } else if (verdict.isLost()) {
        FlowObservation flow = verdict.flow();
        withoutEntry.add(new Unlogged(flow.client(), flow.broker(), flow.endNanos()));
      }
    }
    return new LogCorrelation(
        byFlow, join.clock(), join.byPorts(), withoutPackets, withoutEntry, outside);
  }
}
