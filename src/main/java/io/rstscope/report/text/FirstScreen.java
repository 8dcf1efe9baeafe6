package io.rstscope.report.text;

import io.rstscope.judge.advice.Advice;
import io.rstscope.judge.advice.Check;
import io.rstscope.pairing.OtherSide;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.EndingGroup;
import io.rstscope.report.model.Outcome;
import io.rstscope.report.model.Summary;
import io.rstscope.report.words.Answer;
import io.rstscope.report.words.CommandLines;
import io.rstscope.report.words.Format;
import io.rstscope.report.words.LogText;
import io.rstscope.report.words.OtherSideText;
import io.rstscope.report.words.QualityText;
import io.rstscope.report.words.When;
import io.rstscope.report.words.Who;
import io.rstscope.report.words.Why;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a reader sees first: the answer in a line; who, why, and what to do for the connections that
 * most were lost like; the table of all; what was read.
 */
final class FirstScreen {
  /** Who and why leave room for the fix within a dozen lines. */
  private static final int WHO_LINES = 3;

  private static final int WHY_LINES = 4;

  private static final int INCOMPLETE_LINES = 2;

  /** So many ways to end are explained below the table, those of most connections first. */
  private static final int FURTHER = 3;

  private static final int FURTHER_LINES = 3;

  private static final int LABEL = 9;

  private static final String INDENT = "  ";

  private final TextLines lines;
  private final Summary summary;

  FirstScreen(TextLines lines, Summary summary) {
    this.lines = lines;
    this.summary = summary;
  }

  /**
   * @param groups of connections that were lost or did not come about, the first is told of
   * @param shown so many of them are in the table
   */
  void write(List<EndingGroup> groups, int shown) throws IOException {
    answer();
    if (!groups.isEmpty()) {
      lines.blank();
      first(groups.get(0));
      lines.blank();
      new GroupTable(lines, summary.captures().size() > 1).write(groups.subList(0, shown));
      further(groups.subList(0, shown));
    }
    lines.blank();
    closing(groups);
  }

  /** The same sentence for who watches, with what was read. */
  void writeSummary() throws IOException {
    answer();
    lines.blank();
    closing(List.of());
  }

  private void answer() throws IOException {
    boolean lost = summary.outcome().losses().total() > 0;
    lines.paragraph("", Answer.of(summary), lost ? Style.LOST : Style.BOLD);
    if (lost && !summary.complete()) {
      String incomplete = String.join("; ", Answer.incompleteCaptures(summary));
      lines.limited("", incomplete, "", INCOMPLETE_LINES);
    }
  }

  private void first(EndingGroup group) throws IOException {
    double sender = Who.confidence(group);
    String confidence = sender < 0 ? "" : confidence(Format.decimal(sender, 2));
    lines.limited(label("Who"), Who.of(group), confidence, WHO_LINES);
    lines.limited(label("Why"), Why.of(group), confidence(Why.confidence(group)), WHY_LINES);
    lines.paragraph(label("When"), When.of(group));
    Advice advice = Advice.on(group.first());
    String label = label("Fix");
    int number = 1;
    for (String toDo : advice.toDo()) {
      String numbered = advice.toDo().size() == 1 ? "" : number++ + ". ";
      lines.paragraph(label + numbered, sentence(toDo));
      label = label("");
    }
    label = label("Verify");
    for (Check check : advice.checks()) {
      check(label, check);
      label = label("");
    }
  }

  /** Why and when of other ways to end than the first, each once, and what to do first. */
  private void further(List<EndingGroup> groups) throws IOException {
    Set<String> explained = new HashSet<>();
    for (int i = 0; i < groups.size() && explained.size() <= FURTHER; i++) {
      EndingGroup.Key key = groups.get(i).key();
      if (explained.add(key.cause() + " " + key.endedBy() + " " + key.said()) && i > 0) {
        further(i + 1, groups.get(i));
      }
    }
  }

