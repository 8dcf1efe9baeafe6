package io.rstscope.cli;

import io.rstscope.report.json.JsonSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Writes what the distribution holds besides the program: a manual page for each command, the
 * completion of shells, and the schema of the report. The build runs it, so that they say what the
 * commands say.
 */
final class Documents {
  private Documents() {}

  /**
   * Writes {@code share/man/man1}, {@code share/schema}, and {@code
   * share/bash-completion/completions/rstscope}, which zsh sources too.
   *
   * @param arguments the folder with the texts of the pages, and the folder that holds {@code
   *     share}
   */
  public static void main(String[] arguments) throws IOException {
    Path texts = Path.of(arguments[0]);
    Path share = Path.of(arguments[1], "share");
    Console nobody = Console.of(OutputStream.nullOutputStream(), System.err, false, false);
    CommandLine tool = CommandLineTool.commands(nobody);
    page(tool.getCommandSpec(), texts, share);
    for (CommandLine command : tool.getSubcommands().values()) {
      if (hasPage(command.getCommandSpec())) {
        page(command.getCommandSpec(), texts, share);
      }
    }
    String name = tool.getCommandName();
    write(
        share.resolve("bash-completion/completions/" + name),
        AutoComplete.bash(name, CommandLineTool.commands(nobody)));
    StringWriter schema = new StringWriter();
    JsonSchema.write(schema);
    write(share.resolve("schema/rstscope-report.schema.json"), schema.toString());
  }

  /** Whether the command has a page of its own: {@code help} needs none. */
  static boolean hasPage(CommandSpec command) {
    return !command.helpCommand();
  }

  private static void page(CommandSpec command, Path texts, Path share) throws IOException {
    String file = command.qualifiedName("-") + ".1";
    write(
        share.resolve("man/man1").resolve(file),
        ManPage.of(
            command,
            Files.readAllLines(texts.resolve(file)),
            new CommandLineTool.Version().getVersion()[0]));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
