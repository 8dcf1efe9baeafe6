package io.rstscope.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A JSON array that takes elements until they fill a number of bytes; the others are counted. */
final class LimitedArray {
  /** Writes one element. */
  interface Element {
    void write(JsonGenerator json) throws IOException;
  }

  static final int LEFT_OUT = -1;

  private final int mostBytes;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final ByteArrayOutputStream next = new ByteArrayOutputStream();
  private int size;
  private long leftOut;

  LimitedArray(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** The place of the element in the array, or {@link #LEFT_OUT}; after one that is, all are. */
  int add(Element element) throws IOException {
    if (leftOut == 0) {
      next.reset();
      try (JsonGenerator json = ScriptJson.to(next)) {
        element.write(json);
      }
      if (kept.size() + next.size() < mostBytes) {
        kept.write(size == 0 ? '[' : ',');
        next.writeTo(kept);
        return size++;
      }
    }
    leftOut++;
    return LEFT_OUT;
  }

  /** How many elements it did not take. */
  long leftOut() {
    return leftOut;
  }

  /** Writes it as the value of a field. */
  void write(String name, JsonGenerator json) throws IOException {
    json.writeFieldName(name);
    json.writeRawValue(size == 0 ? "[]" : kept.toString(StandardCharsets.UTF_8) + "]");
  }
}
