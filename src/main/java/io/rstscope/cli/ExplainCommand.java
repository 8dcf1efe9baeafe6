package io.rstscope.cli;

import io.rstscope.report.CauseWeight;
import io.rstscope.report.Paragraph;
import io.rstscope.report.Vocabulary;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rstscope explain}: what a word of the reports means. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    versionProvider = CommandLineTool.Version.class,
    description = {
      "Explains a word of the reports: verdict, cause, fact, clue, shape, role or field.",
      "For a cause it lists the facts that speak for and against it, for a fact the causes, each"
          + " with its weight in natural log-odds: 0.7 doubles the odds, 2.3 makes them tenfold."
    })
final class ExplainCommand implements Callable<Integer> {
  private static final String INDENT = "      ";

  private static final String FOR = "Facts for it, with their weights in natural log-odds:";
  private static final String AGAINST = "Facts against it:";

  /** Of a line, after the indent. */
  private static final int WIDTH = 74;

  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "WORD",
      description = "Such as idle-timeout, round-long or resets[].shape; all of them if left out.")
  private String word;

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    List<Vocabulary.Entry> entries = word == null ? Vocabulary.all() : Vocabulary.find(word);
    if (entries.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "No such word: '" + word + "'. 'rstscope explain' lists them all.");
    }
    write(entries, console.out());
    console.out().flush();
    return ExitStatus.DONE;
  }

  private void write(List<Vocabulary.Entry> entries, Writer out) throws IOException {
    String kind = null;
    for (Vocabulary.Entry entry : entries) {
      if (!entry.kind().equals(kind)) {
        out.write((kind == null ? "" : "\n") + entry.kind() + "\n");
        kind = entry.kind();
      }
      out.write("  " + entry.word() + "\n");
      paragraph("", entry.explanation(), out);
      if (word != null) {
        weights(entry, out);
      }
    }
  }

  /** The lines of the table of causes that have to do with it. */
  private static void weights(Vocabulary.Entry entry, Writer out) throws IOException {
    if (entry.isFact()) {
      weights("", entry.weights(), out);
      paragraph("because ", entry.reason(), out);
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
      paragraph(each.signed() + "  ", each.word() + says, out);
    }
  }

  private static void paragraph(String label, String text, Writer out) throws IOException {
    String start = label;
    for (String line : Paragraph.wrap(text, WIDTH - label.length())) {
      out.write(INDENT + start + line + "\n");
      start = " ".repeat(label.length());
    }
  }
}
