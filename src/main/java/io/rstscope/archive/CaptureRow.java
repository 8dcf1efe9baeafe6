package io.rstscope.archive;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rstscope.report.json.ColumnTypes;
import io.rstscope.report.json.FieldType;
import io.rstscope.report.words.Format;
import java.io.IOException;
import java.io.Serializable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A capture in the archive: a row of the table {@code captures}.
 *
 * @param source as in its flows
 * @param sha256 of its content, or null when that cannot be read
 * @param rules the version that judged it
 * @param bytes its size when it was read
 * @param modifiedMillis when it had been changed last
 * @param brokerHost what the user calls its broker, or null
 * @param firstNanos its earliest packet, or -1
 * @param lastNanos its latest, or -1
 * @param packets read
 * @param flows in the archive
 * @param problem why it was not read to its end, or null
 * @param offset where, bytes from its beginning, or -1
 * @param survived the longest idle times that connections survived
 */
public record CaptureRow(
    String source,
    String sha256,
    String rules,
    long bytes,
    long modifiedMillis,
    State state,
    String brokerHost,
    long firstNanos,
    long lastNanos,
    long packets,
    long flows,
    String problem,
    long offset,
    List<Survived> survived)
    implements Serializable {
  /** The longest idle time that a connection between two hosts survived. */
  public record Survived(String client, String broker, long nanos) implements Serializable {}

  private static final Map<String, FieldType> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put("source", FieldType.TEXT);
    COLUMNS.put("sha256", FieldType.TEXT);
    COLUMNS.put("rules", FieldType.TEXT);
    COLUMNS.put("bytes", FieldType.INTEGER);
    COLUMNS.put("modified_ms", FieldType.INTEGER);
    COLUMNS.put("state", FieldType.TEXT);
    COLUMNS.put("broker_host", FieldType.TEXT);
    COLUMNS.put("first", FieldType.TIME);
    COLUMNS.put("last", FieldType.TIME);
    COLUMNS.put("packets", FieldType.INTEGER);
    COLUMNS.put("flows", FieldType.INTEGER);
    COLUMNS.put("problem", FieldType.TEXT);
    COLUMNS.put("byte_offset", FieldType.INTEGER);
  }

  private static final Map<String, FieldType> SURVIVED = new LinkedHashMap<>();

  static {
    SURVIVED.put("client", FieldType.TEXT);
    SURVIVED.put("broker", FieldType.TEXT);
    SURVIVED.put("idle_s", FieldType.NUMBER);
  }

  /** Whether an earlier row of the same source is of packets of the same time. */
  boolean overlaps(CaptureRow earlier) {
    return earlier.firstNanos < 0
        || firstNanos >= 0 && firstNanos <= earlier.lastNanos && earlier.firstNanos <= lastNanos;
  }

  boolean isFailure() {
    return problem != null && state != State.GROWING;
  }

  /** Of a capture with the same content, whose flows are not stored twice. */
  public CaptureRow as(Source same) {
    return new CaptureRow(
        same.name(),
        sha256,
        rules,
        same.bytes(),
        same.modifiedMillis(),
        state == State.FAILED ? State.FAILED : State.DUPLICATE,
        brokerHost,
        firstNanos,
        lastNanos,
        packets,
        0,
        problem,
        offset,
        List.of());
  }

  /** The columns of the table {@code captures} that are a row's own, with their types. */
  public static Map<String, String> columns(ColumnTypes types) {
    Map<String, String> columns = new LinkedHashMap<>();
    COLUMNS.forEach((name, type) -> columns.put(name, types.type(type)));
    columns.put("survived_idle", types.list(SURVIVED));
    return columns;
  }

  /** Writes it as a line of NDJSON with these columns. */
  public void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("source", source);
    json.writeStringField("sha256", sha256);
    json.writeStringField("rules", rules);
    json.writeNumberField("bytes", bytes);
    json.writeNumberField("modified_ms", modifiedMillis);
    json.writeStringField("state", state.word());
    json.writeStringField("broker_host", brokerHost);
    time("first", firstNanos, json);
    time("last", lastNanos, json);
    json.writeNumberField("packets", packets);
    json.writeNumberField("flows", flows);
    json.writeStringField("problem", problem);
    json.writeNumberField("byte_offset", offset);
    json.writeArrayFieldStart("survived_idle");
    for (Survived each : survived) {
      json.writeStartObject();
      json.writeStringField("client", each.client);
      json.writeStringField("broker", each.broker);
      json.writeNumberField("idle_s", each.nanos / 1e9);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private static void time(String name, long nanos, JsonGenerator json) throws IOException {
    json.writeStringField(name, nanos < 0 ? null : Format.rfc3339(nanos));
  }

  /** What {@link #read} takes. */
  static final String SELECTED =
      "source, sha256, rules, bytes, modified_ms, state, broker_host, epoch_ns(first),"
          + " epoch_ns(last), packets, flows, problem, byte_offset";

  /** Without what survived, of which there may be much. */
  static CaptureRow read(ResultSet row) throws SQLException {
    return new CaptureRow(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getLong(4),
        row.getLong(5),
        State.valueOf(row.getString(6).toUpperCase(Locale.ROOT)),
        row.getString(7),
        nanos(row, 8),
        nanos(row, 9),
        row.getLong(10),
        row.getLong(11),
        row.getString(12),
        row.getLong(13),
        List.of());
  }

  private static long nanos(ResultSet row, int column) throws SQLException {
    long nanos = row.getLong(column);
    return row.wasNull() ? -1 : nanos;
  }
}
