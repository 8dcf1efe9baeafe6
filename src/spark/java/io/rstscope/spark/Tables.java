package io.rstscope.spark;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.rstscope.archive.CaptureRow;
import io.rstscope.archive.DataFile;
import io.rstscope.archive.Index;
import io.rstscope.archive.State;
import io.rstscope.archive.Store;
import io.rstscope.report.json.ColumnTypes;
import io.rstscope.report.json.RecordTree;
import io.rstscope.report.json.RecordType;
import java.io.IOException;
import java.io.StringWriter;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The tables of a store, written with the same columns and partitions as its other engine does. */
final class Tables {
  private static final Map<String, String> FLOW =
      ColumnTypes.SPARK.of(RecordTree.of(RecordType.FLOW));

  private static final Map<String, String> CAPTURE = CaptureRow.columns(ColumnTypes.SPARK);

  private static final String ADDED = "added";
  private static final String COMPRESSION = "compression";
  private static final String ZSTD = "zstd";
  private static final String KEY = "key";
  private static final String SOURCE_AND_CONTENT = "source || '\\n' || coalesce(sha256, '')";

  private final SparkSession spark;
  private final HadoopStore store;

  Tables(SparkSession spark, HadoopStore store) {
    this.spark = spark;
    this.store = store;
  }

  /** The captures in the store. */
  Index index() {
    Index index = new Index();
    if (!store.manifest().of(Store.CAPTURES).isEmpty()) {
      captures().orderBy(ADDED).collectAsList().forEach(row -> index.add(captureRow(row)));
    }
    return index;
  }

  /** Without what survived, as nobody asks for it here. */
  private static CaptureRow captureRow(Row row) {
    return new CaptureRow(
        row.getAs("source"),
        row.getAs("sha256"),
        row.getAs("rules"),
        row.<Long>getAs("bytes"),
        row.<Long>getAs("modified_ms"),
        State.valueOf(row.<String>getAs("state").toUpperCase(Locale.ROOT)),
        row.getAs("broker_host"),
        nanos(row.getAs("first")),
        nanos(row.getAs("last")),
        row.<Long>getAs("packets"),
        row.<Long>getAs("flows"),
        row.getAs("problem"),
        row.<Long>getAs("byte_offset"),
        List.of());
  }

  private static long nanos(LocalDateTime time) {
    return time == null ? -1 : time.toEpochSecond(ZoneOffset.UTC) * 1_000_000_000L + time.getNano();
  }

  /**
   * Writes to a folder what is to come into the store.
   *
   * @param rows of captures
   * @param records files with their flows
   * @return the store's files that these replace
   */
  Set<DataFile> write(
      Collection<CaptureRow> rows, List<String> records, Index.Change change, Path staged)
      throws IOException {
    Set<DataFile> replaced = new HashSet<>(holding(change.deadContent()));
    Dataset<Row> flows = json(FLOW, reader -> reader.json(records.toArray(String[]::new)));
    if (!replaced.isEmpty()) {
      flows = flows.unionByName(without(flows(replaced), "sha256", keys(change.deadContent())));
    }
    write(flows, staged);
    replaced.addAll(store.manifest().of(Store.CAPTURES));
    replaced.addAll(store.manifest().of(Store.FAILURES));
    captures(rows, change.dead(), staged);
    failures(staged);
    return replaced;
  }

  /** Which files hold flows of that content. */
  private Set<DataFile> holding(Set<String> content) {
    List<DataFile> flows = store.manifest().of(Store.FLOWS);
    if (content.isEmpty() || flows.isEmpty()) {
      return Set.of();
    }
    Set<String> found =
        new HashSet<>(
            flows(flows)
                .select(col("sha256").as(KEY), col("_metadata.file_path"))
                .join(broadcast(keys(content)), KEY)
                .select("file_path")
                .distinct()
                .as(Encoders.STRING())
                .collectAsList());
    return flows.stream()
        .filter(file -> found.contains(store.path(file)))
        .collect(Collectors.toSet());
  }

  private static Dataset<Row> without(Dataset<Row> rows, String key, Dataset<Row> dead) {
    return rows.withColumn(KEY, expr(key))
        .join(broadcast(dead), new String[] {KEY}, "left_anti")
        .drop(KEY);
  }

  private Dataset<Row> keys(Collection<String> keys) {
    return spark.createDataset(List.copyOf(keys), Encoders.STRING()).toDF(KEY);
  }

