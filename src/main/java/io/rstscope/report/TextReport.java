package io.rstscope.report;

import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.FlowVerdict;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * For people at a terminal: what happened in a few lines, then how connections were lost, with what
 * to do and the evidence; the most frequent first. Lines take at most 80 columns.
 *
 * <p>Nothing is written before {@link #finish}.
 */
public final class TextReport implements ReportWriter {
  /** Beyond it connections that end in yet another way are only counted. */
  private static final int GROUPS_HELD = 10_000;

  private final Writer out;
  private final TextLines lines;
  private final int top;
  private final boolean verbose;
  private final Map<EndingGroup.Key, EndingGroup> groups = new LinkedHashMap<>();
  private long notHeld;

  /**
   * @param out is not closed but flushed at the end
   * @param colour whether it goes to a terminal that shows colours
   * @param top how many endings are shown, each for all connections of a client that ended so; 0
   *     for all
   * @param verbose whether harmless endings are shown too, and what speaks for and against each
   *     cause
   */
  public TextReport(Writer out, boolean colour, int top, boolean verbose) {
    this.out = out;
    this.lines = new TextLines(out, colour);
    this.top = top == 0 ? Integer.MAX_VALUE : top;
    this.verbose = verbose;
  }

  @Override
  public void capture(CaptureReport capture) {
    for (FlowVerdict verdict : capture.flows()) {
      boolean lost = !verdict.ending().benign() && verdict.otherLeg() == null;
      if (verbose || lost) {
        add(capture, verdict);
      }
    }
  }

  private void add(CaptureReport capture, FlowVerdict verdict) {
    EndingGroup.Key key = EndingGroup.Key.of(capture.name(), verdict);
    EndingGroup group = groups.get(key);
    if (group == null) {
      if (groups.size() == GROUPS_HELD) {
        notHeld++;
        return;
      }
      group = new EndingGroup(key, verdict, capture.places());
      groups.put(key, group);
    }
    group.add(verdict, LogText.of(capture, verdict));
  }

  @Override
  public void finish(Summary summary) throws IOException {
    new SummaryText(lines, summary).write();
    List<EndingGroup> sorted = sorted();
    List<EndingGroup> shown = sorted.subList(0, Math.min(top, sorted.size()));
    if (!shown.isEmpty()) {
      lines.blank();
      lines.paragraph("", verbose ? "Connections" : "Lost connections", Style.BOLD);
    }
    EndingText text = new EndingText(lines, summary.captures().size() > 1, verbose, false);
    for (int i = 0; i < shown.size(); i++) {
      lines.blank();
      text.write(i + 1, shown.get(i));
    }
    left(sorted.subList(shown.size(), sorted.size()));
    out.flush();
  }

  /**
   * Losses before what was refused, which often only follows from them, and that before what is
   * harmless; then the most frequent; the same number by time.
   */
  private List<EndingGroup> sorted() {
    List<EndingGroup> sorted = new ArrayList<>(groups.values());
    sorted.sort(TextReport::inOrder);
    return sorted;
  }

  private static int inOrder(EndingGroup one, EndingGroup other) {
    int byRank = Integer.compare(rank(one.key().cause()), rank(other.key().cause()));
    return byRank == 0 ? Long.compare(other.size(), one.size()) : byRank;
  }

  private static int rank(Cause cause) {
    return cause.isBenign() ? 2 : cause == Cause.REFUSED ? 1 : 0;
  }

  private void left(List<EndingGroup> groupsLeft) throws IOException {
    long left = notHeld + groupsLeft.stream().mapToLong(EndingGroup::size).sum();
    if (left > 0) {
      lines.blank();
      lines.paragraph(
          "",
          Format.count(left, "more connection")
              + (left == 1 ? " is" : " are")
              + " not shown: --top 0 shows all, --format json has everything.");
    }
  }
}
