package io.rstscope.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rstscope.judge.sender.Elsewhere;
import io.rstscope.judge.sender.Evidence;
import io.rstscope.judge.sender.Verdict;
import io.rstscope.net.FramePlace;
import io.rstscope.report.words.Format;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.ResetPacket;
import java.io.IOException;
import java.util.function.LongFunction;

/** One reset as an element of a flow's {@code resets}. */
final class JsonReset {
  private final JsonGenerator json;
  private final JsonValues values;
  private final LongFunction<FramePlace> places;

  /**
   * @param places where a frame of a series lies, or null when the capture is no series
   */
  JsonReset(JsonGenerator json, LongFunction<FramePlace> places) {
    this.json = json;
    this.places = places;
    this.values = new JsonValues(json);
  }

  void write(ResetObservation reset, Verdict verdict) throws IOException {
    json.writeStartObject();
    json.writeNumberField(Field.RESET_FRAME.key(), reset.packet().frame());
    if (places != null) {
      FramePlace place = places.apply(reset.packet().frame());
      json.writeStringField(Field.RESET_FILE.key(), place.file());
      json.writeNumberField(Field.RESET_FILE_FRAME.key(), place.frame());
    }
    json.writeStringField(Field.RESET_TIME.key(), Format.rfc3339(reset.packet().timeNanos()));
    json.writeStringField(Field.RESET_DIRECTION.key(), Format.direction(reset.from()));
    json.writeStringField(Field.RESET_SENDER.key(), verdict.sender().word());
    values.probability(Field.RESET_CONFIDENCE.key(), verdict.confidence());
    json.writeBooleanField(Field.RESET_PROXY.key(), verdict.peerMayBeProxy());
    json.writeStringField(Field.RESET_ROLE.key(), reset.role().word());
    json.writeStringField(Field.RESET_SHAPE.key(), reset.shape().word());
    idle(reset);
    values.integerOrNull(
        Field.RESET_TRIGGER.key(), reset.trigger() == null ? -1 : reset.trigger().frame());
    values.milliseconds(
        Field.RESET_TRIGGER_DELAY.key(),
        reset.trigger() == null ? -1 : reset.trigger().delayNanos());
    values.integerOrNull(Field.RESET_SAME.key(), reset.samePacketAs());
    observed(reset);
    baseline(reset);
    after(reset);
    json.writeArrayFieldStart("evidence");
    for (Evidence each : verdict.evidence()) {
      evidence(each);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void idle(ResetObservation reset) throws IOException {
    json.writeObjectFieldStart("idle_s");
    values.seconds(Field.IDLE_SAME.key(), reset.idle().sameDirection());
    values.seconds(Field.IDLE_OPPOSITE.key(), reset.idle().opposite());
    values.seconds(Field.IDLE_PAYLOAD.key(), reset.idle().payload());
    values.seconds(Field.IDLE_BEFORE_TRIGGER.key(), reset.idle().beforeTrigger());
    json.writeEndObject();
  }

  private void observed(ResetObservation reset) throws IOException {
    ResetPacket packet = reset.packet();
    json.writeObjectFieldStart("observed");
    json.writeNumberField(Field.OBSERVED_TTL.key(), packet.ttl());
    values.mac(Field.OBSERVED_MAC.key(), packet.mac());
    values.integerOrNull(Field.OBSERVED_IP_ID.key(), packet.ipId());
    json.writeBooleanField(Field.OBSERVED_DF.key(), packet.dontFragment());
    json.writeStringField(Field.OBSERVED_FLAGS.key(), Format.flags(packet.flags()));
    json.writeNumberField(Field.OBSERVED_WINDOW.key(), packet.window());
    values.whether(Field.OBSERVED_TIMESTAMPS.key(), !packet.optionsCut(), packet.timestamps());
    values.integer(Field.OBSERVED_OFFSET.key(), reset.sequenceOffset());
    json.writeNumberField(Field.OBSERVED_PAYLOAD.key(), packet.payloadLength());
    json.writeStringField(Field.OBSERVED_DIAGNOSTIC.key(), packet.diagnostic());
    values.integerOrNull(Field.OBSERVED_MPTCP_REASON.key(), packet.mptcpReason());
    values.whether(
        Field.OBSERVED_MPTCP_TRANSIENT.key(), packet.mptcpReason() >= 0, packet.isMptcpTransient());
    json.writeEndObject();
  }

  private void baseline(ResetObservation reset) throws IOException {
    EndpointState sender = reset.sender();
    boolean known = sender.packets() > 0;
    json.writeObjectFieldStart("baseline");
    json.writeNumberField(Field.BASELINE_PACKETS.key(), sender.packets());
    values.integerOrNull(Field.BASELINE_TTL.key(), known ? sender.ttl() : -1);
    values.mac(Field.BASELINE_MAC.key(), sender.mac());
    values.integerOrNull(Field.BASELINE_IP_ID.key(), sender.ipId());
    values.integerOrNull(Field.BASELINE_WINDOW.key(), known ? sender.window() : -1);
    values.whether(Field.BASELINE_TIMESTAMPS.key(), sender.timestampsKnown(), sender.timestamps());
    values.milliseconds(Field.BASELINE_RTT.key(), sender.minRttNanos());
    json.writeEndObject();
  }

  private void after(ResetObservation reset) throws IOException {
    json.writeObjectFieldStart("after");
    json.writeNumberField(Field.AFTER_SAME.key(), reset.aftermath().sameDirection());
    json.writeNumberField(Field.AFTER_OPPOSITE.key(), reset.aftermath().opposite());
    values.integerOrNull(Field.AFTER_NEXT.key(), reset.aftermath().lifeFrame());
    json.writeEndObject();
  }

  private void evidence(Evidence evidence) throws IOException {
    json.writeStartObject();
    json.writeStringField(Field.EVIDENCE_ID.key(), evidence.clue().word());
    json.writeStringField(Field.EVIDENCE_POINTS_TO.key(), evidence.pointsTo().word());
    values.probability(Field.EVIDENCE_WEIGHT.key(), evidence.weight());
    json.writeStringField(Field.EVIDENCE_SAYS.key(), evidence.says());
    json.writeArrayFieldStart(Field.EVIDENCE_FRAMES.key());
    for (long frame : evidence.frames()) {
      json.writeNumber(frame);
    }
    json.writeEndArray();
    if (evidence.elsewhere() != null) {
      elsewhere(evidence.elsewhere());
    }
    json.writeEndObject();
  }

  private void elsewhere(Elsewhere elsewhere) throws IOException {
    json.writeStringField(Field.EVIDENCE_OTHER_CAPTURE.key(), elsewhere.capture());
    json.writeArrayFieldStart(Field.EVIDENCE_OTHER_FRAMES.key());
    for (long frame : elsewhere.frames()) {
      json.writeNumber(frame);
    }
    json.writeEndArray();
  }
}
