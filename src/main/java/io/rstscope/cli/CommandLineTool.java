package io.rstscope.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line as a whole: {@code rstscope} and its commands. */
@Command(
    name = "rstscope",
    mixinStandardHelpOptions = true,
    versionProvider = CommandLineTool.Version.class,
    description = "Tells who reset a RabbitMQ connection, and why.",
    footer = {
      "",
      "Exit status: 0 done, 1 --fail-on met what it names, 2 wrong usage, 3 an input could not be"
          + " read (to its end), 4 no permission or library, 70 a bug of ours."
    },
    synopsisSubcommandLabel = "COMMAND")
final class CommandLineTool implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** Reads the version that the build wrote. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      try (InputStream in = CommandLineTool.class.getResourceAsStream("version.properties")) {
        Properties properties = new Properties();
        properties.load(in);
        return new String[] {"rstscope " + properties.getProperty("version")};
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private CommandLineTool() {}

  /** Runs one command and returns the exit status. */
  static int run(Console console, String... arguments) {
    CommandLine line =
        new CommandLine(new CommandLineTool())
            .addSubcommand(new AnalyzeCommand(console))
            .addSubcommand(new ExplainCommand(console))
            .addSubcommand(new CommandLine.HelpCommand())
            .setOut(new PrintWriter(console.out()))
            .setErr(new PrintWriter(console.err(), true))
            .setUsageHelpWidth(80)
            .setExpandAtFiles(false)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler((failure, command, parsed) -> failed(console, failure));
    int status = line.execute(arguments);
    try {
      console.out().flush();
    } catch (IOException e) {
      return outputFailed(console, e);
    }
    return status;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Missing a command");
  }

  private static int failed(Console console, Exception failure) {
    if (failure instanceof IOException output) {
      return outputFailed(console, output);
    }
    console.say("this is a bug of ours; please report it with what follows");
    failure.printStackTrace(console.err());
    return ExitStatus.BUG;
  }

  /** A reader that has seen enough, as {@code head}, is no failure. */
  private static int outputFailed(Console console, IOException failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("Broken pipe")) {
      return ExitStatus.DONE;
    }
    console.say("cannot write the output: " + message);
    return ExitStatus.INPUT;
  }
}
