package io.rstscope.report;

import io.rstscope.judge.cause.FlowVerdict;
import java.io.IOException;
import java.io.Writer;

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
    troubles(notice);
    lines.blank();
    out.flush();
  }

  private void troubles(Notice notice) throws IOException {
    if (notice.dropped() > 0) {
      lines.paragraph(
          "    ",
          Format.count(notice.dropped(), "packet")
              + (notice.dropped() == 1 ? " was" : " were")
              + " lost near the end: what decides may be missing.");
    }
    if (notice.clockStepNanos() != 0) {
      lines.paragraph(
          "    ",
          "The clock was set by "
              + Format.decimal(notice.clockStepNanos() / 1e9, 1)
              + " s during the connection: silences are wrong by as much.");
    }
  }

  @Override
  public void finish(Summary summary) throws IOException {
    new SummaryText(lines, summary).write();
    out.flush();
  }
}
