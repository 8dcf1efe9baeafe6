package io.rstscope.report;

import io.rstscope.judge.cause.Cause;
import io.rstscope.reset.Term;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** What happened, in a few lines: how much was lost, by whom and why, and what was harmless. */
final class SummaryText {
  private static final int LABEL = 20;

  private final TextLines lines;
  private final Summary summary;

  SummaryText(TextLines lines, Summary summary) {
    this.lines = lines;
    this.summary = summary;
  }

  void write() throws IOException {
    lines.paragraph("", headline(), summary.lost() > 0 ? Style.LOST : Style.BOLD);
    lines.blank();
    row("lost, ended by", list(summary.lostBySender()));
    row("lost, cause", list(causes(cause -> !cause.isBenign() && cause != Cause.REFUSED)));
    AcrossText across = new AcrossText(summary);
    rows("lost together", across.incidents());
    rows("idle timer", across.idleTimers());
    rows("heartbeats", across.heartbeats());
    brokerLog();
    row("harmless", list(causes(Cause::isBenign)));
    row("resets sent by", list(summary.resetsBySender()));
    row("idle before reset", percentiles(summary.idleMicros()));
    row("shortest round trip", percentiles(summary.rttMicros()));
    captures(summary.captures());
  }

  private void brokerLog() throws IOException {
    boolean named = summary.captures().size() > 1;
    for (CaptureReport capture : summary.captures()) {
      if (capture.log() != null) {
        List<String> sentences = new ArrayList<>(LogText.summary(capture));
        if (named) {
          sentences.set(0, sentences.get(0) + "; capture " + capture.name());
        }
        rows("broker's log", sentences);
      }
    }
  }

  private String headline() {
    if (summary.connections() == 0) {
      return "No connection was reset or lost" + summary.among() + ".";
    }
    return (summary.lost() == 0 ? "No connection" : Format.count(summary.lost(), "connection"))
        + " lost"
        + summary.among()
        + (summary.refused() > 0 ? ", " + summary.refused() + " refused" : "")
        + ", "
        + summary.harmless()
        + " ended harmlessly; "
        + Format.count(summary.resets(), "reset")
        + leftOut()
        + ".";
  }

  private String leftOut() {
    long flows = summary.flowsLeftOut();
    long resets = summary.resetsLeftOut();
    if (flows + resets == 0) {
      return "";
    }
    return "; "
        + (flows == 0 ? "" : Format.count(flows, "more connection") + " with ")
        + Format.count(resets, "more reset")
        + " only counted";
  }

  private Map<Cause, Long> causes(Predicate<Cause> wanted) {
    Map<Cause, Long> causes = new EnumMap<>(summary.endings());
    causes.keySet().removeIf(wanted.negate());
    return causes;
  }

  /** Most frequent first; a map by constants is in their order, which a stable sort keeps. */
  private static <T extends Term> String list(Map<T, Long> counts) {
    return counts.entrySet().stream()
        .sorted((one, other) -> Long.compare(other.getValue(), one.getValue()))
        .map(entry -> entry.getKey().word() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String percentiles(Histogram micros) {
    if (micros.getTotalCount() == 0) {
      return "";
    }
    return "p50 "
        + Format.duration(micros.getValueAtPercentile(50))
        + ", p90 "
        + Format.duration(micros.getValueAtPercentile(90))
        + ", p99 "
        + Format.duration(micros.getValueAtPercentile(99))
        + ", max "
        + Format.duration(micros.getMaxValue());
  }

  /** Of several captures only those are named that are worth less as evidence. */
  private void captures(List<CaptureReport> captures) throws IOException {
    if (captures.size() == 1) {
      row("capture", captures.get(0).name() + ": " + QualityText.describe(captures.get(0)));
      return;
    }
    row("captures", QualityText.total(captures));
    for (CaptureReport capture : captures) {
      String notes = QualityText.notes(capture.quality());
      if (!notes.isEmpty()) {
        row("", capture.name() + ": " + notes);
      }
    }
  }

  private void rows(String label, List<String> texts) throws IOException {
    for (int i = 0; i < texts.size(); i++) {
      row(i == 0 ? label : "", texts.get(i));
    }
  }

  private void row(String label, String text) throws IOException {
    if (!text.isEmpty()) {
      lines.paragraph("  " + label + " ".repeat(LABEL - label.length()), text);
    }
  }
}
