package io.rstscope.cli;

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
    description = "Explains a word of the reports: verdict, cause, clue, shape, role or field.")
final class ExplainCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "WORD",
      description = "Such as idle-timeout, ttl or resets[].shape; all of them if left out.")
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
      for (String line : Paragraph.wrap(entry.explanation(), 74)) {
        out.write("      " + line + "\n");
      }
    }
  }
}
