package io.rstscope.cli;

import io.rstscope.brokerlog.BrokerLog;
import io.rstscope.brokerlog.LogMatcher;
import io.rstscope.brokerlog.TooLargeException;
import io.rstscope.connections.ConnectionList;
import io.rstscope.engine.BrokerAccounts;
import io.rstscope.net.HostPort;
import io.rstscope.net.PortSet;
import io.rstscope.report.model.CaptureQuality;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.reset.FlowObservation;
import java.io.IOException;
import java.util.List;

/** What the broker itself says of its connections, besides the packets. */
final class BrokerEvidence implements BrokerAccounts {
  private final Console console;
  private final boolean quiet;
  private LogMatcher log;
  private ConnectionsOption connections;
  private ConnectionList list;
  private boolean whole = true;

  /**
   * Nothing yet.
   *
   * @param quiet whether only errors are said
   */
  BrokerEvidence(Console console, boolean quiet) {
    this.console = console;
    this.quiet = quiet;
  }

  /**
   * Reads the logs; what cannot be used is said, and reported without.
   *
   * @throws IOException when one cannot be read; the message names it
   */
  void read(LogOptions logs, PortSet ports) throws IOException {
    if (logs.files().isEmpty()) {
      return;
    }
    try {
      BrokerLog read = logs.read(console, quiet);
      whole = read.strange().isEmpty();
      log = read.strange().size() < logs.files().size() ? new LogMatcher(read, ports) : null;
    } catch (TooLargeException e) {
      console.say(e.getMessage() + "; the captures are reported without it");
      whole = false;
    }
  }

  /**
   * Reads the list of connections, likewise.
   *
   * @throws IOException when it cannot be read; the message names it
   */
  void read(ConnectionsOption option) throws IOException {
    connections = option;
    list = option.read(console);
    whole &= list == null || list.problem() == null;
  }

  /** Whether all that was given could be used. */
  boolean isWhole() {
    return whole;
  }

  /** For the analysis of a capture. */
  BrokerAccounts accounts() {
    return log == null && list == null ? BrokerAccounts.NONE : this;
  }

  @Override
  public boolean mayKnowLoss(HostPort client, HostPort broker) {
    return log != null && log.mayKnowLoss(client, broker);
  }

  @Override
  public List<FlowObservation> addTo(List<FlowObservation> flows) {
    List<FlowObservation> listed = list == null ? flows : list.addTo(flows);
    return log == null ? listed : log.addTo(listed);
  }

  /** Adds what the log says. */
  CaptureReport addTo(CaptureReport report) {
    if (log == null) {
      return report;
    }
    CaptureQuality quality = report.quality();
    return report.with(log.match(report.flows(), quality.firstNanos(), quality.lastNanos()));
  }

  /** All captures are read: says when the list is of another broker, or of another time. */
  void finish() {
    if (list != null && list.problem() == null && list.joined() == 0 && !quiet) {
      console.say(
          connections.name()
              + ": none of its connections ("
              + list.size()
              + ") was reset or lost in what was read: is it of this broker and time?");
    }
  }
}
