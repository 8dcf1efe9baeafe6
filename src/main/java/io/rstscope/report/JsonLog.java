package io.rstscope.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rstscope.brokerlog.LogCorrelation;
import io.rstscope.brokerlog.LogCorrelation.Unlogged;
import io.rstscope.brokerlog.LoggedEnding;
import io.rstscope.judge.cause.FlowVerdict;
import java.io.IOException;

/** What the broker's log says; nothing where none was read. */
final class JsonLog {
  private final JsonGenerator json;
  private final JsonValues values;

  JsonLog(JsonGenerator json) {
    this.json = json;
    this.values = new JsonValues(json);
  }

  void flow(CaptureReport capture, FlowVerdict verdict) throws IOException {
    if (capture.log() == null) {
      return;
    }
    LoggedEnding ending = capture.log().of(verdict);
    json.writeFieldName("broker_log");
    if (ending == null) {
      json.writeNull();
    } else {
      json.writeStartObject();
      ending(ending);
      json.writeEndObject();
    }
  }

  private void ending(LoggedEnding ending) throws IOException {
    json.writeStringField("time", Format.rfc3339(ending.nanos()));
    json.writeStringField("user", ending.user());
    json.writeStringField("vhost", ending.vhost());
    json.writeStringField("connection_name", ending.connectionName());
    json.writeStringField("says", ending.words());
  }

  void summary(Summary summary) throws IOException {
    if (summary.captures().stream().allMatch(capture -> capture.log() == null)) {
      return;
    }
    json.writeArrayFieldStart("broker_logs");
    for (CaptureReport capture : summary.captures()) {
      if (capture.log() != null) {
        capture(capture.name(), capture.log());
      }
    }
    json.writeEndArray();
  }

  private void capture(String name, LogCorrelation log) throws IOException {
    json.writeStartObject();
    json.writeStringField("capture", name);
    clock(log.clock());
    json.writeNumberField("matched", log.matched());
    json.writeNumberField("outside", log.outside());
    json.writeArrayFieldStart("not_logged");
    for (Unlogged each : log.withoutEntry()) {
      json.writeStartObject();
      json.writeStringField("client", each.client().toString());
      json.writeStringField("broker", each.broker().toString());
      json.writeStringField("time", Format.rfc3339(each.endNanos()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("not_captured");
    for (LoggedEnding each : log.withoutPackets()) {
      json.writeStartObject();
      json.writeStringField("client", each.client().toString());
      json.writeStringField("broker", each.broker().toString());
      ending(each);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void clock(LogCorrelation.Clock clock) throws IOException {
    if (clock == null) {
      json.writeNullField("clock_offset_s");
      return;
    }
    values.number("clock_offset_s", clock.offsetNanos() / 1e9);
    values.number("clock_spread_s", clock.spreadNanos() / 1e9);
    json.writeNumberField("clock_connections", clock.matches());
  }
}
