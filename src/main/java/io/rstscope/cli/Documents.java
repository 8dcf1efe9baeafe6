package io.rstscope.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;
import picocli.CommandLine;

/**
 * Writes what the distribution holds besides the program: the manual page and the completion of
 * shells. The build runs it, so that they say what the commands say.
 */
final class Documents {
  private Documents() {}

  /**
   * Writes {@code share/man/man1/rstscope.1} and {@code
   * share/bash-completion/completions/rstscope}, which zsh sources too.
   *
   * @param arguments the folder that holds {@code share}
   */
  public static void main(String[] arguments) throws IOException {
    Path share = Path.of(arguments[0], "share");
    Console nobody = Console.of(OutputStream.nullOutputStream(), System.err, false, false);
    CommandLine commands = CommandLineTool.commands(nobody);
    String name = commands.getCommandName();
    write(
        share.resolve("man/man1/" + name + ".1"),
        ManPage.of(commands, new CommandLineTool.Version().getVersion()[0]));
    write(
        share.resolve("bash-completion/completions/" + name),
        AutoComplete.bash(name, CommandLineTool.commands(nobody)));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
