package io.rstscope.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rstscope.report.words.Format;
import io.rstscope.report.words.Printable;
import java.io.IOException;

/** Values as JavaScript takes them: elements of arrays, null where a value is not known. */
final class PageValues {
  private final JsonGenerator json;

  PageValues(JsonGenerator json) {
    this.json = json;
  }

  /** Milliseconds since 1970, to the microsecond: what a double holds without loss. */
  void time(long nanos) throws IOException {
    long micros = nanos / 1000;
    decimal(micros / 1e3, 3);
  }

  /** Seconds; unknown below 0. */
  void seconds(long nanos) throws IOException {
    if (nanos < 0) {
      json.writeNull();
    } else {
      decimal(nanos / 1e9, 6);
    }
  }

  void integer(Integer value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else {
      json.writeNumber(value);
    }
  }

  /** Text from elsewhere, or null. */
  void text(String text) throws IOException {
    json.writeString(text == null ? null : Printable.of(text));
  }

  void decimal(double value, int digits) throws IOException {
    json.writeNumber(Format.decimal(value, digits));
  }
}
