package io.rstscope.cli.fleet;

import io.rstscope.cli.CommandLineTool;
import io.rstscope.cli.Console;
import io.rstscope.cli.ExitStatus;
import io.rstscope.report.json.JsonSchema;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code rstscope schema}: the JSON Schema of the report. */
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    versionProvider = CommandLineTool.Version.class,
    description =
        "Prints the JSON Schema (draft 2020-12) of a line of the JSON report, of watch's notices,"
            + " and of what watch --on-incident passes to its program.")
public final class SchemaCommand implements Callable<Integer> {
  private final Console console;

  /** Prints to the console's output. */
  public SchemaCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    JsonSchema.write(console.out());
    console.out().flush();
    return ExitStatus.DONE;
  }
}
