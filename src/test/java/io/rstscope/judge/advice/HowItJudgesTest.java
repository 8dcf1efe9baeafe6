package io.rstscope.judge.advice;

import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.CauseTable;
import io.rstscope.judge.cause.Fact;
import io.rstscope.judge.sender.ClueKind;
import io.rstscope.judge.timer.KnownDevice;
import io.rstscope.net.Term;
import io.rstscope.report.words.CauseWeight;
import io.rstscope.testing.Pages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of the rules says what the tables say. */
class HowItJudgesTest {
  private static final Path PAGE = Pages.SITE.resolve("how-it-judges.md");

  @Test
  void shouldListTheCluesToASender() throws IOException {
    Pages.assertHolds(PAGE, "clues", terms("clue", ClueKind.values()));
  }

  @Test
  void shouldListTheFactsOfEachCauseAndWhatHelps() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Cause cause : Cause.values()) {
      text.append("### ").append(cause.word()).append(cause.isBenign() ? " (harmless)" : "");
      text.append("\n\n").append(Pages.escape(sentence(cause.explanation())));
      text.append("\n\n").append(facts(cause)).append(remedies(cause));
    }

    Pages.assertHolds(PAGE, "causes", text.toString());
  }

  @Test
  void shouldListWhatEachFactSays() throws IOException {
    StringBuilder text = new StringBuilder("| fact | for and against | because |\n|---|---|---|\n");
    for (Fact fact : Fact.values()) {
      String weights =
          CauseWeight.of(fact).stream()
              .map(weight -> "`" + weight.word() + "` " + weight.signed())
              .collect(Collectors.joining(", "));
      text.append(Pages.row("`" + fact.word() + "`", weights, CauseTable.of(fact).reason()));
    }

    Pages.assertHolds(PAGE, "facts", text.toString());
  }

  @Test
  void shouldListTheDevicesWhoseTimersAreKnown() throws IOException {
    Pages.assertHolds(PAGE, "devices", terms("device", KnownDevice.values()));
  }

  private static String facts(Cause cause) {
    List<CauseWeight> weights = CauseWeight.of(cause);
    if (weights.isEmpty()) {
      return "";
    }
    return "| weight | fact | |\n|---|---|---|\n"
        + weights.stream()
            .map(each -> Pages.row(each.signed(), "`" + each.word() + "`", each.says()))
            .collect(Collectors.joining())
        + "\n";
  }

  private static String remedies(Cause cause) {
    List<Remedy> remedies = Remedies.against(cause);
    return remedies.isEmpty()
        ? ""
        : remedies.stream().map(HowItJudgesTest::remedy).collect(Collectors.joining()) + "\n";
  }

  private static String remedy(Remedy remedy) {
    String checks =
        remedy.checks().isEmpty() ? "" : " *Verify:* " + String.join(", ", remedy.checks()) + ".";
    String toDo = remedy.toDo().isEmpty() ? "" : " *Fix:* " + Pages.escape(sentence(remedy.toDo()));
    String when =
        remedy.when() == When.ALWAYS
            ? "always"
            : "`%s` (%s)".formatted(remedy.when().word(), remedy.when().explanation());
    return "- " + when + ":" + toDo + checks + "\n";
  }

  private static String terms(String kind, Term... terms) {
    StringBuilder text = new StringBuilder("| " + kind + " | |\n|---|---|\n");
    for (Term term : terms) {
      text.append(Pages.row("`" + term.word() + "`", term.explanation()));
    }
    return text.toString();
  }

  private static String sentence(String clause) {
    return clause.substring(0, 1).toUpperCase(Locale.ROOT) + clause.substring(1) + ".";
  }
}
