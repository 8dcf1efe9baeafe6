package io.rstscope.spark;

import io.rstscope.archive.CaptureRow;
import io.rstscope.archive.CaptureTask;
import io.rstscope.archive.Source;
import io.rstscope.net.PortSet;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Turns a source into records, on whichever machine of the cluster. Spark may run it twice for the
 * same source: what counts is what the one gives whose result arrives.
 *
 * @param ports of the brokers, as {@link PortSet} reads them
 * @param brokerHost what the user calls the broker of these captures, or null
 * @param staging a folder that all machines reach
 */
record AnalysisTask(
    String ports, String brokerHost, String staging, Broadcast<SerializableConfiguration> settings)
    implements Function<Source, AnalysisTask.Analysed> {
  /**
   * What it came to.
   *
   * @param records a file in the staging folder with its flows, or null when there are none
   */
  record Analysed(CaptureRow row, String records) implements Serializable {}

  /**
   * Analyses it; that it cannot be read is a row.
   *
   * @throws IOException when this machine cannot write: Spark tries another one
   */
  @Override
  public Analysed call(Source source) throws IOException {
    Source hashed = source.of(source.files().stream().map(HashedFile::new).toList());
    java.nio.file.Path folder = Files.createTempDirectory("rstscope");
    java.nio.file.Path flows = folder.resolve("flows.ndjson");
    try {
      CaptureRow row =
          new CaptureTask(
                  hashed,
                  hashed::sha256,
                  () -> CaptureTask.options(PortSet.parse(ports), atOnce()),
                  brokerHost)
              .run(flows);
      return new Analysed(row, Files.exists(flows) ? keep(flows) : null);
    } finally {
      Files.deleteIfExists(flows);
      Files.delete(folder);
    }
  }

  /** Captures that this process reads at once: Spark does not say, so what it was told. */
  private static int atOnce() {
    SparkConf conf = SparkEnv.get().conf();
    int cores = conf.getInt("spark.executor.cores", Runtime.getRuntime().availableProcessors());
    return Math.max(1, cores / conf.getInt("spark.task.cpus", 1));
  }

  private String keep(java.nio.file.Path flows) throws IOException {
    Path kept = new Path(staging, UUID.randomUUID() + ".ndjson.gz");
    try (OutputStream out =
        new GZIPOutputStream(
            kept.getFileSystem(settings.value().value()).create(kept, false), 1 << 16)) {
      Files.copy(flows, out);
    }
    return kept.toString();
  }
}
