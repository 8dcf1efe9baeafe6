package io.rstscope.cli;

import io.rstscope.report.Vocabulary;
import io.rstscope.report.Vocabulary.Entry;
import io.rstscope.report.Vocabulary.Kind;
import io.rstscope.report.text.Paragraph;
import io.rstscope.report.words.CauseWeight;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rstscope explain}: what a term of the reports means. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    versionProvider = CommandLineTool.Version.class,
    description = {
      "Explains a term of the reports: a cause, fact, clue, field and so on.",
      "For a cause it lists the facts that speak for and against it, for a fact the causes, each"
          + " with its weight in natural log-odds: 0.7 doubles the odds, 2.3 makes them tenfold."
    })
final class ExplainCommand implements Callable<Integer> {
  private static final String INDENT = "      ";

  private static final String FOR = "Facts for it, with their weights in natural log-odds:";
  private static final String AGAINST = "Facts against it:";

  /** Of a line, after the indent. */
  private static final int WIDTH = 74;

  private static final int MOST_RELATED = 12;

  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "TERM",
      description =
          "A term such as idle-timeout or resets[].shape, the beginning of one, or a kind such as"
              + " cause to list it; without it, the kinds.")
  private String word;

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Writer out = console.out();
    Kind kind = word == null ? null : Kind.named(word);
    if (word == null) {
      kinds(out);
    } else if (kind != null) {
      entries(Vocabulary.of(kind), false, out);
      related(Vocabulary.of(kind), out);
    } else {
      term(out);
    }
    out.flush();
    return ExitStatus.DONE;
  }

  private static void kinds(Writer out) throws IOException {
    for (Kind kind : Kind.values()) {
      out.write(
          "  %-10s %3d  %s\n"
              .formatted(kind.word(), Vocabulary.of(kind).size(), kind.explanation()));
    }
    out.write("\n'rstscope explain cause' lists the causes, and so on.\n");
    out.write("'rstscope explain idle-timeout' explains one term.\n");
  }

  private void term(Writer out) throws IOException {
    List<Entry> found = Vocabulary.find(word);
    if (!found.isEmpty()) {
      entries(found, true, out);
      related(found, out);
      return;
    }
    List<Entry> beginning = Vocabulary.startingWith(word);
    if (beginning.isEmpty()) {
      throw new ParameterException(spec.commandLine(), unknown());
    }
    entries(beginning, false, out);
  }

  private String unknown() {
    List<String> suggestions = Vocabulary.suggestions(word);
    return "unknown term '"
        + word
        + "'; "
        + (suggestions.isEmpty()
            ? "'rstscope explain' lists the kinds of terms"
            : "did you mean " + String.join(", ", suggestions) + "?");
  }

  /** What begins alike, such as idle_s for idle-timeout; names of fields without their paths. */
  private void related(List<Entry> explained, Writer out) throws IOException {
    List<String> names =
        Vocabulary.startingWith(word.split("[-_.\\[]", 2)[0]).stream()
            .filter(entry -> !explained.contains(entry))
            .map(Entry::name)
            .distinct()
            .filter(name -> !name.equalsIgnoreCase(word) || Kind.named(word) != null)
            .limit(MOST_RELATED)
            .toList();
    if (!names.isEmpty()) {
      out.write("\n");
      paragraph("See also: ", String.join(", ", names), "  ", out);
    }
  }

  private static void entries(List<Entry> entries, boolean inFull, Writer out) throws IOException {
    Kind kind = null;
    for (Entry entry : entries) {
      if (entry.kind() != kind) {
        out.write((kind == null ? "" : "\n") + entry.kind().word() + "\n");
        kind = entry.kind();
      }
      out.write("  " + entry.word() + "\n");
      paragraph("", entry.explanation(), INDENT, out);
      if (inFull) {
        weights(entry, out);
      }
    }
  }

  /** The lines of the table of causes that have to do with it. */
  private static void weights(Entry entry, Writer out) throws IOException {
    if (entry.isFact()) {
      weights("", entry.weights(), out);
      paragraph("because ", entry.reason(), INDENT, out);
    } else {
      weights(FOR, entry.weights().stream().filter(each -> each.weight() > 0).toList(), out);
      weights(AGAINST, entry.weights().stream().filter(each -> each.weight() < 0).toList(), out);
    }
  }

  private static void weights(String title, List<CauseWeight> weights, Writer out)
      throws IOException {
    if (!title.isEmpty() && !weights.isEmpty()) {
      out.write("\n" + INDENT + title + "\n");
    }
    for (CauseWeight each : weights) {
      String says = each.says().isEmpty() ? "" : ": " + each.says();
      paragraph(each.signed() + "  ", each.word() + says, INDENT, out);
    }
  }

  private static void paragraph(String label, String text, String indent, Writer out)
      throws IOException {
    String start = label;
    for (String line : Paragraph.wrap(text, WIDTH - label.length())) {
      out.write(indent + start + line + "\n");
      start = " ".repeat(label.length());
    }
  }
}
