package io.rstscope.bench;

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
      statement.execute(
          "COPY ("
              + multiplied(rows)
              + ") TO '"
              + to.resolve("flows")
              + "' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (day, host), FILENAME_PATTERN '1-{i}')");
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

  private static String multiplied(long rows) {
    String number = "CAST(1000 + random() * 9000 AS INTEGER)::VARCHAR";
    String text = "regexp_replace(%s, '[0-9]{3,}', " + number + ")";
    String evidence =
        "list_transform(%s, lambda e: struct_update(e, says := "
            + text.formatted("e.says")
            + ", frames := list_transform(e.frames, lambda f: f + n)))";
    return "WITH numbered AS (SELECT row_number() OVER () AS k, count(*) OVER () AS of, * FROM templates),"
        + " drawn AS (SELECT range AS n, CAST(random() * "
        + (BROKERS - 1)
        + " AS INTEGER) AS b,"
        + " to_microseconds(CAST(random() * "
        + DAYS * 86_400_000_000L
        + " AS BIGINT)) AS later,"
        + " CAST(random() * 300 AS INTEGER) AS c, random() AS r FROM range("
        + rows
        + "))"
        + " SELECT numbered.* EXCLUDE (k, of) REPLACE ("
        + " TIMESTAMP '2026-11-01' + later AS started,"
        + " TIMESTAMP '2026-11-01' + later + (last - started) AS last,"
        + " {'address': '10.' || (c % 7) || '.1.' || c, 'port': 32768 + n % 28000} AS client,"
        + " {'address': '10.9.0.' || b, 'port': 5672} AS broker, '10.9.0.' || b AS broker_host,"
        + " sha256((n // 1000)::VARCHAR) AS sha256, '/captures/' || b || '/' || (n // 1000) || '.pcap' AS source,"
        + " longest_idle_s * (0.5 + r) AS longest_idle_s,"
        + " struct_update(amqp, connection_name := 'app-' || (c % 30) || '-' || n) AS amqp,"
        + " struct_update(ending, time := TIMESTAMP '2026-11-01' + later + (last - started),"
        + " idle_s := round(ending.idle_s * (0.5 + r), 6), says := "
        + text.formatted("ending.says")
        + ", evidence := "
        + evidence.formatted("ending.evidence")
        + ") AS ending,"
        + " CASE WHEN timer_witness IS NULL THEN NULL ELSE struct_update(timer_witness,"
        + " ended := TIMESTAMP '2026-11-01' + later + (last - started)) END AS timer_witness,"
        + " list_transform(resets, lambda e: struct_update(e, frame := e.frame + n,"
        + " time := TIMESTAMP '2026-11-01' + later + (e.time - started),"
        + " evidence := "
        + evidence.formatted("e.evidence")
        + ")) AS resets),"
        + " CAST(TIMESTAMP '2026-11-01' + later AS DATE) AS day, '10.9.0.' || b AS host"
        + " FROM drawn JOIN numbered ON k = 1 + n % of";
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
