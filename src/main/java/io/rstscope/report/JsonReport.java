package io.rstscope.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.ConnectionClose;
import io.rstscope.attribution.Ending;
import io.rstscope.attribution.Evidence;
import io.rstscope.attribution.FlowVerdict;
import io.rstscope.attribution.Verdict;
import io.rstscope.capture.SeriesSource.Place;
import io.rstscope.flow.HostPort;
import io.rstscope.flow.Segment;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.ResetPacket;
import io.rstscope.wire.MacAddress;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.function.LongFunction;
import org.HdrHistogram.Histogram;

/**
 * NDJSON: one object a line, {@code type} "flow" for each flow, at last one of {@code type}
 * "summary". Names are never changed, only added; {@link Vocabulary} documents each.
 */
public final class JsonReport implements ReportWriter {
  private static final int SCHEMA = 1;
  private static final double[] PERCENTILES = {50, 90, 99};

  private final JsonGenerator json;

  /** Writes to {@code out}, which is not closed but flushed at the end. */
  public JsonReport(Writer out) throws IOException {
    json = new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET).createGenerator(out);
    json.setRootValueSeparator(null);
  }

  @Override
  public void capture(CaptureReport capture) throws IOException {
    for (FlowVerdict flow : capture.flows()) {
      flow(capture, flow);
      json.writeRaw('\n');
    }
    json.flush();
  }

  private void flow(CaptureReport capture, FlowVerdict verdict) throws IOException {
    FlowObservation flow = verdict.flow();
    json.writeStartObject();
    json.writeStringField("type", "flow");
    json.writeNumberField("schema", SCHEMA);
    json.writeStringField("capture", capture.name());
    hostPort("client", flow.client());
    hostPort("broker", flow.broker());
    json.writeStringField("started", Format.rfc3339(flow.startedNanos()));
    json.writeStringField("last", Format.rfc3339(flow.lastNanos()));
    json.writeBooleanField("handshake_seen", flow.handshakeSeen());
    json.writeBooleanField("roles_guessed", flow.rolesGuessed());
    json.writeStringField("history", flow.history());
    seconds("longest_idle_s", flow.longestIdleNanos());
    json.writeNumberField("duplicates", flow.duplicates());
    amqp(flow.amqp());
    json.writeArrayFieldStart("resets");
    for (int i = 0; i < flow.resets().size(); i++) {
      reset(flow.resets().get(i), verdict.verdicts().get(i), capture.places());
    }
    json.writeEndArray();
    ending(verdict.ending());
    json.writeEndObject();
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
    json.writeStringField("state", word(amqp.state()));
    json.writeStringField("handshake_step", word(amqp.handshakeStep()));
    integer("heartbeat_s", amqp.heartbeatSeconds());
    integer("heartbeat_proposed_s", amqp.heartbeatProposedSeconds());
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
    json.writeStringField("proxied_client", proxied(amqp));
    json.writeBooleanField("incomplete", amqp.lostToGaps() || amqp.lostToSnapLength());
    json.writeEndObject();
  }

  private static String proxied(AmqpSnapshot amqp) {
    return amqp.proxy() == null || amqp.proxy().address() == null
        ? null
        : new HostPort(amqp.proxy().address(), amqp.proxy().port()).toString();
  }

  private void close(ConnectionClose close) throws IOException {
    json.writeFieldName("close");
    if (close == null) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    json.writeStringField("by", word(close.by()));
    integer("code", close.code() < 0 ? null : close.code());
    json.writeStringField("condition", close.condition());
    json.writeStringField("text", close.text());
    json.writeBooleanField("confirmed", close.confirmedBy() != null);
    json.writeEndObject();
  }

  private void reset(ResetObservation reset, Verdict verdict, LongFunction<Place> places)
      throws IOException {
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
    probability("confidence", verdict.confidence());
    json.writeBooleanField("peer_may_be_proxy", verdict.peerMayBeProxy());
    json.writeStringField("role", reset.role().word());
    json.writeStringField("shape", reset.shape().word());
    idle(reset);
    integerOrNull("trigger_frame", reset.trigger() == null ? -1 : reset.trigger().frame());
    milliseconds("trigger_delay_ms", reset.trigger() == null ? -1 : reset.trigger().delayNanos());
    integerOrNull("same_packet_as", reset.samePacketAs());
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
    seconds("same_direction", reset.idle().sameDirection());
    seconds("opposite", reset.idle().opposite());
    seconds("payload", reset.idle().payload());
    seconds("before_trigger", reset.idle().beforeTrigger());
    json.writeEndObject();
  }

  private void observed(ResetObservation reset) throws IOException {
    ResetPacket packet = reset.packet();
    json.writeObjectFieldStart("observed");
    json.writeNumberField("ttl", packet.ttl());
    json.writeStringField("mac", mac(packet.mac()));
    integerOrNull("ip_id", packet.ipId());
    json.writeBooleanField("dont_fragment", packet.dontFragment());
    json.writeStringField("flags", Format.flags(packet.flags()));
    json.writeNumberField("window", packet.window());
    json.writeBooleanField("timestamps", packet.timestamps());
    integer("seq_offset", reset.sequenceOffset());
    json.writeNumberField("payload_bytes", packet.payloadLength());
    json.writeStringField("diagnostic", packet.diagnostic());
    json.writeEndObject();
  }

  private void baseline(ResetObservation reset) throws IOException {
    EndpointState sender = reset.sender();
    boolean known = sender.packets() > 0;
    json.writeObjectFieldStart("baseline");
    json.writeNumberField("packets", sender.packets());
    integerOrNull("ttl", known ? sender.ttl() : -1);
    json.writeStringField("mac", mac(sender.mac()));
    integerOrNull("ip_id", sender.ipId());
    integerOrNull("window", known ? sender.window() : -1);
    json.writeFieldName("timestamps");
    if (known) {
      json.writeBoolean(sender.timestamps());
    } else {
      json.writeNull();
    }
    milliseconds("min_rtt_ms", sender.minRttNanos());
    json.writeEndObject();
  }

  private void after(ResetObservation reset) throws IOException {
    json.writeObjectFieldStart("after");
    json.writeNumberField("same_direction_packets", reset.aftermath().sameDirection());
    json.writeNumberField("opposite_packets", reset.aftermath().opposite());
    integerOrNull("next_frame", reset.aftermath().lifeFrame());
    json.writeEndObject();
  }

  private void evidence(Evidence evidence) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", evidence.clue().word());
    json.writeStringField("points_to", evidence.pointsTo().word());
    probability("weight", evidence.weight());
    json.writeStringField("says", evidence.says());
    json.writeArrayFieldStart("frames");
    for (long frame : evidence.frames()) {
      json.writeNumber(frame);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void ending(Ending ending) throws IOException {
    json.writeObjectFieldStart("ending");
    json.writeStringField("ended_by", ending.endedBy().word());
    json.writeStringField("cause", ending.cause().word());
    probability("confidence", ending.confidence());
    json.writeBooleanField("benign", ending.benign());
    seconds("idle_s", ending.idleNanos());
    json.writeStringField("says", ending.says());
    json.writeArrayFieldStart("advice");
    for (String advice : ending.advice()) {
      json.writeString(advice);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  @Override
  public void finish(Summary summary) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "summary");
    json.writeNumberField("schema", SCHEMA);
    json.writeBooleanField("complete", summary.complete());
    json.writeNumberField("resets", summary.resets());
    json.writeNumberField("harmless_resets", summary.harmlessResets());
    json.writeNumberField("lost_connections", summary.lost());
    json.writeNumberField("refused_connections", summary.refused());
    counts("resets_by_sender", summary.resetsBySender());
    counts("lost_by", summary.lostBySender());
    counts("causes", summary.endings());
    percentiles("idle_before_reset_s", summary.idleMicros(), 1e6);
    percentiles("min_rtt_ms", summary.rttMicros(), 1e3);
    json.writeArrayFieldStart("captures");
    for (CaptureReport capture : summary.captures()) {
      quality(capture);
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeRaw('\n');
    json.flush();
  }

  private void counts(String name, Map<? extends Enum<?>, Long> counts) throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<? extends Enum<?>, Long> entry : counts.entrySet()) {
      json.writeNumberField(word(entry.getKey()), entry.getValue());
    }
    json.writeEndObject();
  }

  private void percentiles(String name, Histogram micros, double unit) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("count", micros.getTotalCount());
    if (micros.getTotalCount() > 0) {
      number("min", micros.getMinValue() / unit);
      for (double percentile : PERCENTILES) {
        number("p" + (int) percentile, micros.getValueAtPercentile(percentile) / unit);
      }
      number("max", micros.getMaxValue() / unit);
    }
    json.writeEndObject();
  }

  private void quality(CaptureReport capture) throws IOException {
    CaptureQuality quality = capture.quality();
    json.writeStartObject();
    json.writeStringField("capture", capture.name());
    json.writeStringField("path", capture.path());
    json.writeBooleanField("complete", quality.complete());
    json.writeStringField("problem", quality.problem());
    boolean empty = quality.packets() == 0;
    json.writeStringField("first", empty ? null : Format.rfc3339(quality.firstNanos()));
    json.writeStringField("last", empty ? null : Format.rfc3339(quality.lastNanos()));
    json.writeNumberField("packets", quality.packets());
    json.writeNumberField("segments", quality.segments());
    json.writeNumberField("flows", quality.flows());
    json.writeNumberField("evicted_flows", quality.evictedFlows());
    json.writeNumberField("dropped_packets", quality.dropped());
    json.writeNumberField("cut_packets", quality.cutPackets());
    json.writeNumberField("undecoded_packets", quality.undecoded());
    json.writeNumberField("later_fragments", quality.laterFragments());
    json.writeNumberField("unknown_link_type_packets", quality.unknownLinkType());
    json.writeNumberField("duplicate_segments", quality.duplicates());
    json.writeNumberField("times_backwards", quality.backwards());
    json.writeEndObject();
  }

  // ---- values
  // ------------------------------------------------------------------------------------------------------

  private void integer(String name, Integer value) throws IOException {
    json.writeFieldName(name);
    if (value == null) {
      json.writeNull();
    } else {
      json.writeNumber(value);
    }
  }

  private void integerOrNull(String name, long value) throws IOException {
    json.writeFieldName(name);
    if (value < 0) {
      json.writeNull();
    } else {
      json.writeNumber(value);
    }
  }

  private void seconds(String name, long nanos) throws IOException {
    json.writeFieldName(name);
    if (nanos < 0) {
      json.writeNull();
    } else {
      decimal(nanos / 1e9, 6);
    }
  }

  private void milliseconds(String name, long nanos) throws IOException {
    json.writeFieldName(name);
    if (nanos < 0) {
      json.writeNull();
    } else {
      decimal(nanos / 1e6, 4);
    }
  }

  private void probability(String name, double value) throws IOException {
    json.writeFieldName(name);
    decimal(value, 2);
  }

  private void number(String name, double value) throws IOException {
    json.writeFieldName(name);
    decimal(value, 6);
  }

  private void decimal(double value, int digits) throws IOException {
    json.writeNumber(Format.decimal(value, digits));
  }

  private static String mac(long mac) {
    return mac == Segment.NO_MAC ? null : MacAddress.text(mac);
  }

  private static String word(Enum<?> value) {
    return Vocabulary.word(value);
  }
}
