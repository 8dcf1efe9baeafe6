package io.rstscope.spark;

import io.rstscope.archive.Archive;
import io.rstscope.archive.CaptureRow;
import io.rstscope.archive.Index;
import io.rstscope.archive.Source;
import io.rstscope.spark.AnalysisTask.Analysed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** Archives what is new or changed below a folder: one commit for all of it. */
final class SparkArchive {
  /**
   * What to archive, and how.
   *
   * @param folder URI of the captures
   * @param store URI of the store
   * @param series whether the captures of one folder are one capture
   * @param ports of the brokers
   * @param brokerHost what the user calls the broker of these captures, or null: its address
   */
  record Options(String folder, String store, boolean series, String ports, String brokerHost) {}

  private final JavaSparkContext context;
  private final SparkSession spark;
  private final Options options;

  SparkArchive(SparkSession spark, Options options) {
    this.spark = spark;
    this.context = new JavaSparkContext(spark.sparkContext());
    this.options = options;
  }

  /**
   * Times are in UTC, names differ by case; records of Java are serialized by Java. The tasks'
   * files are listed by a few tasks, not by one for each.
   */
  static SparkSession.Builder session() {
    return SparkSession.builder()
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.caseSensitive", true)
        .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", 16)
        .config("spark.serializer", "org.apache.spark.serializer.JavaSerializer");
  }

  /**
   * @throws IOException when the captures cannot be listed or the store cannot be written: it is as
   *     it was before. That a capture cannot be read is part of the result
   */
  Archive.Result run() throws IOException {
    Broadcast<SerializableConfiguration> settings =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    try (HadoopStore store = HadoopStore.write(options.store(), context.hadoopConfiguration())) {
      Tables tables = new Tables(spark, store);
      Index index = tables.index();
      List<Source> pending =
          largestFirst(
              CaptureFolder.sources(options.folder(), options.series(), store.folder(), settings)
                  .stream()
                  .filter(index::isPending)
                  .toList());
      if (pending.isEmpty()) {
        return Archive.Result.of(List.of());
      }
      AnalysisTask task =
          new AnalysisTask(
              options.ports(),
              options.brokerHost(),
              new Path(store.staging(), "records").toString(),
              settings);
      List<Analysed> analysed = context.parallelize(pending, pending.size()).map(task).collect();
      List<CaptureRow> rows = new ArrayList<>();
      List<String> records = new ArrayList<>();
      eachContentOnce(pending, analysed, index, rows, records);
      Path staged = new Path(store.staging(), "commit");
      store.commit(staged, tables.write(rows, records, index.take(rows), staged));
      return Archive.Result.of(rows);
    }
  }

  /** Tasks start in this order: no long one is left for one core at the end. */
  static List<Source> largestFirst(List<Source> sources) {
    return sources.stream().sorted(Comparator.comparingLong(Source::bytes).reversed()).toList();
  }

  private static void eachContentOnce(
      List<Source> sources,
      List<Analysed> analysed,
      Index index,
      List<CaptureRow> rows,
      List<String> records) {
    Map<String, CaptureRow> first = new HashMap<>();
    for (int i = 0; i < sources.size(); i++) {
      CaptureRow row = analysed.get(i).row();
      String content = row.sha256();
      CaptureRow known = content == null ? null : index.holding(sources.get(i), content);
      CaptureRow same = known != null ? known : first.get(content);
      if (same != null) {
        rows.add(same.as(sources.get(i)));
        continue;
      }
      rows.add(row);
      if (content != null) {
        first.put(content, row);
      }
      if (analysed.get(i).records() != null) {
        records.add(analysed.get(i).records());
      }
    }
  }
}
