package io.rstscope.cli.fleet;

import io.rstscope.archive.Archive;
import io.rstscope.archive.CaptureTask;
import io.rstscope.archive.EngineMissingException;
import io.rstscope.cli.CommandLineTool;
import io.rstscope.cli.Console;
import io.rstscope.cli.ExitStatus;
import io.rstscope.cli.options.Usage;
import io.rstscope.engine.MemoryPlan;
import io.rstscope.report.words.Format;
import io.rstscope.report.words.Printable;
import io.rstscope.watch.output.WriteFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rstscope archive}: analyses captures and keeps what they say in Parquet. */
@Command(
    name = "archive",
    mixinStandardHelpOptions = true,
    versionProvider = CommandLineTool.Version.class,
    sortOptions = false,
    description =
        "Analyses the captures in a folder that are new or changed, and adds what they say to an"
            + " archive in Parquet, by day and broker. Needs the package rstscope-fleet.")
public final class ArchiveCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1",
      paramLabel = "DIR",
      description =
          "A folder of captures, or of NDJSON that watch or analyze wrote, with the folders in it.")
  private Path folder;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "STORE",
      description = "The folder of the archive; it is made if need be.")
  private Path store;

  @Mixin private ArchiveOptions captures;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Captures analysed at once (default: as many as processors and memory allow).")
  private Integer jobs;

  @Option(names = "--dry-run", description = "Only list what is new or changed.")
  private boolean dryRun;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print only errors on standard error.")
  private boolean quiet;

  /** Speaks to the console. */
  public ArchiveCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Usage.require(spec, jobs == null || jobs >= 1, "--jobs must be 1 or more");
    int atOnce = jobs == null ? MemoryPlan.capturesAtOnce() : jobs;
    Archive.Options options =
        new Archive.Options(
            folder,
            store,
            captures.series(),
            atOnce,
            Archive.BATCH,
            captures.brokerHost(),
            () -> CaptureTask.options(captures.ports(), atOnce));
    try {
      return dryRun ? plan(options) : run(options);
    } catch (EngineMissingException e) {
      console.say(e.getMessage());
      return ExitStatus.NOT_PERMITTED;
    } catch (IOException e) {
      console.say(WriteFailure.reason(e));
      return ExitStatus.INPUT;
    }
  }

  private int plan(Archive.Options options) throws IOException {
    Archive.Plan plan = Archive.plan(options);
    for (String source : plan.pending()) {
      console.out().write(Printable.of(source) + "\n");
    }
    console.out().flush();
    say(
        Format.grouped(plan.pending().size())
            + " of "
            + Format.count(plan.sources(), "capture")
            + " new or changed, "
            + (plan.bytes() >> 20)
            + " MiB");
    return ExitStatus.DONE;
  }

  private int run(Archive.Options options) throws IOException {
    Archive.Result result =
        Archive.run(
            options,
            (done, pending) -> say(done + " of " + Format.count(pending, "capture") + " archived"));
    for (String failure : result.failures()) {
      console.say(failure);
    }
    say(result.words());
    return result.failures().isEmpty() ? ExitStatus.DONE : ExitStatus.INPUT;
  }

  private void say(String words) {
    if (!quiet) {
      console.say(words);
    }
  }
}
