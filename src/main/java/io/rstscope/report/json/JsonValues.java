package io.rstscope.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rstscope.net.Term;
import io.rstscope.report.words.Format;
import java.io.IOException;
import java.util.Map;

/** Fields with a unit, and fields that are null where the value is not known. */
public final class JsonValues {
  private final JsonGenerator json;

  public JsonValues(JsonGenerator json) {
    this.json = json;
  }

  void integer(String name, Integer value) throws IOException {
    if (value == null) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, value);
    }
  }

  /** Null where it is not known. */
  void whether(String name, boolean known, boolean value) throws IOException {
    if (known) {
      json.writeBooleanField(name, value);
    } else {
      json.writeNullField(name);
    }
  }

  /** Null where it is below 0. */
  void integerOrNull(String name, long value) throws IOException {
    if (value < 0) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, value);
    }
  }

  void seconds(String name, long nanos) throws IOException {
    duration(name, nanos, 1e9, 6);
  }

  void milliseconds(String name, long nanos) throws IOException {
    duration(name, nanos, 1e6, 4);
  }

  /** Null where it is below 0. */
  private void duration(String name, long nanos, double unit, int digits) throws IOException {
    if (nanos < 0) {
      json.writeNullField(name);
    } else {
      decimal(name, nanos / unit, digits);
    }
  }

  void probability(String name, double value) throws IOException {
    decimal(name, value, 2);
  }

  void number(String name, double value) throws IOException {
    decimal(name, value, 6);
  }

  private void decimal(String name, double value, int digits) throws IOException {
    json.writeFieldName(name);
    json.writeNumber(Format.decimal(value, digits));
  }

  void strings(String name, Iterable<String> strings) throws IOException {
    json.writeArrayFieldStart(name);
    for (String string : strings) {
      json.writeString(string);
    }
    json.writeEndArray();
  }

  /** An object with a field for each word. */
  public void counts(String name, Map<? extends Term, Long> counts) throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<? extends Term, Long> entry : counts.entrySet()) {
      json.writeNumberField(entry.getKey().word(), entry.getValue());
    }
    json.writeEndObject();
  }

  void mac(String name, long mac) throws IOException {
    json.writeStringField(name, Format.mac(mac));
  }
}
