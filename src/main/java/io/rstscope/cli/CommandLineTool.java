package io.rstscope.cli;

import io.rstscope.cli.fleet.ArchiveCommand;
import io.rstscope.cli.fleet.FleetCommand;
import io.rstscope.cli.fleet.SchemaCommand;
import io.rstscope.judge.Rules;
import io.rstscope.report.words.MoreMemory;
import io.rstscope.report.words.Printable;
import io.rstscope.watch.output.WriteFailure;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line as a whole: {@code rstscope} and its commands. */
@Command(
    name = "rstscope",
    mixinStandardHelpOptions = true,
    versionProvider = CommandLineTool.Version.class,
    description = "Reports who reset a RabbitMQ connection, and why.",
    footer = {
      "",
      "For example:",
      "  rstscope analyze broker.pcap     who reset which connection, and why",
      "  rstscope analyze --series dump/  the same for the files of a rotated capture",
      "  rstscope watch -i eth0           the same, live; needs CAP_NET_RAW",
      "  rstscope record -i eth0          a capture for later, without passwords",
      "  rstscope explain idle-timeout    what a term of the report means"
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done",
      "1:--fail-on matched",
      "2:usage error",
      "3:an input could not be read to its end, or an output not written",
      "4:no permission, no such interface, or a library is missing",
      "70:Java did not start, or an internal error",
      "130:SIGINT ended it (143: SIGTERM); what was read until then is reported"
    },
    synopsisSubcommandLabel = "COMMAND")
public final class CommandLineTool implements Runnable {
  /** In the order of the help. */
  private static final List<String> COMMANDS =
      List.of(
          "analyze",
          "watch",
          "record",
          "interfaces",
          "doctor",
          "explain",
          "schema",
          "archive",
          "fleet");

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** The version that the build wrote. */
  public static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"rstscope " + Rules.version()};
    }
  }

  private CommandLineTool() {}

  /** Runs one command and returns the exit status. */
  @SuppressWarnings("DefaultCharset") // that of the stream itself, where Java can tell it
  static int run(Console console, String... arguments) {
    // a PrintWriter on the output itself would hide that it cannot be written
    StringWriter help = new StringWriter();
    // one object: archiving classes crashes Java 17 where a lambda is written twice
    CommandLine.ITypeConverter<Integer> wholeNumber = CommandLineTool::wholeNumber;
    CommandLine line =
        commandsFor(console, arguments)
            .setOut(new PrintWriter(help))
            .setErr(new PrintWriter(console.err(), true))
            .setUsageHelpWidth(80)
            .setExpandAtFiles(false)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .registerConverter(int.class, wholeNumber)
            .registerConverter(Integer.class, wholeNumber)
            .setParameterExceptionHandler((mistake, given) -> wrongUsage(mistake))
            .setExecutionExceptionHandler((failure, command, parsed) -> failed(console, failure));
    int status = execute(line, console, arguments);
    if (help.getBuffer().length() == 0) {
      // what a command wrote it has flushed, or failed to; to do so again may wait for ever
      return status;
    }
    try {
      console.out().write(help.toString());
      console.out().flush();
    } catch (IOException e) {
      return outputFailed(console, e);
    }
    return status;
  }

  private static int execute(CommandLine line, Console console, String... arguments) {
    try {
      return line.execute(arguments);
    } catch (OutOfMemoryError e) {
      return outOfMemory(console);
    }
  }

  /** By then what took the memory is garbage. */
  private static int outOfMemory(Console console) {
    console.say("out of memory: " + MoreMemory.advice());
    return ExitStatus.INPUT;
  }

  /** Only the command that is called, where that is plain: to look at all takes some 20 ms. */
  private static CommandLine commandsFor(Console console, String... arguments) {
    Object called = arguments.length > 0 ? command(arguments[0], console) : null;
    return called == null
        ? commands(console)
        : new CommandLine(new CommandLineTool()).addSubcommand(called);
  }

  /** All commands with their options: what is parsed, and what documents are made from. */
  static CommandLine commands(Console console) {
    CommandLine line = new CommandLine(new CommandLineTool());
    COMMANDS.forEach(name -> line.addSubcommand(command(name, console)));
    return line.addSubcommand(new CommandLine.HelpCommand());
  }

  /** The command of that name, or null. */
  private static Object command(String name, Console console) {
    return switch (name) {
      case "analyze" -> new AnalyzeCommand(console);
      case "watch" -> new WatchCommand(console);
      case "record" -> new RecordCommand(console);
      case "interfaces" -> new InterfacesCommand(console);
      case "doctor" -> new DoctorCommand(console);
      case "explain" -> new ExplainCommand(console);
      case "schema" -> new SchemaCommand(console);
      case "archive" -> new ArchiveCommand(console);
      case "fleet" -> new FleetCommand(console);
      default -> null;
    };
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Missing a command: "
            + String.join(", ", COMMANDS.subList(0, COMMANDS.size() - 1))
            + " or "
            + COMMANDS.get(COMMANDS.size() - 1));
  }

  private static int wholeNumber(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new CommandLine.TypeConversionException(
          "'" + text + "' is not a whole number up to " + Integer.MAX_VALUE);
    }
  }

  /** What is wrong comes first, and is not pushed off the screen by all that would be right. */
  private static int wrongUsage(ParameterException mistake) {
    CommandLine command = mistake.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("rstscope: " + Printable.of(mistake.getMessage()));
    if (!suggestAnalyze(mistake, err)) {
      UnmatchedArgumentException.printSuggestions(mistake, err);
    }
    err.print("Usage: " + command.getHelp().synopsis("Usage: ".length()));
    err.println("'" + command.getCommandSpec().qualifiedName() + " --help' shows the options.");
    return ExitStatus.USAGE;
  }

  /** Who names a file where a command is expected wants it analysed. */
  private static boolean suggestAnalyze(ParameterException mistake, PrintWriter err) {
    if (!(mistake instanceof UnmatchedArgumentException unmatched)
        || mistake.getCommandLine().getParent() != null) {
      return false;
    }
    String first = unmatched.getUnmatched().get(0);
    if (first.startsWith("-") || !new File(first).exists()) {
      return false;
    }
    err.println("Did you mean: rstscope analyze " + Printable.of(first));
    return true;
  }

  private static int failed(Console console, Exception failure) {
    if (failure instanceof IOException output) {
      return outputFailed(console, output);
    }
    if (failure instanceof UncheckedIOException output) {
      return outputFailed(console, output.getCause());
    }
    if (failure.getCause() instanceof OutOfMemoryError) {
      return outOfMemory(console);
    }
    console.say("internal error; please report it with this stack trace");
    failure.printStackTrace(console.err());
    return ExitStatus.BUG;
  }

  /** A reader that has seen enough, as {@code head}, is no failure. */
  private static int outputFailed(Console console, IOException failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("Broken pipe")) {
      return ExitStatus.DONE;
    }
    console.say("cannot write the output: " + WriteFailure.reason(failure));
    return ExitStatus.INPUT;
  }
}
