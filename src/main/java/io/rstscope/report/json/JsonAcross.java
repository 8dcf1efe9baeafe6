package io.rstscope.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rstscope.judge.advice.HeartbeatAdvice;
import io.rstscope.judge.advice.UnprotectedClient;
import io.rstscope.judge.incident.Incident;
import io.rstscope.judge.incident.Incident.Trait;
import io.rstscope.judge.timer.IdleTimer;
import io.rstscope.judge.timer.KnownDevice;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.Summary;
import io.rstscope.report.words.Format;
import io.rstscope.report.words.IncidentText;
import java.io.IOException;

/** The part of the JSON summary that tells what connections say together. */
final class JsonAcross {
  private final JsonGenerator json;
  private final JsonValues values;

  JsonAcross(JsonGenerator json) {
    this.json = json;
    this.values = new JsonValues(json);
  }

  void write(Summary summary) throws IOException {
    json.writeArrayFieldStart(Field.INCIDENTS.key());
    for (CaptureReport capture : summary.captures()) {
      for (Incident incident : capture.verdict().incidents()) {
        incident(capture.fileName(), capture.path(), incident);
      }
    }
    json.writeEndArray();
    json.writeNumberField(Field.INCIDENTS_LEFT_OUT.key(), summary.incidentsLeftOut());
    json.writeArrayFieldStart(Field.TIMERS.key());
    for (CaptureReport capture : summary.captures()) {
      for (IdleTimer timer : capture.verdict().idleTimers()) {
        timer(capture, timer);
      }
    }
    json.writeEndArray();
    json.writeArrayFieldStart(Field.HEARTBEATS.key());
    for (CaptureReport capture : summary.captures()) {
      if (capture.verdict().heartbeats() != null) {
        heartbeats(capture, capture.verdict().heartbeats());
      }
    }
    json.writeEndArray();
  }

  void incident(String capture, String source, Incident incident) throws IOException {
    json.writeStartObject();
    json.writeStringField(Field.INCIDENT_CAPTURE.key(), capture);
    json.writeStringField(Field.INCIDENT_SOURCE.key(), source);
    json.writeNumberField(Field.INCIDENT_NUMBER.key(), incident.number());
    json.writeStringField(Field.INCIDENT_FIRST.key(), Format.rfc3339(incident.firstNanos()));
    json.writeStringField(Field.INCIDENT_LAST.key(), Format.rfc3339(incident.lastNanos()));
    json.writeNumberField(Field.INCIDENT_CONNECTIONS.key(), incident.connections());
    json.writeStringField(Field.INCIDENT_CAUSE.key(), incident.cause().word());
    json.writeStringField(Field.INCIDENT_ENDED_BY.key(), incident.endedBy().word());
    json.writeObjectFieldStart("shared");
    for (Trait trait : Trait.values()) {
      json.writeStringField(trait.word(), incident.traits().get(trait).shared());
    }
    json.writeEndObject();
    json.writeObjectFieldStart("distinct");
    for (Trait trait : Trait.values()) {
      json.writeNumberField(trait.word(), incident.traits().get(trait).distinct());
    }
    json.writeEndObject();
    json.writeStringField(Field.INCIDENT_SAYS.key(), IncidentText.ofRecord(incident));
    json.writeEndObject();
  }

  private void timer(CaptureReport capture, IdleTimer timer) throws IOException {
    json.writeStartObject();
    json.writeStringField(Field.TIMER_CAPTURE.key(), capture.fileName());
    json.writeStringField(Field.TIMER_SOURCE.key(), capture.path());
    json.writeStringField(Field.TIMER_BROKER.key(), timer.broker());
    values.strings(Field.TIMER_CLIENTS.key(), timer.clients());
    json.writeNumberField(Field.TIMER_CLIENT_HOSTS.key(), timer.clientHosts());
    json.writeStringField(Field.TIMER_EXPIRY.key(), timer.expiry().word());
    values.seconds(Field.TIMER_AT_LEAST.key(), timer.atLeastNanos());
    values.seconds(Field.TIMER_AT_MOST.key(), timer.atMostNanos());
    json.writeNumberField(Field.TIMER_WITNESSES.key(), timer.witnesses());
    json.writeNumberField(Field.TIMER_INDEPENDENT.key(), timer.independent());
    values.seconds(Field.TIMER_SURVIVED.key(), timer.longestSurvivedNanos());
    json.writeBooleanField(Field.TIMER_CONTRADICTED.key(), timer.contradicted());
    values.strings(
        Field.TIMER_MAY_BE.key(), timer.mayBe().stream().map(KnownDevice::word).toList());
    json.writeStringField(Field.TIMER_SAYS.key(), timer.says());
    json.writeEndObject();
  }

  private void heartbeats(CaptureReport capture, HeartbeatAdvice advice) throws IOException {
    json.writeStartObject();
    json.writeStringField(Field.HEARTBEATS_CAPTURE.key(), capture.fileName());
    json.writeStringField(Field.HEARTBEATS_SOURCE.key(), capture.path());
    json.writeNumberField(Field.HEARTBEATS_SECONDS.key(), advice.seconds());
    json.writeNumberField(Field.HEARTBEATS_PREVENTED.key(), advice.prevented());
    json.writeNumberField(Field.HEARTBEATS_LOST.key(), advice.lost());
    json.writeBooleanField(Field.HEARTBEATS_PROVEN.key(), advice.proven());
    json.writeStringField(Field.HEARTBEATS_SAYS.key(), advice.says());
    json.writeArrayFieldStart("clients");
    for (UnprotectedClient client : advice.clients()) {
      json.writeStartObject();
      json.writeStringField(Field.GAP_ADDRESS.key(), client.address());
      json.writeStringField(Field.GAP_PRODUCT.key(), client.product());
      json.writeStringField(Field.GAP_VERSION.key(), client.version());
      json.writeStringField(Field.GAP_NAME.key(), client.connectionName());
      values.integer(Field.GAP_HEARTBEAT.key(), client.heartbeatSeconds());
      json.writeNumberField(Field.GAP_CONNECTIONS.key(), client.connections());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
