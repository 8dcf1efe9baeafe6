package io.rstscope.report.text;

import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.incident.Losses;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.EndingGroup;
import io.rstscope.report.model.ReportWriter;
import io.rstscope.report.model.Summary;
import io.rstscope.report.words.Format;
import io.rstscope.report.words.LogText;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * For people at a terminal: the answer, why and what to do, and all ways in which connections were
 * lost in a table; the evidence where it is asked for. Lines take at most 80 columns.
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
   * @param verbose whether all evidence follows, on harmless endings too
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
      if (verbose || isLost(verdict)) {
        add(capture, verdict);
      }
    }
  }

  /** Whether it is counted as lost, or never came about. */
  private static boolean isLost(FlowVerdict verdict) {
    return !verdict.ending().benign() && verdict.otherLeg() == null;
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
    List<EndingGroup> sorted = sorted(summary.outcome().losses());
    List<EndingGroup> shown = sorted.subList(0, Math.min(top, sorted.size()));
    List<EndingGroup> troubles = sorted.stream().filter(group -> isLost(group.first())).toList();
    new FirstScreen(lines, summary).write(troubles, Math.min(top, troubles.size()));
    left(sorted.subList(shown.size(), sorted.size()));
    if (verbose) {
      evidence(summary, shown);
    }
    out.flush();
  }

  private void evidence(Summary summary, List<EndingGroup> shown) throws IOException {
    lines.blank();
    lines.paragraph("", "Evidence", Style.BOLD);
    new DetailText(lines, summary).write();
    EndingText text = new EndingText(lines, summary.captures().size() > 1, true, false);
    for (int i = 0; i < shown.size(); i++) {
      lines.blank();
      text.write(i + 1, shown.get(i));
    }
  }

  /**
   * Losses before what did not come about, which often only follows from them, and that before what
   * is harmless; then the cause and the ending of most connections; the same number by time.
   */
  private List<EndingGroup> sorted(Losses losses) {
    List<EndingGroup> sorted = new ArrayList<>(groups.values());
    List<Cause> causes = losses.causes();
    sorted.sort((one, other) -> inOrder(causes, one, other));
    return sorted;
  }

  private static int inOrder(List<Cause> causes, EndingGroup one, EndingGroup other) {
    int rank = Integer.compare(rank(one.key()), rank(other.key()));
    int cause =
        Integer.compare(causes.indexOf(one.key().cause()), causes.indexOf(other.key().cause()));
    if (rank != 0 || cause != 0) {
      return rank != 0 ? rank : cause;
    }
    return Long.compare(other.size(), one.size());
  }

  private static int rank(EndingGroup.Key key) {
    return key.cause().isBenign() ? 2 : key.opened() ? 0 : 1;
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
