package io.rstscope.cli.fleet;

import io.rstscope.archive.EngineMissingException;
import io.rstscope.cli.CommandLineTool;
import io.rstscope.cli.Console;
import io.rstscope.cli.ExitStatus;
import io.rstscope.cli.OutputFile;
import io.rstscope.fleet.Fleet;
import io.rstscope.judge.Rules;
import io.rstscope.report.html.HtmlTables;
import io.rstscope.report.text.TableText;
import io.rstscope.watch.output.WriteFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rstscope fleet}: one page on what an archive shows. */
@Command(
    name = "fleet",
    mixinStandardHelpOptions = true,
    versionProvider = CommandLineTool.Version.class,
    sortOptions = false,
    description =
        "Reads an archive and reports what it shows of all brokers: losses by path, cause, broker,"
            + " application, week and hour; idle timers; incidents across brokers; what changed since"
            + " last week. Needs the package rstscope-fleet.")
public final class FleetCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(arity = "1", paramLabel = "STORE", description = "The folder of the archive.")
  private Path store;

  @Option(
      names = "--since",
      paramLabel = "DAY",
      description = "Only connections that ended on that day or later, such as 2026-11-01 (UTC).")
  private LocalDate since;

  @Option(
      names = "--until",
      paramLabel = "DAY",
      description = "Only connections that ended on that day or before.")
  private LocalDate until;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Also write the page as HTML to FILE.")
  private String html;

  @Option(names = "--force", description = "Replace FILE if it exists.")
  private boolean force;

  /** Speaks to the console. */
  public FleetCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Fleet.Page page;
    try {
      page = Fleet.page(new Fleet.Options(store, since, until));
    } catch (EngineMissingException e) {
      console.say(e.getMessage());
      return ExitStatus.NOT_PERMITTED;
    } catch (IOException e) {
      console.say(WriteFailure.reason(e));
      return ExitStatus.INPUT;
    }
    if (html != null) {
      try (OutputFile file = OutputFile.create(html, force, console)) {
        new HtmlTables(file.writer())
            .write(page.headline(), page.tables(), "rstscope " + Rules.version());
        file.finish();
      }
    }
    new TableText(console.out()).write(page.headline(), page.tables());
    return ExitStatus.DONE;
  }
}
