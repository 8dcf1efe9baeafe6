package io.rstscope.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rstscope.brokerlog.LogCorrelation;
import io.rstscope.brokerlog.LogCorrelation.Unlogged;
import io.rstscope.brokerlog.LoggedEnding;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.Summary;
import io.rstscope.report.words.Format;
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
    json.writeStringField(
        Field.LOG_TIME.key(), ending.nanos() < 0 ? null : Format.rfc3339(ending.nanos()));
    json.writeStringField(Field.LOG_USER.key(), ending.user());
    json.writeStringField(Field.LOG_VHOST.key(), ending.vhost());
    json.writeStringField(Field.LOG_NAME.key(), ending.connectionName());
    json.writeStringField(Field.LOG_SAYS.key(), ending.words());
    json.writeStringField(Field.LOG_CHANNEL_ERROR.key(), ending.channelError());
  }

  void summary(Summary summary) throws IOException {
    if (summary.captures().stream().allMatch(capture -> capture.log() == null)) {
      return;
    }
    json.writeArrayFieldStart(Field.LOGS.key());
    for (CaptureReport capture : summary.captures()) {
      if (capture.log() != null) {
        capture(capture);
      }
    }
    json.writeEndArray();
  }

  private void capture(CaptureReport capture) throws IOException {
    LogCorrelation log = capture.log();
    json.writeStartObject();
    json.writeStringField(Field.LOGS_CAPTURE.key(), capture.fileName());
    json.writeStringField(Field.LOGS_SOURCE.key(), capture.path());
    clock(log.clock());
    json.writeNumberField(Field.LOGS_MATCHED.key(), log.matched());
    json.writeNumberField(Field.LOGS_BY_PORT.key(), log.byPorts());
    json.writeNumberField(Field.LOGS_OUTSIDE.key(), log.outside());
    json.writeArrayFieldStart(Field.LOGS_UNLOGGED.key());
    for (Unlogged each : log.withoutEntry()) {
      json.writeStartObject();
      json.writeStringField(Field.UNLOGGED_CLIENT.key(), each.client().toString());
      json.writeStringField(Field.UNLOGGED_BROKER.key(), each.broker().toString());
      json.writeStringField(Field.UNLOGGED_TIME.key(), Format.rfc3339(each.endNanos()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart(Field.LOGS_UNSEEN.key());
    for (LoggedEnding each : log.withoutPackets()) {
      json.writeStartObject();
      json.writeStringField(Field.UNSEEN_CLIENT.key(), each.client().toString());
      json.writeStringField(Field.UNSEEN_BROKER.key(), each.broker().toString());
      ending(each);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void clock(LogCorrelation.Clock clock) throws IOException {
    if (clock == null) {
      json.writeNullField(Field.LOGS_OFFSET.key());
      return;
    }
    values.number(Field.LOGS_OFFSET.key(), clock.offsetNanos() / 1e9);
    values.number(Field.LOGS_SPREAD.key(), clock.spreadNanos() / 1e9);
    json.writeNumberField(Field.LOGS_MEASURED.key(), clock.matches());
  }
}
