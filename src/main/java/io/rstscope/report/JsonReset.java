package io.rstscope.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rstscope.capture.SeriesSource.Place;
import io.rstscope.judge.sender.Evidence;
import io.rstscope.judge.sender.Verdict;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.ResetPacket;
import java.io.IOException;
import java.util.function.LongFunction;

/** One reset as an element of a flow's {@code resets}. */
final class JsonReset {
  private final JsonGenerator json;
  private final JsonValues values;
  private final LongFunction<Place> places;

  /**
   * @param places where a frame of a series lies, or null when the capture is no series
   */
  JsonReset(JsonGenerator json, LongFunction<Place> places) {
    this.json = json;
    this.places = places;
    this.values = new JsonValues(json);
  }

  void write(ResetObservation reset, Verdict verdict) throws IOException {
    json.writeStartObject();
    json.writeNumberField("frame", reset.packet().frame());
    if (places != null) {
      Place place = places.apply(reset.packet().frame());
      json.writeStringField("file", place.file());
      json.writeNumberField("file_frame", place.frame());
    }
    json.writeStringField("time", Format.rfc3339(reset.packet().timeNanos()));
    json.writeStringField("direction", Format.direction(reset.fromClient()));
    json.writeStringField("sender", verdict.sender().word());
    values.probability("confidence", verdict.confidence());
    json.writeBooleanField("peer_may_be_proxy", verdict.peerMayBeProxy());
    json.writeStringField("role", reset.role().word());
    json.writeStringField("shape", reset.shape().word());
    idle(reset);
    values.integerOrNull("trigger_frame", reset.trigger() == null ? -1 : reset.trigger().frame());
    values.milliseconds(
        "trigger_delay_ms", reset.trigger() == null ? -1 : reset.trigger().delayNanos());
    values.integerOrNull("same_packet_as", reset.samePacketAs());
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
    values.seconds("same_direction", reset.idle().sameDirection());
    values.seconds("opposite", reset.idle().opposite());
    values.seconds("payload", reset.idle().payload());
    values.seconds("before_trigger", reset.idle().beforeTrigger());
    json.writeEndObject();
  }

  private void observed(ResetObservation reset) throws IOException {
    ResetPacket packet = reset.packet();
    json.writeObjectFieldStart("observed");
    json.writeNumberField("ttl", packet.ttl());
    values.mac("mac", packet.mac());
    values.integerOrNull("ip_id", packet.ipId());
    json.writeBooleanField("dont_fragment", packet.dontFragment());
    json.writeStringField("flags", Format.flags(packet.flags()));
    json.writeNumberField("window", packet.window());
    values.whether("timestamps", !packet.optionsCut(), packet.timestamps());
    values.integer("seq_offset", reset.sequenceOffset());
    json.writeNumberField("payload_bytes", packet.payloadLength());
    json.writeStringField("diagnostic", packet.diagnostic());
    json.writeEndObject();
  }

  private void baseline(ResetObservation reset) throws IOException {
    EndpointState sender = reset.sender();
    boolean known = sender.packets() > 0;
    json.writeObjectFieldStart("baseline");
    json.writeNumberField("packets", sender.packets());
    values.integerOrNull("ttl", known ? sender.ttl() : -1);
    values.mac("mac", sender.mac());
    values.integerOrNull("ip_id", sender.ipId());
    values.integerOrNull("window", known ? sender.window() : -1);
    values.whether("timestamps", sender.timestampsKnown(), sender.timestamps());
    values.milliseconds("min_rtt_ms", sender.minRttNanos());
    json.writeEndObject();
  }

  private void after(ResetObservation reset) throws IOException {
    json.writeObjectFieldStart("after");
    json.writeNumberField("same_direction_packets", reset.aftermath().sameDirection());
    json.writeNumberField("opposite_packets", reset.aftermath().opposite());
    values.integerOrNull("next_frame", reset.aftermath().lifeFrame());
    json.writeEndObject();
  }

  private void evidence(Evidence evidence) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", evidence.clue().word());
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
}