  private void further(int row, EndingGroup group) throws IOException {
    lines.blank();
    String confidence = confidence(Why.confidence(group));
    lines.limited(
        label("#" + row), When.of(group) + ": " + Why.of(group), confidence, FURTHER_LINES);
    String toDo = Advice.on(group.first()).toDo().get(0);
    lines.limited(label(""), "Fix: " + sentence(toDo), "", FURTHER_LINES);
  }

  private static String confidence(String value) {
    return "(confidence " + value + ")";
  }

  /** The command, which can be pasted; where to run it stands behind it or in a line of its own. */
  private void check(String label, Check check) throws IOException {
    int width = TextLines.WIDTH - LABEL;
    String on = "(on " + check.on() + ")";
    String first = label;
    List<String> command = CommandLines.wrap(check.command(), width);
    for (int i = 0; i < command.size(); i++) {
      String line = command.get(i);
      boolean fits = DisplayWidth.of(line) + 3 + DisplayWidth.of(on) <= width;
      boolean last = i == command.size() - 1;
      lines.paragraph(first, line + (last && fits ? "   " + on : ""));
      first = label("");
      if (last && !fits) {
        lines.paragraph(first + INDENT, on);
      }
    }
  }

  private static String label(String label) {
    return INDENT + label + " ".repeat(LABEL - INDENT.length() - label.length());
  }

  // ---- what was read

  private void closing(List<EndingGroup> groups) throws IOException {
    if (!groups.isEmpty()) {
      for (String logged : groups.get(0).logged()) {
        lines.paragraph(INDENT, "Broker's log: " + logged);
      }
    }
    for (CaptureReport capture : summary.captures()) {
      if (capture.log() != null) {
        String name = summary.captures().size() > 1 ? " (" + capture.name() + ")" : "";
        lines.paragraph(
            INDENT,
            "Broker's log" + name + ": " + String.join("; ", LogText.summary(capture)) + ".");
      }
    }
    endings();
    captures();
    otherSides();
    if (!groups.isEmpty()) {
      EndingGroup first = groups.get(0);
      lines.paragraph(
          INDENT,
          "Evidence: -v. Packets: --flow "
              + first.first().flow().client()
              + "-"
              + first.first().flow().broker());
    }
  }

  private void endings() throws IOException {
    Outcome outcome = summary.outcome();
    List<String> sentences = new ArrayList<>();
    if (!outcome.harmless().isEmpty()) {
      sentences.add(Answer.harmless(outcome));
    }
    if (outcome.twice() > 0) {
      sentences.add(
          Format.count(outcome.twice(), "connection")
              + " found in two captures and counted once"
              + (compared() ? "" : "; --other-side compares the two"));
    }
    if (!summary.resetsBySender().isEmpty()) {
      sentences.add(Answer.resets(summary));
    }
    if (!sentences.isEmpty()) {
      lines.paragraph(INDENT, String.join(". ", sentences) + ".");
    }
  }

  private boolean compared() {
    return summary.captures().stream().anyMatch(capture -> !capture.otherSides().isEmpty());
  }

  /** Of several captures only those are named that are worth less as evidence. */
  private void captures() throws IOException {
    List<CaptureReport> captures = summary.captures();
    if (captures.size() == 1) {
      lines.paragraph(
          INDENT, captures.get(0).name() + ": " + QualityText.describe(captures.get(0)));
      return;
    }
    lines.paragraph(INDENT, QualityText.total(captures));
    for (CaptureReport capture : captures) {
      String notes = QualityText.notes(capture.quality());
      if (!notes.isEmpty()) {
        lines.paragraph(INDENT, capture.name() + ": " + notes);
      }
    }
  }

  private void otherSides() throws IOException {
    for (CaptureReport capture : summary.captures()) {
      for (OtherSide side : capture.otherSides()) {
        lines.paragraph(
            INDENT, "Other side of " + capture.name() + ": " + OtherSideText.standing(side));
      }
    }
  }

  private static String sentence(String clause) {
    return Character.toUpperCase(clause.charAt(0)) + clause.substring(1) + ".";
  }
}
