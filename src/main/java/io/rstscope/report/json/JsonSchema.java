package io.rstscope.report.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/**
 * The JSON Schema (draft 2020-12) of a line of the NDJSON report. Names that it does not know are
 * allowed: they may be added within a version of the record.
 */
public final class JsonSchema {
  private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

  /** A name, no place: nothing is to be loaded. */
  private static final String ID = "urn:rstscope:record:" + JsonReport.SCHEMA;

  private static final List<String> PERCENTILES = List.of("min", "p50", "p90", "p99", "max");

  private final JsonGenerator json;

  private JsonSchema(JsonGenerator json) {
    this.json = json;
  }

  /**
   * Writes the schema and flushes.
   *
   * @param out is not closed
   */
  public static void write(Writer out) throws IOException {
    DefaultPrettyPrinter lines =
        new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
    try (JsonGenerator json =
        new JsonFactory()
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .createGenerator(out)
            .setPrettyPrinter(lines)) {
      new JsonSchema(json).write();
      json.writeRaw('\n');
    }
  }

  private void write() throws IOException {
    json.writeStartObject();
    json.writeStringField("$schema", DRAFT);
    json.writeStringField("$id", ID);
    json.writeStringField("title", "RstScope report: a line of NDJSON");
    json.writeArrayFieldStart("oneOf");
    for (RecordType type : RecordType.values()) {
      json.writeStartObject();
      reference(type);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("$defs");
    for (RecordType type : RecordType.values()) {
      json.writeObjectFieldStart(type.word());
      json.writeStringField("description", type.explanation());
      object(RecordTree.of(type), type);
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private void reference(RecordType type) throws IOException {
    json.writeStringField("$ref", "#/$defs/" + type.word());
  }

  /**
   * @param type of the record that this is, or null when it is a part of one
   */
  private void object(RecordTree object, RecordType type) throws IOException {
    types("object", object.isOptional() && !object.isList());
    json.writeObjectFieldStart("properties");
    for (Map.Entry<String, RecordTree> part : object.parts().entrySet()) {
      json.writeObjectFieldStart(part.getKey());
      if (part.getValue().explanation() != null) {
        json.writeStringField("description", part.getValue().explanation());
      }
      if (type != null && part.getKey().equals(Field.TYPE.key())) {
        json.writeStringField("const", type.word());
      } else if (type != null && part.getKey().equals(Field.SCHEMA.key())) {
        json.writeNumberField("const", JsonReport.SCHEMA);
      } else {
        part(part.getValue());
      }
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeArrayFieldStart("required");
    for (String name : object.required()) {
      json.writeString(name);
    }
    json.writeEndArray();
  }

  private void part(RecordTree part) throws IOException {
    if (!part.isObject()) {
      value(part);
    } else if (part.isList()) {
      types("array", part.isOptional());
      json.writeObjectFieldStart("items");
      object(part, null);
      json.writeEndObject();
    } else {
      object(part, null);
    }
  }

  private void value(RecordTree value) throws IOException {
    boolean optional = value.isOptional();
    switch (value.type()) {
      case INTEGER -> types("integer", optional);
      case NUMBER -> types("number", optional);
      case BOOLEAN -> types("boolean", optional);
      case TIME -> {
        types("string", optional);
        json.writeStringField("format", "date-time");
      }
      case TEXTS -> array("string", optional);
      case INTEGERS -> array("integer", optional);
      case COUNTS -> {
        types("object", optional);
        json.writeObjectFieldStart("additionalProperties");
        types("integer", false);
        json.writeEndObject();
      }
      case PERCENTILES -> percentiles();
      case RECORD -> reference(RecordType.FLOW);
      default -> types("string", optional);
    }
  }

  private void array(String of, boolean optional) throws IOException {
    types("array", optional);
    json.writeObjectFieldStart("items");
    types(of, false);
    json.writeEndObject();
  }

  private void percentiles() throws IOException {
    types("object", false);
    json.writeObjectFieldStart("properties");
    json.writeObjectFieldStart("count");
    types("integer", false);
    json.writeEndObject();
    for (String name : PERCENTILES) {
      json.writeObjectFieldStart(name);
      types("number", false);
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeArrayFieldStart("required");
    json.writeString("count");
    json.writeEndArray();
  }

  private void types(String type, boolean optional) throws IOException {
    if (optional) {
      json.writeArrayFieldStart("type");
      json.writeString(type);
      json.writeString("null");
      json.writeEndArray();
    } else {
      json.writeStringField("type", type);
    }
  }
}
