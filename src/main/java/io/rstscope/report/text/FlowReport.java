package io.rstscope.report.text;

import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.net.Term;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.EndingGroup;
import io.rstscope.report.model.FlowExcerpt;
import io.rstscope.report.model.ReportWriter;
import io.rstscope.report.model.Summary;
import io.rstscope.report.words.Format;
import io.rstscope.report.words.LogText;
import io.rstscope.report.words.OtherFrames;
import io.rstscope.report.words.OtherSideText;
import io.rstscope.reset.FlowObservation;
import java.io.IOException;
import java.io.Writer;

/**
 * For people at a terminal: a few flows in full, each with all its resets, all evidence, and its
 * packets as a ladder. Lines take at most 80 columns.
 */
public final class FlowReport implements ReportWriter {
  private static final int LABEL = 20;

  private final Writer out;
  private final TextLines lines;
  private final EndingText endings;
  private int flows;

  /**
   * @param out is not closed but flushed at the end
   * @param colour whether it goes to a terminal that shows colours
   */
  public FlowReport(Writer out, boolean colour) {
    this.out = out;
    lines = new TextLines(out, colour);
    endings = new EndingText(lines, true, true, true);
  }

  @Override
  public void capture(CaptureReport capture) throws IOException {
    for (FlowVerdict verdict : capture.flows()) {
      if (flows++ > 0) {
        lines.blank();
      }
      write(capture, verdict);
    }
  }

  private void write(CaptureReport capture, FlowVerdict verdict) throws IOException {
    EndingGroup group =
        new EndingGroup(EndingGroup.Key.of(capture.name(), verdict), verdict, capture.places());
    group.add(verdict, LogText.of(capture, verdict));
    endings.write(flows, group);
    lines.blank();
    facts(verdict.flow());
    String leg = OtherSideText.leg(capture.otherSides(), verdict.flow());
    if (leg != null) {
      row("other leg", leg);
    }
    lines.blank();
    FlowExcerpt excerpt = capture.excerpts().of(verdict);
    if (excerpt != null) {
      new LadderText(lines, new OtherFrames(capture.otherSides())).write(verdict, excerpt);
    }
    if (capture.excerpts().missing() != null) {
      lines.paragraph("    ", "Packets are missing: " + capture.excerpts().missing() + ".");
    }
  }

  private void facts(FlowObservation flow) throws IOException {
    row(
        "seen",
        Format.readable(flow.startedNanos())
            + " to "
            + Format.readable(flow.lastNanos())
            + " UTC, "
            + span(flow)
            + (flow.handshakeSeen() ? "" : ", without its handshake"));
    row(
        "packets",
        flow.clientState().packets()
            + " from the client, "
            + flow.brokerState().packets()
            + " from the broker");
    row("history", flow.history() + " (see 'rstscope explain history')");
    row("longest idle time", Format.duration(flow.longestIdleNanos() / 1000) + " that it survived");
    if (flow.amqp() != null) {
      row(
          "AMQP",
          flow.amqp().protocol().label()
              + ", "
              + Term.ofName(flow.amqp().state())
              + "; heartbeats seen: "
              + flow.amqp().heartbeatsFromClient()
              + " from the client, "
              + flow.amqp().heartbeatsFromBroker()
              + " from the broker");
    }
  }

  private static String span(FlowObservation flow) {
    long nanos = flow.lastNanos() - flow.startedNanos();
    return nanos < 0 ? "as the clock was set back" : Format.duration(nanos / 1000);
  }

  private void row(String label, String text) throws IOException {
    lines.paragraph("    " + label + " ".repeat(LABEL - label.length()), text);
  }

  @Override
  public void finish(Summary summary) throws IOException {
    out.flush();
  }
}