  /**
   * A file for each day, and for each broker that lost many on it; in each those that were judged
   * alike side by side.
   */
  private static void write(Dataset<Row> flows, Path staged) {
    Dataset<Row> placed =
        flows
            .withColumn("ended", coalesce(col("ending.time"), col("last")).cast("date"))
            .withColumn(
                "named", expr("left(regexp_replace(broker_host, '[^0-9A-Za-z.:_-]', '_'), 60)"));
    Dataset<Row> days =
        placed
            .groupBy("ended")
            .count()
            .orderBy(col("count").desc(), col("ended"))
            .limit(Store.MOST_DAYS)
            .select(col("ended").as("day"));
    Dataset<Row> large =
        placed
            .groupBy("ended", "named")
            .count()
            .where(col("count").geq(Store.LARGE_PARTITION))
            .select(col("ended").as("of"), col("named").as("host"));
    placed
        .join(broadcast(days), col("ended").equalTo(col("day")), "left")
        .join(
            broadcast(large),
            col("day").equalTo(col("of")).and(col("named").equalTo(col("host"))),
            "left")
        .withColumn("host", coalesce(col("host"), lit(Store.SHARED)))
        .drop("ended", "named", "of")
        .repartition(col("day"), col("host"))
        .sortWithinPartitions(
            col("day"),
            col("host"),
            col("ending.cause"),
            col("ending.evidence.id"),
            expr("transform(resets, each -> each.evidence.id)"),
            col("history"),
            col("amqp.product"),
            col("amqp.version"),
            col("amqp.platform"),
            col("amqp.heartbeat_s"),
            col("ending.time"))
        .write()
        .partitionBy("day", "host")
        .option(COMPRESSION, ZSTD)
        .parquet(new Path(staged, Store.FLOWS).toString());
  }

  private void captures(Collection<CaptureRow> rows, Set<CaptureRow> dead, Path staged)
      throws IOException {
    Dataset<String> lines = spark.createDataset(lines(rows), Encoders.STRING());
    Dataset<Row> captures =
        json(CAPTURE, reader -> reader.json(lines))
            .withColumn(ADDED, lit(store.manifest().commit() + 1));
    if (!store.manifest().of(Store.CAPTURES).isEmpty()) {
      List<String> gone =
          dead.stream()
              .map(row -> row.source() + "\n" + Objects.toString(row.sha256(), ""))
              .toList();
      captures = captures.unionByName(without(captures(), SOURCE_AND_CONTENT, keys(gone)));
    }
    one(captures, staged, Store.CAPTURES);
  }

  private static List<String> lines(Collection<CaptureRow> rows) throws IOException {
    List<String> lines = new ArrayList<>();
    for (CaptureRow row : rows) {
      StringWriter line = new StringWriter();
      try (JsonGenerator json = new JsonFactory().createGenerator(line)) {
        row.write(json);
      }
      lines.add(line.toString());
    }
    return lines;
  }

  /** A table of their own, small, since who runs the archive reads it first. */
  private void failures(Path staged) {
    Dataset<Row> failures =
        spark
            .read()
            .parquet(new Path(staged, Store.CAPTURES).toString())
            .where("problem IS NOT NULL AND state IN ('failed', 'incomplete')")
            .selectExpr("source", "state", "byte_offset", "problem AS reason")
            .orderBy("source");
    one(failures, staged, Store.FAILURES);
  }

  private static void one(Dataset<Row> rows, Path staged, String table) {
    rows.coalesce(1).write().option(COMPRESSION, ZSTD).parquet(new Path(staged, table).toString());
  }

  private Dataset<Row> flows(Collection<DataFile> files) {
    return parquet(FLOW, files);
  }

  private Dataset<Row> captures() {
    Map<String, String> columns = new LinkedHashMap<>(CAPTURE);
    columns.put(ADDED, "BIGINT");
    return parquet(columns, store.manifest().of(Store.CAPTURES));
  }

  /** Columns that an older version did not write are null. */
  private Dataset<Row> parquet(Map<String, String> columns, Collection<DataFile> files) {
    return spark
        .read()
        .schema(schema(columns))
        .parquet(files.stream().map(store::path).toArray(String[]::new));
  }

  /**
   * Spark reads no timestamp without a zone from text that has one: it reads one with a zone, and
   * takes that from it in UTC, the session's zone.
   */
  private Dataset<Row> json(
      Map<String, String> columns, Function<DataFrameReader, Dataset<Row>> lines) {
    String zoned = schema(columns).replace("TIMESTAMP_NTZ", "TIMESTAMP");
    Dataset<Row> read = lines.apply(spark.read().schema(zoned).option("mode", "FAILFAST"));
    Column[] cast =
        columns.entrySet().stream()
            .map(each -> col(each.getKey()).cast(each.getValue()).as(each.getKey()))
            .toArray(Column[]::new);
    return read.select(cast);
  }

  private static String schema(Map<String, String> columns) {
    return columns.entrySet().stream()
        .map(each -> "`" + each.getKey() + "` " + each.getValue())
        .collect(Collectors.joining(", "));
  }
}
