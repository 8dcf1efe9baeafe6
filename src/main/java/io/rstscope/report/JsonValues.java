package io.rstscope.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rstscope.flow.Segment;
import io.rstscope.reset.Term;
import io.rstscope.wire.MacAddress;
import java.io.IOException;
import java.util.Map;

/** Fields with a unit, and fields that are null where the value is not known. */
final class JsonValues {
  private final JsonGenerator json;

  JsonValues(JsonGenerator json) {
    this.json = json;
  }

  void integer(String name, Integer value) throws IOException {
    json.writeFieldName(name);
    if (value == null) {
      json.writeNull();
    } else {
      json.writeNumber(value);
    }
  }

  void integerOrNull(String name, long value) throws IOException {
    json.writeFieldName(name);
    if (value < 0) {
      json.writeNull();
    } else {
      json.writeNumber(value);
    }
  }

  void seconds(String name, long nanos) throws IOException {
    json.writeFieldName(name);
    if (nanos < 0) {
      json.writeNull();
    } else {
      decimal(nanos / 1e9, 6);
    }
  }

  void milliseconds(String name, long nanos) throws IOException {
    json.writeFieldName(name);
    if (nanos < 0) {
      json.writeNull();
    } else {
      decimal(nanos / 1e6, 4);
    }
  }

  void probability(String name, double value) throws IOException {
    json.writeFieldName(name);
    decimal(value, 2);
  }

  void number(String name, double value) throws IOException {
    json.writeFieldName(name);
    decimal(value, 6);
  }

  private void decimal(double value, int digits) throws IOException {
    json.writeNumber(Format.decimal(value, digits));
  }

  /** An object with a field for each word. */
  void counts(String name, Map<? extends Term, Long> counts) throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<? extends Term, Long> entry : counts.entrySet()) {
      json.writeNumberField(entry.getKey().word(), entry.getValue());
    }
    json.writeEndObject();
  }

  void mac(String name, long mac) throws IOException {
    json.writeStringField(name, mac == Segment.NO_MAC ? null : MacAddress.text(mac));
  }
}
