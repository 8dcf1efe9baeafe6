package io.rstscope.report.text;

import io.rstscope.judge.advice.Advice;
import io.rstscope.judge.advice.Check;
import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.CauseEvidence;
import io.rstscope.judge.cause.Ending;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.context.ProxySign;
import io.rstscope.judge.sender.Sender;
import io.rstscope.net.FramePlace;
import io.rstscope.net.HostPort;
import io.rstscope.report.model.EndingGroup;
import io.rstscope.report.words.CommandLines;
import io.rstscope.report.words.Remarks;
import io.rstscope.report.words.Stand;
import io.rstscope.report.words.When;
import io.rstscope.report.words.Why;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Role;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/** Tells of one {@link EndingGroup}: what and why, who and when, what to do, then the evidence. */
final class EndingText {
  /** Of one connection's resets so many are shown: a killed consumer can cause hundreds. */
  private static final int RESETS_SHOWN = 3;

  private static final String INDENT = "    ";

  private static final String FIX = INDENT + "Fix:    ";
  private static final String VERIFY = INDENT + "Verify: ";

  private final TextLines lines;
  private final boolean named;
  private final boolean reasoned;
  private final boolean inFull;

  /** The same command for the same host is shown once. */
  private final Set<Check> checksShown = new HashSet<>();

  /**
   * @param named whether the capture is named, since there are several
   * @param reasoned whether to tell what speaks for and against the cause
   * @param inFull whether to tell of all resets, each with its evidence
   */
  EndingText(TextLines lines, boolean named, boolean reasoned, boolean inFull) {
    this.lines = lines;
    this.named = named;
    this.reasoned = reasoned;
    this.inFull = inFull;
  }

  void write(int number, EndingGroup group) throws IOException {
    Ending ending = group.first().ending();
    String label = number + (number < 10 ? "   " : "  ");
    lines.paragraph(label, title(group), ending.benign() ? Style.HARMLESS : Style.LOST);
    lines.paragraph(INDENT, hosts(group), Style.BOLD);
    lines.paragraph(INDENT, When.of(group) + ports(group));
    if (group.first().flow().rolesGuessed()) {
      lines.paragraph(INDENT, sentence(Remarks.ROLES_GUESSED));
    }
    for (String identity : group.identities()) {
      lines.paragraph(INDENT, identity);
    }
    if (group.first().peerMayBeProxy()) {
      lines.paragraph(INDENT, proxy(group.first().proxySigns()));
    }
    lines.paragraph(INDENT, sentence(ending.says()) + others(group));
    for (String logged : group.logged()) {
      lines.paragraph(INDENT + "Broker's log: ", logged);
    }
    advice(Advice.on(group.first()));
    if (reasoned) {
      evidence(ending);
    }
    resets(group.first(), group.places());
  }

  /** What decided between the cause and the next likely one, strongest first. */
  private void evidence(Ending ending) throws IOException {
    if (ending.evidence().isEmpty()) {
      return;
    }
    lines.paragraph(
        INDENT,
        ending.cause() == Cause.UNDETERMINED
            ? "Evidence on the cause, and which it speaks for:"
            : "Evidence for and against " + ending.cause().word() + ":");
    for (CauseEvidence each : ending.evidence()) {
      lines.paragraph(ResetText.label(INDENT, Stand.of(each, ending)), each.says());
    }
  }

  private static String title(EndingGroup group) {
    EndingGroup.Key key = group.key();
    String by = key.endedBy() == Sender.UNDETERMINED ? "" : ", ended by " + key.endedBy().word();
    return key.cause().word()
        + by
        + (group.size() == 1 ? "" : ", " + group.size() + " connections")
        + " (confidence "
        + Why.confidence(group)
        + ")";
  }

  private String hosts(EndingGroup group) {
    EndingGroup.Key key = group.key();
    HostPort client = group.first().flow().client();
    return (group.size() == 1 ? client.toString() : key.client())
        + " -> "
        + key.broker()
        + (named ? ", in " + key.capture() : "");
  }

  private static String ports(EndingGroup group) {
    if (group.size() == 1) {
      return "";
    }
    long more = group.size() - group.ports().size();
    return ", client ports "
        + group.ports().stream().map(String::valueOf).collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static String proxy(Set<ProxySign> signs) {
    return "The client's address may be a proxy's: "
        + signs.stream().map(ProxySign::explanation).collect(Collectors.joining("; "))
        + ".";
  }

  private static String others(EndingGroup group) {
    String idle = Why.idle(group);
    return idle.isEmpty() ? "" : " All were " + idle + ".";
  }

  private void advice(Advice advice) throws IOException {
    String label = FIX;
    for (String toDo : advice.toDo()) {
      lines.paragraph(label, sentence(toDo));
      label = " ".repeat(FIX.length());
    }
    for (Check check : advice.checks()) {
      if (checksShown.add(check)) {
        check(check);
      }
    }
  }

  private void check(Check check) throws IOException {
    lines.paragraph(VERIFY, "on " + check.on() + ", " + check.lookFor() + ":");
    int width = TextLines.WIDTH - VERIFY.length();
    for (String line : CommandLines.wrap(check.command(), width)) {
      lines.paragraph(" ".repeat(VERIFY.length()), line);
    }
  }

  /** A few resets in a line each, the evidence for the one that matters; or all of them in full. */
  private void resets(FlowVerdict verdict, LongFunction<FramePlace> places) throws IOException {
    List<ResetObservation> resets = verdict.flow().resets();
    int decisive = placeOfDecisive(resets);
    int shown = inFull ? resets.size() : Math.min(resets.size(), RESETS_SHOWN);
    ResetText text = new ResetText(lines, INDENT, places);
    for (int i = 0; i < shown; i++) {
      text.write(resets.get(i), verdict.verdicts().get(i), inFull || i == decisive);
    }
    if (resets.size() > shown) {
      lines.paragraph(INDENT, "and " + (resets.size() - shown) + " more resets");
    }
  }

  private static int placeOfDecisive(List<ResetObservation> resets) {
    for (int i = 0; i < Math.min(resets.size(), RESETS_SHOWN); i++) {
      if (resets.get(i).role() != Role.IGNORED) {
        return i;
      }
    }
    return 0;
  }

  private static String sentence(String clause) {
    return Character.toUpperCase(clause.charAt(0)) + clause.substring(1) + ".";
  }
}
