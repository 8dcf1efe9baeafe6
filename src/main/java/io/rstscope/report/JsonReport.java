package io.rstscope.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.ConnectionClose;
import io.rstscope.capture.SeriesSource.Place;
import io.rstscope.flow.HostPort;
import io.rstscope.judge.advice.Advice;
import io.rstscope.judge.advice.Check;
import io.rstscope.judge.cause.Alternative;
import io.rstscope.judge.cause.CauseEvidence;
import io.rstscope.judge.cause.Ending;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.context.ProxiedClient;
import io.rstscope.judge.context.ProxySign;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.Term;
import java.io.IOException;
import java.io.Writer;
import java.util.function.LongFunction;

/**
 * NDJSON: one object a line, {@code type} "flow" for each flow, at last one of {@code type}
 * "summary". Names are never changed, only added; {@link Vocabulary} documents each.
 */
public final class JsonReport implements ReportWriter, NoticeWriter {
  static final int SCHEMA = 1;

  private final JsonGenerator json;
  private final JsonValues values;

  /** Writes to {@code out}, which is not closed but flushed at the end. */
  public JsonReport(Writer out) throws IOException {
    json = new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET).createGenerator(out);
    json.setCharacterEscapes(new PlainEscapes());
    json.setRootValueSeparator(null);
    values = new JsonValues(json);
  }

  @Override
  public void capture(CaptureReport capture) throws IOException {
    for (FlowVerdict flow : capture.flows()) {
      json.writeStartObject();
      flow(capture.name(), capture.places(), flow);
      new JsonLog(json).flow(capture, flow);
      endLine();
    }
    json.flush();
  }

  @Override
  public void notice(Notice notice) throws IOException {
    json.writeStartObject();
    flow(notice.source(), null, notice.verdict());
    json.writeNumberField("number", notice.number());
    json.writeNumberField("revision", notice.revision());
    json.writeNumberField("dropped_near", notice.dropped());
    values.number("clock_step_s", notice.clockStepNanos() / 1e9);
    endLine();
    json.flush();
  }

  private void endLine() throws IOException {
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private void flow(String capture, LongFunction<Place> places, FlowVerdict verdict)
      throws IOException {
    FlowObservation flow = verdict.flow();
    json.writeStringField("type", "flow");
    json.writeNumberField("schema", SCHEMA);
    json.writeStringField("capture", capture);
    hostPort("client", flow.client());
    hostPort("broker", flow.broker());
    json.writeStringField("started", Format.rfc3339(flow.startedNanos()));
    json.writeStringField("last", Format.rfc3339(flow.lastNanos()));
    json.writeBooleanField("handshake_seen", flow.handshakeSeen());
    json.writeBooleanField("roles_guessed", flow.rolesGuessed());
    json.writeStringField("history", flow.history());
    values.seconds("longest_idle_s", flow.longestIdleNanos());
    json.writeNumberField("duplicates", flow.duplicates());
    amqp(flow.amqp());
    JsonReset resets = new JsonReset(json, places);
    json.writeArrayFieldStart("resets");
    for (int i = 0; i < flow.resets().size(); i++) {
      resets.write(flow.resets().get(i), verdict.verdicts().get(i));
    }
    json.writeEndArray();
    json.writeNumberField("resets_left_out", flow.resetsLeftOut());
    values.strings("proxy_signs", verdict.proxySigns().stream().map(ProxySign::word).toList());
    ending(verdict);
    json.writeStringField(
        "other_leg", verdict.otherLeg() == null ? null : verdict.otherLeg().toString());
    values.integerOrNull("incident", verdict.incident() == 0 ? -1 : verdict.incident());
  }

  private void hostPort(String name, HostPort side) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("address", side.address());
    json.writeNumberField("port", side.port());
    json.writeEndObject();
  }

  private void amqp(AmqpSnapshot amqp) throws IOException {
    json.writeFieldName("amqp");
    if (amqp == null) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    json.writeStringField("protocol", amqp.protocol().label());
    json.writeStringField("state", Term.ofName(amqp.state()));
    json.writeStringField("handshake_step", Term.ofName(amqp.handshakeStep()));
    values.integer("heartbeat_s", amqp.heartbeatSeconds());
    values.integer("heartbeat_proposed_s", amqp.heartbeatProposedSeconds());
    json.writeNumberField("heartbeats_from_client", amqp.heartbeatsFromClient());
    json.writeNumberField("heartbeats_from_broker", amqp.heartbeatsFromBroker());
    json.writeStringField("vhost", amqp.vhost());
    json.writeStringField("product", amqp.client().product());
    json.writeStringField("version", amqp.client().version());
    json.writeStringField("platform", amqp.client().platform());
    json.writeStringField("connection_name", amqp.client().connectionName());
    close(amqp.close());
    json.writeBooleanField("blocked", amqp.blocked());
    json.writeStringField("blocked_reason", amqp.blockedReason());
    HostPort proxied = ProxiedClient.of(amqp);
    json.writeStringField("proxied_client", proxied == null ? null : proxied.toString());
    json.writeBooleanField("incomplete", amqp.lostToGaps() || amqp.lostToSnapLength());
    json.writeEndObject();
  }

  private void close(ConnectionClose close) throws IOException {
    json.writeFieldName("close");
    if (close == null) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    json.writeStringField("by", Term.ofName(close.by()));
    values.integerOrNull("code", close.code());
    json.writeStringField("condition", close.condition());
    json.writeStringField("text", close.text());
    json.writeBooleanField("confirmed", close.confirmedBy() != null);
    json.writeEndObject();
  }

  private void ending(FlowVerdict verdict) throws IOException {
    Ending ending = verdict.ending();
    json.writeObjectFieldStart("ending");
    json.writeStringField("ended_by", ending.endedBy().word());
    json.writeStringField("cause", ending.cause().word());
    values.probability("confidence", ending.confidence());
    json.writeBooleanField("benign", ending.benign());
    values.seconds("idle_s", ending.idleNanos());
    json.writeStringField("says", ending.says());
    json.writeArrayFieldStart("alternatives");
    for (Alternative each : ending.alternatives()) {
      json.writeStartObject();
      json.writeStringField("cause", each.cause().word());
      values.probability("probability", each.probability());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("evidence");
    for (CauseEvidence each : ending.evidence()) {
      causeEvidence(each);
    }
    json.writeEndArray();
    advice(Advice.on(verdict));
    json.writeEndObject();
  }

  /** In the form of the resets' evidence. */
  private void causeEvidence(CauseEvidence evidence) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", evidence.fact().word());
    json.writeStringField("points_to", evidence.pointsTo().word());
    values.probability("weight", evidence.weight());
    json.writeStringField("says", evidence.says());
    json.writeArrayFieldStart("frames");
    for (long frame : evidence.frames()) {
      json.writeNumber(frame);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void advice(Advice advice) throws IOException {
    values.strings("advice", advice.toDo());
    json.writeArrayFieldStart("checks");
    for (Check check : advice.checks()) {
      json.writeStartObject();
      json.writeStringField("on", check.on());
      json.writeStringField("look_for", check.lookFor());
      json.writeStringField("command", check.command());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  @Override
  public void finish(Summary summary) throws IOException {
    new JsonSummary(json).write(summary);
    json.writeRaw('\n');
    json.flush();
  }
}
