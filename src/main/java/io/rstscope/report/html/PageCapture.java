package io.rstscope.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rstscope.pairing.OtherSide;
import io.rstscope.report.model.CaptureQuality;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.words.LogText;
import io.rstscope.report.words.OtherSideText;
import io.rstscope.report.words.Printable;
import io.rstscope.report.words.QualityText;
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
    json.writeArrayFieldStart("sides");
    for (OtherSide side : capture.otherSides()) {
      json.writeStartArray();
      values.text(OtherSideText.standing(side));
      for (String detail : OtherSideText.details(side)) {
        values.text(detail);
      }
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeFieldName("packetsMissing");
    values.text(capture.excerpts().missing());
    json.writeEndObject();
  }

  private static String vantage(CaptureReport capture) {
    String place = capture.recording().place();
    return place.isEmpty() ? "unknown" : place;
  }
}
