package io.rstscope.bench;

import io.rstscope.archive.FlowFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Multiplies the connections of an archive: to other brokers, clients, times and lengths, with
 * other numbers in their texts, so that they are no easier to compress than those of a fleet.
 */
final class FleetStore {
  private static final int BROKERS = 40;
  private static final int DAYS = 10;
  private static final int HOURS = 24;

  private FleetStore() {}

  /**
   * @param args the archive, the folder of the new one, and how many connections
   */
  public static void main(String[] args) throws IOException, SQLException {
    Path from = Path.of(args[0]);
    Path to = Path.of(args[1]);
    long rows = Long.parseLong(args[2]);
    Files.createDirectories(to);
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute("SELECT setseed(0.5)");
      statement.execute(
          "CREATE TABLE templates AS SELECT * FROM read_parquet('"
              + from
              + "/flows/*/*/*.parquet', hive_partitioning = false)");
      for (int day = 0; day < DAYS; day++) {
        String flows = "(" + multiplied(day, rows / DAYS) + ")";
        statement.execute(
            FlowFiles.added(flows, day + 1, to.resolve("flows"))
                .replace("FORMAT parquet", "FORMAT parquet, OVERWRITE_OR_IGNORE"));
      }
      for (String table : List.of("captures", "failures")) {
        Files.createDirectories(to.resolve(table));
        statement.execute(
            "COPY (SELECT * FROM '"
                + from
                + "/"
                + table
                + "/*.parquet') TO '"
                + to.resolve(table + "/1.parquet")
                + "' (FORMAT parquet, COMPRESSION zstd)");
      }
    }
    manifest(to);
  }

  /**
   * Those of a day: a capture a broker and hour, in which frames are counted as time goes. Idle
   * times and texts have other numbers each time.
   */
  private static String multiplied(int day, long rows) {
    String text =
        "regexp_replace(%s, '[0-9]{3,}', CAST(1000 + random() * 9000 AS INTEGER)::VARCHAR)";
    String evidence =
        "list_transform(%s, lambda e: struct_update(e, says := "
            + text.formatted("e.says")
            + ", frames := list_transform(e.frames, lambda f: f + before)))";
    String numbered = "SELECT row_number() OVER () AS k, count(*) OVER () AS of, * FROM templates";
    String drawn =
        """
        SELECT n, b, '/captures/' || b || '/' || hour || '.pcap' AS path,
          TIMESTAMP '2026-11-01' + to_hours(hour) + to_microseconds(CAST(fraction * 3600e6 AS BIGINT)) AS began,
          CAST(fraction * 1e6 + random() * 1000 AS BIGINT) AS before,
          CAST(random() * 300 AS INTEGER) AS c,
          CAST(random() * 1e6 AS BIGINT) AS id,
          random() AS which,
          0.5 + random() AS longer
        FROM (
          SELECT range AS n, range %% %d AS b, %d + range * %d // %d AS hour, random() AS fraction FROM range(%d))"""
            .formatted(BROKERS, day * HOURS, HOURS, rows, rows);
    String columns =
        """
        began AS started,
        began + (last - started) AS last,
        {'address': '10.' || (c % 7) || '.1.' || c, 'port': 32768 + id % 28000} AS client,
        {'address': '10.9.0.' || b, 'port': 5672} AS broker,
        '10.9.0.' || b AS broker_host,
        sha256(path) AS sha256,
        path AS source,
        round(longest_idle_s * longer, 6) AS longest_idle_s,
        struct_update(amqp, connection_name := 'app-' || (c % 30) || '-' || id) AS amqp,
        struct_update(ending,
          time := began + (last - started),
          idle_s := round(ending.idle_s * longer, 6),
          says := ${ending.says},
          evidence := ${ending.evidence}) AS ending,
        CASE WHEN timer_witness IS NULL THEN NULL
          ELSE struct_update(timer_witness, ended := began + (last - started)) END AS timer_witness,
        list_transform(resets, lambda e: struct_update(e,
          frame := e.frame + before,
          time := began + (e.time - started),
          evidence := ${e.evidence})) AS resets"""
            .replace("${ending.says}", text.formatted("ending.says"))
            .replace("${ending.evidence}", evidence.formatted("ending.evidence"))
            .replace("${e.evidence}", evidence.formatted("e.evidence"));
    return "WITH numbered AS (%s), drawn AS (%s)".formatted(numbered, drawn)
        + " SELECT numbered.* EXCLUDE (k, of) REPLACE ("
        + columns
        + ") FROM drawn JOIN numbered ON k = 1 + CAST(floor(which * of) AS BIGINT)";
  }

  private static void manifest(Path store) throws IOException {
    List<String> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(store)) {
      for (Path file :
          (Iterable<Path>) all.filter(f -> f.toString().endsWith(".parquet"))::iterator) {
        files.add(
            "{\"path\":\"" + store.relativize(file) + "\",\"bytes\":" + Files.size(file) + "}");
      }
    }
    Files.writeString(
        store.resolve("manifest.json"),
        "{\"format\":1,\"commit\":1,\"files\":[" + String.join(",\n", files) + "]}\n");
  }
}
