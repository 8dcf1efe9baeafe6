package io.rstscope.report.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.ConnectionClose;
import io.rstscope.judge.Rules;
import io.rstscope.judge.advice.Advice;
import io.rstscope.judge.advice.Check;
import io.rstscope.judge.cause.Alternative;
import io.rstscope.judge.cause.CauseEvidence;
import io.rstscope.judge.cause.Ending;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.cause.Witnesses;
import io.rstscope.judge.context.ProxiedClient;
import io.rstscope.judge.context.ProxySign;
import io.rstscope.judge.incident.Incident;
import io.rstscope.judge.timer.TimerWitness;
import io.rstscope.net.FramePlace;
import io.rstscope.net.HostPort;
import io.rstscope.net.Term;
import io.rstscope.report.Vocabulary;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.IncidentNotice;
import io.rstscope.report.model.Notice;
import io.rstscope.report.model.NoticeWriter;
import io.rstscope.report.model.ReportWriter;
import io.rstscope.report.model.Summary;
import io.rstscope.report.words.Format;
import io.rstscope.report.words.IncidentText;
import io.rstscope.reset.FlowObservation;
import java.io.IOException;
import java.io.Writer;
import java.util.function.LongFunction;

/**
 * NDJSON: one object a line, {@code type} "flow" for each flow, at last one of {@code type}
 * "summary". Names are never changed, only added; {@link Vocabulary} documents each.
 */
public final class JsonReport implements ReportWriter, NoticeWriter {
  static final int SCHEMA = 1;

