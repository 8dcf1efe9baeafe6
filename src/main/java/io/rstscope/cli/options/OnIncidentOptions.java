package io.rstscope.cli.options;

import io.rstscope.watch.incident.IncidentOptions;
import io.rstscope.watch.output.Ownership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program that is run of incidents, and how often at most. */
public final class OnIncidentOptions {
  private static final String NAME = "--on-incident";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = NAME,
      paramLabel = "COMMAND",
      description =
          "Run this program, with arguments separated by blanks and without a shell, once for each"
              + " incident, a connection that is lost alone included; it has one JSON object on its"
              + " standard input, and 30 s.")
  private String command;

  @Option(
      names = "--incident-every",
      paramLabel = "TIME",
      defaultValue = "1m",
      converter = Quantities.Time.class,
      description =
          "With --on-incident: run it once in this time at most; what is left out is counted"
              + " (default: ${DEFAULT-VALUE}).")
  private Duration every;

  private List<String> words;

  /**
   * Complains of what a converter of one option cannot see.
   *
   * @throws ParameterException when an option needs another, or the program cannot be run
   */
  public void check() {
    Usage.requireWith(spec, NAME, command != null, "--incident-every");
    if (command == null) {
      return;
    }
    boolean quoted = command.chars().anyMatch(each -> "'\"\\$`|<>;&".indexOf(each) >= 0);
    Usage.require(
        spec,
        !quoted,
        NAME + " is run without a shell: quotes, $, | and the like belong into a script");
    words = new ArrayList<>(List.of(command.strip().split("\\s+")));
    Path program = Path.of(words.get(0)).toAbsolutePath();
    Usage.require(
        spec, Files.isRegularFile(program), NAME + ": there is no program " + words.get(0));
    Usage.require(
        spec, Files.isExecutable(program), NAME + ": this user may not execute " + words.get(0));
    try {
      Ownership.require(program);
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), NAME + ": " + e.getMessage());
    }
    words.set(0, program.toString());
  }

  /** Null when none is to be run. */
  public IncidentOptions options() {
    return command == null ? null : new IncidentOptions(List.copyOf(words), every.toNanos());
  }
}
