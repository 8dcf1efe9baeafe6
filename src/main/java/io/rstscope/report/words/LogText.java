package io.rstscope.report.words;

import io.rstscope.brokerlog.LogCorrelation;
import io.rstscope.brokerlog.LogCorrelation.Unlogged;
import io.rstscope.brokerlog.LoggedEnding;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.report.model.CaptureReport;
import java.util.ArrayList;
import java.util.List;

/** What the broker's log says, in sentences. */
public final class LogText {
  /** The first screen has no room for more; the JSON report has all. */
  private static final int SHOWN = 3;

  /** Time zones are apart by multiples of a quarter of an hour. */
  private static final long QUARTER_HOUR_NANOS = 900_000_000_000L;

  private static final long NEAR_NANOS = 30_000_000_000L;

  /** The spread of fewer matches tells nothing. */
  private static final int SPREAD_FROM = 3;

  private LogText() {}

  /** {@code user guest, vhost /, "orders": missed heartbeats…}; empty when it says nothing. */
  public static String of(CaptureReport capture, FlowVerdict flow) {
    LoggedEnding ending = capture.log() == null ? null : capture.log().of(flow);
    return ending == null ? "" : describe(ending);
  }

  private static String describe(LoggedEnding ending) {
    List<String> parts = new ArrayList<>();
    if (ending.user() != null) {
      parts.add("user " + ending.user());
    }
    if (ending.vhost() != null) {
      parts.add("vhost " + ending.vhost());
    }
    if (ending.connectionName() != null) {
      parts.add("\"" + ending.connectionName() + "\"");
    }
    String who = String.join(", ", parts);
    String words = ending.reason() == null ? "closed normally" : ending.reason();
    return who.isEmpty() ? words : who + ": " + words;
  }

  /** How much of the capture the log tells of, and what only one of the two has. */
  public static List<String> summary(CaptureReport capture) {
    LogCorrelation log = capture.log();
    List<String> sentences = new ArrayList<>();
    int lost = log.matched() + log.withoutEntry().size();
    sentences.add(
        "has " + log.matched() + " of " + Format.count(lost, "lost connection") + clock(log));
    List<String> unlogged = new ArrayList<>();
    for (Unlogged each : log.withoutEntry()) {
      unlogged.add(each.client() + " at " + Format.readable(each.endNanos()) + " UTC");
    }
    add(sentences, "lost, and not in the log: ", unlogged);
    List<String> unseen = new ArrayList<>();
    for (LoggedEnding each : log.withoutPackets()) {
      unseen.add(
          each.client() + " at " + Format.readable(each.nanos()) + " UTC (" + describe(each) + ")");
    }
    if (log.byPorts() > 0) {
      sentences.add("found by port and time, as the log has host names: " + log.byPorts());
    }
    add(sentences, "in the log, and not lost in the capture: ", unseen);
    if (log.outside() > 0) {
      String when = log.untimed() ? "that joined nothing: " : "before or after the capture: ";
      sentences.add("losses in it " + when + log.outside());
    }
    if (log.untimed()) {
      sentences.add("it has no times: found by addresses and ports alone");
    }
    return sentences;
  }

  private static void add(List<String> sentences, String label, List<String> items) {
    if (!items.isEmpty()) {
      int shown = Math.min(SHOWN, items.size());
      int more = items.size() - shown;
      sentences.add(
          label
              + String.join("; ", items.subList(0, shown))
              + (more > 0 ? "; and " + more + " more: see --format json" : ""));
    }
  }

  private static String clock(LogCorrelation log) {
    if (log.clock() == null) {
      return log.matched() == 0 ? ": are log and capture of the same broker and time?" : "";
    }
    long offset = log.clock().offsetNanos();
    long quarters = Math.round((double) offset / QUARTER_HOUR_NANOS);
    boolean zone = quarters != 0 && Math.abs(offset - quarters * QUARTER_HOUR_NANOS) < NEAR_NANOS;
    return "; its clock is "
        + Format.duration(Math.abs(offset) / 1_000)
        + (offset < 0 ? " behind" : " ahead of")
        + " the capture's (median of "
        + Format.count(log.clock().matches(), "connection")
        + (log.clock().matches() < SPREAD_FROM
            ? ""
            : ", half of them within " + Format.duration(log.clock().spreadNanos() / 1_000))
        + ")"
        + (zone ? ": another time zone? see --log-zone" : "");
  }
}
