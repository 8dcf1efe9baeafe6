package io.rstscope.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rstscope.judge.advice.HeartbeatAdvice;
import io.rstscope.judge.advice.UnprotectedClient;
import io.rstscope.judge.incident.Incident;
import io.rstscope.judge.incident.Incident.Trait;
import io.rstscope.judge.timer.IdleTimer;
import io.rstscope.judge.timer.KnownDevice;
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
    json.writeArrayFieldStart("incidents");
    for (CaptureReport capture : summary.captures()) {
      for (Incident incident : capture.verdict().incidents()) {
        incident(capture.name(), incident);
      }
    }
    json.writeEndArray();
    json.writeNumberField("incidents_left_out", summary.incidentsLeftOut());
    json.writeArrayFieldStart("idle_timers");
    for (CaptureReport capture : summary.captures()) {
      for (IdleTimer timer : capture.verdict().idleTimers()) {
        timer(capture.name(), timer);
      }
    }
    json.writeEndArray();
    json.writeArrayFieldStart("heartbeats");
    for (CaptureReport capture : summary.captures()) {
      if (capture.verdict().heartbeats() != null) {
        heartbeats(capture.name(), capture.verdict().heartbeats());
      }
    }
    json.writeEndArray();
  }

  private void incident(String capture, Incident incident) throws IOException {
    json.writeStartObject();
    json.writeStringField("capture", capture);
    json.writeNumberField("incident", incident.number());
    json.writeStringField("first", Format.rfc3339(incident.firstNanos()));
    json.writeStringField("last", Format.rfc3339(incident.lastNanos()));
    json.writeNumberField("connections", incident.connections());
    json.writeStringField("cause", incident.cause().word());
    json.writeStringField("ended_by", incident.endedBy().word());
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
    json.writeStringField("says", incident.says());
    json.writeEndObject();
  }

  private void timer(String capture, IdleTimer timer) throws IOException {
    json.writeStartObject();
    json.writeStringField("capture", capture);
    json.writeStringField("broker", timer.broker());
    values.strings("clients", timer.clients());
    json.writeNumberField("client_hosts", timer.clientHosts());
    json.writeStringField("expiry", timer.expiry().word());
    values.seconds("at_least_s", timer.atLeastNanos());
    values.seconds("at_most_s", timer.atMostNanos());
    json.writeNumberField("witnesses", timer.witnesses());
    json.writeNumberField("independent", timer.independent());
    values.seconds("longest_survived_s", timer.longestSurvivedNanos());
    json.writeBooleanField("contradicted", timer.contradicted());
    values.strings("may_be", timer.mayBe().stream().map(KnownDevice::word).toList());
    json.writeStringField("says", timer.says());
    json.writeEndObject();
  }

  private void heartbeats(String capture, HeartbeatAdvice advice) throws IOException {
    json.writeStartObject();
    json.writeStringField("capture", capture);
    json.writeNumberField("set_s", advice.seconds());
    json.writeNumberField("prevented", advice.prevented());
    json.writeNumberField("lost", advice.lost());
    json.writeBooleanField("proven", advice.proven());
    json.writeStringField("says", advice.says());
    json.writeArrayFieldStart("clients");
    for (UnprotectedClient client : advice.clients()) {
      json.writeStartObject();
      json.writeStringField("address", client.address());
      json.writeStringField("product", client.product());
      json.writeStringField("version", client.version());
      json.writeStringField("connection_name", client.connectionName());
      values.integer("heartbeat_s", client.heartbeatSeconds());
      json.writeNumberField("connections", client.connections());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
