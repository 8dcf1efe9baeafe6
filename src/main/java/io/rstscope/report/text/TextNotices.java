package io.rstscope.report.text;

import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.net.Durations;
import io.rstscope.report.model.EndingGroup;
import io.rstscope.report.model.Notice;
import io.rstscope.report.model.NoticeWriter;
import io.rstscope.report.model.Summary;
import io.rstscope.report.words.Format;
import io.rstscope.report.words.HostTcpText;
import io.rstscope.report.words.Printable;
import io.rstscope.reset.FlowObservation;
import java.io.IOException;
import java.io.Writer;
import java.util.StringJoiner;

/** For people at a terminal: what {@link TextReport} tells of a connection, when it is known. */
public final class TextNotices implements NoticeWriter {
  private final Writer out;
  private final TextLines lines;
  private final boolean severalSources;
  private final boolean reasoned;

  /**
   * @param out is not closed but flushed after each notice
   * @param colour whether it goes to a terminal that shows colours
   * @param severalSources whether each notice names its interface
   * @param reasoned whether each tells what speaks for and against its cause
   */
  public TextNotices(Writer out, boolean colour, boolean severalSources, boolean reasoned) {
    this.out = out;
    this.lines = new TextLines(out, colour);
    this.severalSources = severalSources;
    this.reasoned = reasoned;
  }

  @Override
  public void notice(Notice notice) throws IOException {
    FlowVerdict verdict = notice.verdict();
    if (notice.revision() > 0) {
      lines.paragraph("", "Revises " + notice.number() + ":");
    }
    EndingGroup group =
        new EndingGroup(EndingGroup.Key.of(notice.source(), verdict), verdict, null);
    group.add(verdict, "");
    new EndingText(lines, severalSources, reasoned, false).write((int) notice.number(), group);
    names(notice);
    listener(notice);
    troubles(notice);
    lines.blank();
    out.flush();
  }

  private void names(Notice notice) throws IOException {
    StringJoiner names = new StringJoiner(", ", "", ".").setEmptyValue("");
    FlowObservation flow = notice.verdict().flow();
    if (notice.clientName() != null) {
      names.add(flow.client().address() + " is " + Printable.of(notice.clientName()));
    }
    if (notice.brokerName() != null) {
      names.add(flow.broker().address() + " is " + Printable.of(notice.brokerName()));
    }
    if (names.length() > 0) {
      lines.paragraph("    ", names.toString());
    }
  }

  private void listener(Notice notice) throws IOException {
    if (notice.listener() != null) {
      lines.paragraph(
          "    ",
          "Connections to "
              + notice.verdict().flow().broker()
              + " are accepted by "
              + Printable.of(notice.listener())
              + " on this host.");
    }
  }

  private void troubles(Notice notice) throws IOException {
    if (notice.dropped() > 0) {
      lines.paragraph(
          "    ",
          Format.count(notice.dropped(), "packet")
              + (notice.dropped() == 1 ? " was" : " were")
              + " dropped by the capture near the end: evidence may be missing.");
    }
    if (notice.notCapturedNanos() > 0) {
      lines.paragraph(
          "    ",
          "The interface was not captured for "
              + Durations.text(notice.notCapturedNanos())
              + " near the end: an RST may have passed unseen.");
    }
    if (notice.clockStepNanos() != 0) {
      lines.paragraph(
          "    ",
          "The clock was set by "
              + Durations.text(notice.clockStepNanos())
              + " during the connection: idle times are wrong by as much.");
    }
  }

  @Override
  public void finish(Summary summary) throws IOException {
    new FirstScreen(lines, summary).writeSummary();
    if (summary.host() != null) {
      for (String sentence : HostTcpText.of(summary.host())) {
        lines.paragraph("", sentence + ".");
      }
    }
    out.flush();
  }
}
