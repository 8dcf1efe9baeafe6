package io.rstscope.brokerlog;

import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.net.HostPort;
import java.util.IdentityHashMap;
import java.util.List;

/** What the broker's log and a capture say of the same connections. */
public final class LogCorrelation {
  /**
   * A lost connection that the log does not mention.
   *
   * @param endNanos when it was lost, by the capture's clock, ns since 1970
   */
  public record Unlogged(HostPort client, HostPort broker, long endNanos) {}

  /**
   * How the broker's clock differs from the capture's.
   *
   * @param offsetNanos what the log's times are ahead, ns; negative when they are behind
   * @param spreadNanos half of the matches are within so much of it, ns
   * @param matches connections it was measured with, 1 or more
   */
  public record Clock(long offsetNanos, long spreadNanos, int matches) {}

  private final IdentityHashMap<FlowVerdict, LoggedEnding> byFlow;
  private final Clock clock;
  private final int matched;
  private final int byPorts;
  private final boolean untimed;
  private final List<LoggedEnding> withoutPackets;
  private final List<Unlogged> withoutEntry;
  private final int outside;

  LogCorrelation(
      IdentityHashMap<FlowVerdict, LoggedEnding> byFlow,
      Clock clock,
      int byPorts,
      List<LoggedEnding> withoutPackets,
      List<Unlogged> withoutEntry,
      int outside) {
    this(
        byFlow,
        clock,
        (int) byFlow.keySet().stream().filter(FlowVerdict::isLost).count(),
        byPorts,
        byFlow.values().stream().anyMatch(ending -> ending.nanos() < 0),
        withoutPackets,
        withoutEntry,
        outside);
  }

  private LogCorrelation(
      IdentityHashMap<FlowVerdict, LoggedEnding> byFlow,
      Clock clock,
      int matched,
      int byPorts,
      boolean untimed,
      List<LoggedEnding> withoutPackets,
      List<Unlogged> withoutEntry,
      int outside) {
    this.byFlow = new IdentityHashMap<>(byFlow);
    this.clock = clock;
    this.matched = matched;
    this.byPorts = byPorts;
    this.untimed = untimed;
    this.withoutPackets = List.copyOf(withoutPackets);
    this.withoutEntry = List.copyOf(withoutEntry);
    this.outside = outside;
  }

  /** What the log says of a flow's end, or null. */
  public LoggedEnding of(FlowVerdict flow) {
    return byFlow.get(flow);
  }

  /** How the clocks differ, or null when no connection is in both. */
  public Clock clock() {
    return clock;
  }

  /** Lost connections of the capture that the log mentions. */
  public int matched() {
    return matched;
  }

  /**
   * Connections of the capture that were found in the log by their ports and times alone, as the
   * broker had looked up the names of its clients.
   */
  public int byPorts() {
    return byPorts;
  }

  /** Whether connections were found by addresses and ports alone, as the log has no times. */
  public boolean untimed() {
    return untimed;
  }

  /** Losses in the log, during the time of the capture, of which it shows nothing. */
  public List<LoggedEnding> withoutPackets() {
    return withoutPackets;
  }

  /** Lost connections of the capture that the log does not mention. */
  public List<Unlogged> withoutEntry() {
    return withoutEntry;
  }

  /** Losses in the log before or after the time of the capture, or without a time. */
  public int outside() {
    return outside;
  }

  /** The same without what is known of single flows of the capture. */
  public LogCorrelation withoutFlows() {
    return new LogCorrelation(
        new IdentityHashMap<>(),
        clock,
        matched,
        byPorts,
        untimed,
        withoutPackets,
        withoutEntry,
        outside);
  }
}
