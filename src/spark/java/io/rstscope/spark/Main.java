package io.rstscope.spark;

import io.rstscope.archive.Archive;
import io.rstscope.cli.CommandLineTool;
import io.rstscope.cli.ExitStatus;
import io.rstscope.cli.fleet.ArchiveOptions;
import io.rstscope.report.words.Printable;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rstscope-spark}, as {@code spark-submit} starts it. */
@Command(
    name = "rstscope-spark",
    mixinStandardHelpOptions = true,
    versionProvider = CommandLineTool.Version.class,
    sortOptions = false,
    exitCodeOnExecutionException = ExitStatus.BUG,
    description =
        "Analyses on a Spark cluster the captures in a folder that are new or changed, and adds what"
            + " they say to an archive in Parquet, by day and broker, as rstscope archive does."
            + " Options of spark-submit come first, then --, then these.")
public final class Main implements Callable<Integer> {
  @Parameters(
      arity = "1",
      paramLabel = "DIR",
      description =
          "A folder of captures, or of NDJSON that watch or analyze wrote, with the folders in it:"
              + " a path, or a URI such as s3a://bucket/prefix or hdfs://host/path.")
  private String folder;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "STORE",
      description = "The folder of the archive, a path or URI; it is made if need be.")
  private String store;

  @Mixin private ArchiveOptions captures;

  /** Exits as rstscope archive does. */
  public static void main(String[] arguments) {
    int status = new CommandLine(new Main()).execute(arguments);
    if (status != ExitStatus.DONE) {
      System.exit(status);
    }
  }

  @Override
  public Integer call() {
    SparkArchive.Options options =
        new SparkArchive.Options(
            folder, store, captures.series(), captures.ports().toString(), captures.brokerHost());
    try (SparkSession spark = SparkArchive.session().appName("rstscope " + folder).getOrCreate()) {
      // else each of its steps is a line, and what could not be read is lost among them
      spark.sparkContext().setLogLevel("WARN");
      Archive.Result result = new SparkArchive(spark, options).run();
      result.failures().forEach(Main::say);
      say(result.words());
      return result.failures().isEmpty() ? ExitStatus.DONE : ExitStatus.INPUT;
    } catch (IOException e) {
      say(String.valueOf(e.getMessage()));
      return ExitStatus.INPUT;
    }
  }

  private static void say(String words) {
    System.err.println("rstscope-spark: " + Printable.of(words));
  }
}
