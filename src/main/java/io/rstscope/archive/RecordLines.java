package io.rstscope.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.rstscope.report.json.FieldType;
import io.rstscope.report.json.RecordTree;
import io.rstscope.report.json.RecordType;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads flows from the NDJSON that {@code watch} or {@code analyze} wrote: of a connection the last
 * revision alone. Names that the schema has not are left out; a value of another type than the
 * schema's makes its line a failure, and the others are read all the same.
 */
final class RecordLines {
  /** A longer one the engine does not take. */
  private static final int LONGEST_LINE = 16_000_000;

  private static final RecordTree FLOW = RecordTree.of(RecordType.FLOW);

  private static final Set<String> OTHERS =
      Set.of(RecordType.SUMMARY.word(), RecordType.INCIDENT.word());

  private static final String TYPE = "type";
  private static final String NUMBER = "number";
  private static final String LAST = "last";
  private static final String BROKER = "broker.address";

  /** What is to be known of a record besides that it is one. */
  private static final Set<String> FACTS = Set.of(TYPE, NUMBER, LAST, BROKER);

  /** What the archive says itself of where a record comes from. */
  private static final Set<String> OURS = Set.of("source", "sha256", "broker_host");

  private final String source;
  private final String sha256;
  private final String brokerHost;
  private final JsonFactory factory = new JsonFactory();

  /** By number of the notice, else by place. */
  private final Map<String, String> flows = new LinkedHashMap<>();

  private String problem;
  private long offset = -1;
  private long firstNanos = -1;
  private long lastNanos = -1;

  /**
   * @param brokerHost what the user calls the broker's host, or null
   */
  RecordLines(String source, String sha256, String brokerHost) {
    this.source = source;
    this.sha256 = sha256;
    this.brokerHost = brokerHost;
  }

  /** Why a line was left out, the first one of them; null when none was. */
  String problem() {
    return problem;
  }

  /** Where that line begins, in bytes; -1 when none was. */
  long offset() {
    return offset;
  }

  /** When the earliest of the connections ended, or -1. */
  long firstNanos() {
    return firstNanos;
  }

  /** When the latest of them ended, or -1. */
  long lastNanos() {
    return lastNanos;
  }

  /** How many flows there are. */
  int size() {
    return flows.size();
  }

  /** Reads the file to its end; a last line without a line feed is still being written. */
  void read(StoredFile file) throws IOException {
    long at = 0;
    try (InputStream in = new BufferedInputStream(file.open(), 1 << 16)) {
      for (byte[] line = next(in); line != null; line = next(in)) {
        take(line, at);
        at += line.length + 1L;
      }
    }
  }

  private static byte[] next(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(1 << 13);
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        return line.toByteArray();
      }
      if (line.size() == LONGEST_LINE) {
        throw new IOException("has a line of more than 16 MB");
      }
      line.write(b);
    }
    return null;
  }

  private void take(byte[] line, long at) {
    try {
      Map<String, String> facts = new HashMap<>();
      String flow = flow(line, facts);
      if (flow != null) {
        flows.put(facts.getOrDefault(NUMBER, "at " + at), flow);
      }
    } catch (IOException e) {
      if (problem == null) {
        problem =
            e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        offset = at;
      }
    }
  }

  /** The flow of a line as the archive has it; null when it is another record. */
  private String flow(byte[] line, Map<String, String> facts) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonParser in = factory.createParser(line);
        JsonGenerator out = factory.createGenerator(text)) {
      require(in.nextToken() == JsonToken.START_OBJECT, "is no record");
      out.writeStartObject();
      fields(FLOW, facts, in, out);
      out.writeStringField("source", source);
      out.writeStringField("sha256", sha256);
      out.writeStringField("broker_host", brokerHost == null ? facts.get(BROKER) : brokerHost);
      out.writeEndObject();
      require(in.nextToken() == null, "is more than a record");
    }
    String type = facts.getOrDefault(TYPE, "");
    if (!type.equals(RecordType.FLOW.word())) {
      require(OTHERS.contains(type), "is no record");
      return null;
    }
    require(facts.containsKey(LAST) && facts.containsKey(BROKER), "lacks a broker or a time");
    long nanos = nanos(facts.get(LAST));
    firstNanos = firstNanos < 0 ? nanos : Math.min(firstNanos, nanos);
    lastNanos = Math.max(lastNanos, nanos);
    return text.toString();
  }

  /** Those of an object, up to its end; what is null is as good as absent. */
  private static void fields(
      RecordTree object, Map<String, String> facts, JsonParser in, JsonGenerator out)
      throws IOException {
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      RecordTree part = object == FLOW && OURS.contains(name) ? null : object.get(name);
      JsonToken token = in.nextToken();
      if (part == null) {
        in.skipChildren();
      } else if (token != JsonToken.VALUE_NULL) {
        out.writeFieldName(name);
        value(part, facts, in, out);
      }
    }
  }

  private static void value(
      RecordTree part, Map<String, String> facts, JsonParser in, JsonGenerator out)
      throws IOException {
    if (part.isList()) {
      require(in.currentToken() == JsonToken.START_ARRAY, part, "is no list");
      out.writeStartArray();
      while (in.nextToken() != JsonToken.END_ARRAY) {
        object(part, facts, in, out);
      }
      out.writeEndArray();
    } else if (part.isObject()) {
      object(part, facts, in, out);
    } else if (part.type() == FieldType.TEXTS || part.type() == FieldType.INTEGERS) {
      require(in.currentToken() == JsonToken.START_ARRAY, part, "is no list");
      FieldType each = part.type() == FieldType.TEXTS ? FieldType.TEXT : FieldType.INTEGER;
      out.writeStartArray();
      while (in.nextToken() != JsonToken.END_ARRAY) {
        scalar(part, each, in, out);
      }
      out.writeEndArray();
    } else {
      scalar(part, part.type(), in, out);
      if (FACTS.contains(part.path())) {
        facts.put(part.path(), in.getText());
      }
    }
  }

  private static void object(
      RecordTree part, Map<String, String> facts, JsonParser in, JsonGenerator out)
      throws IOException {
    require(in.currentToken() == JsonToken.START_OBJECT, part, "is no object");
    out.writeStartObject();
    fields(part, facts, in, out);
    out.writeEndObject();
  }

  /** A column takes nothing else. */
  private static void scalar(RecordTree part, FieldType type, JsonParser in, JsonGenerator out)
      throws IOException {
    JsonToken token = in.currentToken();
    boolean right =
        switch (type) {
          case INTEGER ->
              token == JsonToken.VALUE_NUMBER_INT
                  && in.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
          case NUMBER -> token.isNumeric();
          case BOOLEAN -> token.isBoolean();
          default -> token == JsonToken.VALUE_STRING;
        };
    require(right, part, "is of another type");
    if (type == FieldType.TIME) {
      nanos(in.getText());
    }
    out.copyCurrentEvent(in);
  }

  private static void require(boolean condition, RecordTree part, String otherwise)
      throws IOException {
    require(condition, part.path() + " " + otherwise);
  }

  private static void require(boolean condition, String otherwise) throws IOException {
    if (!condition) {
      throw new IOException(otherwise);
    }
  }

  private static long nanos(String time) throws IOException {
    try {
      Instant instant = Instant.parse(time);
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new IOException("has a time that is none", e);
    }
  }

  /** Writes the flows, each as a line. */
  void writeTo(Writer out) throws IOException {
    for (String flow : flows.values()) {
      out.write(flow);
      out.write('\n');
    }
  }
}
