package io.rstscope.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** What a page says of one capture: what it is worth as evidence. */
final class PageCapture {
  private PageCapture() {}

  static void write(JsonGenerator json, CaptureReport capture) throws IOException {
    CaptureQuality quality = capture.quality();
    PageValues values = new PageValues(json);
    json.writeStartObject();
    json.writeStringField("name", Printable.of(capture.name()));
    json.writeNumberField("packets", quality.packets());
    json.writeNumberField("segments", quality.segments());
    json.writeNumberField("flows", quality.flows());
    json.writeNumberField("dropped", quality.dropped());
    json.writeNumberField("cut", quality.cutPackets());
    json.writeFieldName("first");
    values.time(quality.firstNanos());
    json.writeFieldName("last");
    values.time(quality.lastNanos());
    json.writeBooleanField("complete", quality.complete());
    json.writeStringField("vantage", vantage(capture));
    json.writeStringField("notes", Printable.of(QualityText.notes(quality)));
    json.writeArrayFieldStart("log");
    for (String says : capture.log() == null ? List.<String>of() : LogText.summary(capture)) {
      values.text(says);
    }
    json.writeEndArray();
    json.writeFieldName("packetsMissing");
    values.text(capture.excerpts().missing());
    json.writeEndObject();
  }

  private static String vantage(CaptureReport capture) {
    String place = capture.recording().place();
    return place.isEmpty() ? "it cannot be told" : place;
  }
}
