package io.rstscope.report.json;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rstscope.cli.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns that engines accept, and that hold what the records hold. */
class ColumnTypesTest {
  private static final RecordTree FLOW = RecordTree.of(RecordType.FLOW);

  @TempDir private Path folder;

  @Test
  void shouldBeTypesThatDuckDbKnows() throws Exception {
    Map<String, String> columns = ColumnTypes.DUCKDB.of(FLOW);
    Map<String, String> described = new LinkedHashMap<>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute("CREATE TABLE flows (" + list(columns, " ") + ")");
      ResultSet rows = statement.executeQuery("DESCRIBE flows");
      while (rows.next()) {
        described.put(rows.getString(1), rows.getString(2));
      }
    }

    assertEquals(FLOW.parts().keySet(), described.keySet());
    described.forEach(
        (name, type) ->
            assertEquals(columns.get(name).replace("\"", ""), type.replace("\"", ""), () -> name));
  }

  @Test
  void shouldKeepWhatTheRecordsSayInParquet() throws Exception {
    Run run = Run.of("analyze", "--format=json", Run.CAPTURES);
    Path report =
        Files.write(
            folder.resolve("report.ndjson"), run.flows().stream().map(JsonNode::toString).toList());
    Path parquet = folder.resolve("report.parquet");
    String structure = "{" + quoted(ColumnTypes.DUCKDB.of(FLOW)) + "}";
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute(
          "COPY (SELECT * FROM read_json('%s', format = 'newline_delimited', columns = %s)) TO '%s' (FORMAT parquet, COMPRESSION zstd)"
              .formatted(report, structure, parquet));
      ResultSet rows =
          statement.executeQuery(
              "SELECT ending.cause, epoch_us(ending.time), len(resets), resets[1].observed.ttl,"
                  + " amqp.heartbeat_s, broker_host, ending.idle_s FROM '"
                  + parquet
                  + "'");
      for (JsonNode flow : run.flows()) {
        assertTrue(rows.next());
        assertEquals(flow.at("/ending/cause").asText(), rows.getString(1));
        assertEquals(
            Instant.parse(flow.at("/ending/time").asText()).toEpochMilli(), rows.getLong(2) / 1000);
        assertEquals(flow.get("resets").size(), rows.getInt(3));
        assertEquals(flow.at("/resets/0/observed/ttl").asInt(), rows.getInt(4));
        assertEquals(flow.at("/amqp/heartbeat_s").asInt(), rows.getInt(5));
        assertEquals(flow.at("/broker/address").asText(), rows.getString(6));
        JsonNode idle = flow.at("/ending/idle_s");
        assertEquals(idle.isNull() ? null : idle.asDouble(), rows.getObject(7));
      }
    }
  }

  @Test
  void shouldNameTypesAsSparkDoes() {
    Map<String, String> columns = ColumnTypes.SPARK.of(FLOW);

    assertEquals("STRUCT<`address`: STRING, `port`: BIGINT>", columns.get("client"));
    assertEquals("TIMESTAMP_NTZ", columns.get("started"));
    assertEquals("ARRAY<STRING>", columns.get("proxy_signs"));
    assertTrue(columns.get("resets").startsWith("ARRAY<STRUCT<`frame`: BIGINT, "));
  }

  private static String list(Map<String, String> columns, String between) {
    return columns.entrySet().stream()
        .map(each -> "\"" + each.getKey() + "\"" + between + each.getValue())
        .collect(joining(", "));
  }

  private static String quoted(Map<String, String> columns) {
    return columns.entrySet().stream()
        .map(each -> each.getKey() + ": '" + each.getValue() + "'")
        .collect(joining(", "));
  }
}