  /**
   * Where flows come from.
   *
   * @param sha256 of the capture's content, or null when nobody has asked for it
   * @param brokerHost what the user calls the broker's host, or null
   */
  private record Origin(String capture, String source, String sha256, String brokerHost) {
    Origin(CaptureReport report) {
      this(report.fileName(), report.path(), report.sha256(), report.brokerHost());
    }
  }

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
      flow(new Origin(capture), capture.places(), flow);
      new JsonLog(json).flow(capture, flow);
      endLine();
    }
    json.flush();
  }

  @Override
  public void notice(Notice notice) throws IOException {
    json.writeStartObject();
    fields(notice);
    endLine();
    json.flush();
  }

  private void fields(Notice notice) throws IOException {
    flow(new Origin(notice.source(), notice.source(), null, null), null, notice.verdict());
    json.writeNumberField(Field.NOTICE_NUMBER.key(), notice.number());
    json.writeNumberField(Field.REVISION.key(), notice.revision());
    json.writeNumberField(Field.DROPPED_NEAR.key(), notice.dropped());
    values.number(Field.CLOCK_STEP.key(), notice.clockStepNanos() / 1e9);
    values.number(Field.NOT_CAPTURED.key(), notice.notCapturedNanos() / 1e9);
    json.writeStringField(Field.LISTENER.key(), notice.listener());
    json.writeStringField(Field.CLIENT_NAME.key(), notice.clientName());
    json.writeStringField(Field.BROKER_NAME.key(), notice.brokerName());
  }

  /**
   * Writes an object of {@code type} "incident" and flushes.
   *
   * @throws IOException when the output cannot be written
   */
  public void incident(IncidentNotice notice) throws IOException {
    json.writeStartObject();
    json.writeStringField(Field.TYPE.key(), "incident");
    json.writeNumberField(Field.SCHEMA.key(), SCHEMA);
    json.writeStringField(Field.RULES.key(), Rules.version());
    json.writeStringField(Field.EVENT_ANSWER.key(), IncidentText.of(notice));
    json.writeNumberField(Field.LOST.key(), notice.losses().total());
    json.writeArrayFieldStart(Field.INCIDENTS.key());
    for (Incident each : notice.incidents()) {
      new JsonAcross(json).incident(notice.first().source(), notice.first().source(), each);
    }
    json.writeEndArray();
    json.writeNumberField(Field.INCIDENTS_LEFT_OUT.key(), notice.incidentsLeftOut());
    json.writeObjectFieldStart("missed");
    json.writeNumberField(Field.MISSED_EVENTS.key(), notice.missed().events());
    json.writeNumberField(Field.MISSED_LOST.key(), notice.missed().losses());
    json.writeEndObject();
    json.writeObjectFieldStart(Field.EVENT_FLOW.key());
    fields(notice.first());
    json.writeEndObject();
    endLine();
    json.flush();
  }

  private void endLine() throws IOException {
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private void flow(Origin origin, LongFunction<FramePlace> places, FlowVerdict verdict)
      throws IOException {
    FlowObservation flow = verdict.flow();
    json.writeStringField(Field.TYPE.key(), "flow");
    json.writeNumberField(Field.SCHEMA.key(), SCHEMA);
    json.writeStringField(Field.CAPTURE.key(), origin.capture());
    json.writeStringField(Field.SOURCE.key(), origin.source());
    if (origin.sha256() != null) {
      json.writeStringField(Field.SHA256.key(), origin.sha256());
    }
    json.writeStringField(Field.RULES.key(), Rules.version());
    hostPort("client", flow.client());
    hostPort("broker", flow.broker());
    String named = origin.brokerHost();
    json.writeStringField(Field.BROKER_HOST.key(), named == null ? flow.broker().address() : named);
    json.writeStringField(Field.STARTED.key(), Format.rfc3339(flow.startedNanos()));
    json.writeStringField(Field.LAST.key(), Format.rfc3339(flow.lastNanos()));
    json.writeBooleanField(Field.HANDSHAKE_SEEN.key(), flow.handshakeSeen());
    json.writeBooleanField(Field.ROLES_GUESSED.key(), flow.rolesGuessed());
    json.writeStringField(Field.HISTORY.key(), flow.history());
    values.seconds(Field.LONGEST_IDLE.key(), flow.longestIdleNanos());
    json.writeNumberField(Field.DUPLICATES.key(), flow.duplicates());
    amqp(flow);
    JsonReset resets = new JsonReset(json, places);
    json.writeArrayFieldStart(Field.RESETS.key());
    for (int i = 0; i < flow.resets().size(); i++) {
      resets.write(flow.resets().get(i), verdict.verdicts().get(i));
    }
    json.writeEndArray();
    json.writeNumberField(Field.FLOW_RESETS_LEFT_OUT.key(), flow.resetsLeftOut());
    values.strings(
        Field.PROXY_SIGNS.key(), verdict.proxySigns().stream().map(ProxySign::word).toList());
    ending(verdict);
    json.writeStringField(
        Field.OTHER_LEG.key(), verdict.otherLeg() == null ? null : verdict.otherLeg().toString());
    values.integerOrNull(
        Field.INCIDENT_OF.key(), verdict.incident() == 0 ? -1 : verdict.incident());
    witness(Witnesses.of(verdict));
  }

  private void witness(TimerWitness witness) throws IOException {
    json.writeFieldName("timer_witness");
    if (witness == null) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    json.writeStringField(Field.WITNESS_EXPIRY.key(), witness.expiry().word());
    values.seconds(Field.WITNESS_IDLE.key(), witness.silenceNanos());
    json.writeStringField(Field.WITNESS_END.key(), Format.rfc3339(witness.endNanos()));
    json.writeBooleanField(Field.WITNESS_SURE.key(), witness.sure());
    json.writeEndObject();
  }

  private void hostPort(String name, HostPort side) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField(Field.CLIENT_ADDRESS.key(), side.address());
    json.writeNumberField(Field.CLIENT_PORT.key(), side.port());
    json.writeEndObject();
  }

  private void amqp(FlowObservation flow) throws IOException {
    AmqpSnapshot amqp = flow.amqp();
    json.writeFieldName("amqp");
    if (amqp == null) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    json.writeStringField(Field.AMQP_PROTOCOL.key(), amqp.protocol().label());
    json.writeStringField(Field.AMQP_STATE.key(), Term.ofName(amqp.state()));
    json.writeStringField(Field.AMQP_STEP.key(), Term.ofName(amqp.handshakeStep()));
    values.integer(Field.AMQP_HEARTBEAT.key(), amqp.heartbeatSeconds());
    values.integer(Field.AMQP_HEARTBEAT_PROPOSED.key(), amqp.heartbeatProposedSeconds());
    json.writeNumberField(Field.AMQP_HEARTBEATS_CLIENT.key(), amqp.heartbeatsFromClient());
    json.writeNumberField(Field.AMQP_HEARTBEATS_BROKER.key(), amqp.heartbeatsFromBroker());
    json.writeStringField(Field.AMQP_VHOST.key(), amqp.vhost());
    json.writeStringField(Field.AMQP_PRODUCT.key(), amqp.client().product());
    json.writeStringField(Field.AMQP_VERSION.key(), amqp.client().version());
    json.writeStringField(Field.AMQP_PLATFORM.key(), amqp.client().platform());
    json.writeStringField(Field.AMQP_NAME.key(), amqp.client().connectionName());
    json.writeStringField(Field.AMQP_USER.key(), flow.account().user());
    values.strings(Field.AMQP_LISTED.key(), flow.account().listed());
    close(amqp.close());
    json.writeBooleanField(Field.AMQP_BLOCKED.key(), amqp.blocked());
    json.writeStringField(Field.AMQP_BLOCKED_REASON.key(), amqp.blockedReason());
    HostPort proxied = ProxiedClient.of(amqp);
    json.writeStringField(Field.AMQP_PROXIED.key(), proxied == null ? null : proxied.toString());
    json.writeBooleanField(
        Field.AMQP_INCOMPLETE.key(), amqp.lostToGaps() || amqp.lostToSnapLength());
    json.writeEndObject();
  }

  private void close(ConnectionClose close) throws IOException {
    json.writeFieldName("close");
    if (close == null) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    json.writeStringField(Field.AMQP_CLOSE_BY.key(), Term.ofName(close.by()));
    values.integerOrNull(Field.AMQP_CLOSE_CODE.key(), close.code());
    json.writeStringField(Field.AMQP_CLOSE_CONDITION.key(), close.condition());
    json.writeStringField(Field.AMQP_CLOSE_TEXT.key(), close.text());
    json.writeBooleanField(Field.AMQP_CLOSE_CONFIRMED.key(), close.confirmedBy() != null);
    json.writeEndObject();
  }

  private void ending(FlowVerdict verdict) throws IOException {
    Ending ending = verdict.ending();
    json.writeObjectFieldStart("ending");
    json.writeStringField(Field.ENDED_BY.key(), ending.endedBy().word());
    json.writeStringField(Field.CAUSE.key(), ending.cause().word());
    json.writeStringField(Field.ENDING_TIME.key(), Format.rfc3339(verdict.endNanos()));
    values.probability(Field.ENDING_CONFIDENCE.key(), ending.confidence());
    json.writeBooleanField(Field.BENIGN.key(), ending.benign());
    values.seconds(Field.ENDING_IDLE.key(), ending.idleNanos());
    json.writeStringField(Field.ENDING_SAYS.key(), ending.says());
    json.writeArrayFieldStart("alternatives");
    for (Alternative each : ending.alternatives()) {
      json.writeStartObject();
      json.writeStringField(Field.ALTERNATIVE_CAUSE.key(), each.cause().word());
      values.probability(Field.ALTERNATIVE_PROBABILITY.key(), each.probability());
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
    json.writeStringField(Field.ENDING_EVIDENCE_ID.key(), evidence.fact().word());
    json.writeStringField(Field.ENDING_EVIDENCE_POINTS_TO.key(), evidence.pointsTo().word());
    values.probability(Field.ENDING_EVIDENCE_WEIGHT.key(), evidence.weight());
    json.writeStringField(Field.ENDING_EVIDENCE_SAYS.key(), evidence.says());
    json.writeArrayFieldStart(Field.ENDING_EVIDENCE_FRAMES.key());
    for (long frame : evidence.frames()) {
      json.writeNumber(frame);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void advice(Advice advice) throws IOException {
    values.strings(Field.ADVICE.key(), advice.toDo());
    json.writeArrayFieldStart(Field.CHECKS.key());
    for (Check check : advice.checks()) {
      json.writeStartObject();
      json.writeStringField(Field.CHECK_ON.key(), check.on());
      json.writeStringField(Field.CHECK_FOR.key(), check.lookFor());
      json.writeStringField(Field.CHECK_COMMAND.key(), check.command());
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
