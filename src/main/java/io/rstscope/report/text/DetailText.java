package io.rstscope.report.text;

import io.rstscope.pairing.OtherSide;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.Summary;
import io.rstscope.report.words.AcrossText;
import io.rstscope.report.words.Format;
import io.rstscope.report.words.OtherSideText;
import java.io.IOException;
import java.util.List;
import org.HdrHistogram.Histogram;

/** What the connections say together: incidents, idle timers, heartbeats, and percentiles. */
final class DetailText {
  private static final int LABEL = 20;

  /** The percentiles of fewer values are the values. */
  private static final int PERCENTILES_FROM = 20;

  private final TextLines lines;
  private final Summary summary;

  DetailText(TextLines lines, Summary summary) {
    this.lines = lines;
    this.summary = summary;
  }

  void write() throws IOException {
    AcrossText across = new AcrossText(summary);
    rows("incident", across.incidents());
    rows("idle timer", across.idleTimers());
    rows("heartbeats", across.heartbeats());
    for (CaptureReport capture : summary.captures()) {
      for (OtherSide side : capture.otherSides()) {
        rows("other side", OtherSideText.details(side));
      }
    }
    row("idle before RST", percentiles(summary.idleMicros()));
    row("shortest round trip", percentiles(summary.rttMicros()));
  }

  private static String percentiles(Histogram micros) {
    if (micros.getTotalCount() < PERCENTILES_FROM) {
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
