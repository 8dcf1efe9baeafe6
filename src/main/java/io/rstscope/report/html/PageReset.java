package io.rstscope.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rstscope.judge.sender.Evidence;
import io.rstscope.judge.sender.Verdict;
import io.rstscope.net.FramePlace;
import io.rstscope.net.Side;
import io.rstscope.report.words.Format;
import io.rstscope.report.words.Stand;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.ResetPacket;
import java.io.File;
import java.io.IOException;
import java.util.function.LongFunction;

/** One reset of a connection: who sent it, what it looks like, and what speaks for and against. */
final class PageReset {
  private final JsonGenerator json;
  private final PageTexts texts;
  private final PageValues values;
  private final LongFunction<FramePlace> places;

  /**
   * @param places where a frame of a series lies, or null when the capture is no series
   */
  PageReset(JsonGenerator json, PageTexts texts, LongFunction<FramePlace> places) {
    this.json = json;
    this.texts = texts;
    this.places = places;
    this.values = new PageValues(json);
  }

  void write(ResetObservation reset, Verdict verdict) throws IOException {
    json.writeStartObject();
    json.writeNumberField("frame", reset.packet().frame());
    place(reset.packet().frame());
    json.writeFieldName("time");
    values.time(reset.packet().timeNanos());
    json.writeBooleanField("fromClient", reset.from() == Side.CLIENT);
    json.writeStringField("sender", verdict.sender().word());
    json.writeFieldName("confidence");
    values.decimal(verdict.confidence(), 2);
    json.writeBooleanField("peerMayBeProxy", verdict.peerMayBeProxy());
    json.writeStringField("role", reset.role().word());
    json.writeStringField("shape", reset.shape().word());
    json.writeFieldName("diagnostic");
    texts.refer(reset.packet().diagnostic(), json);
    json.writeArrayFieldStart("compared");
    compared(reset.packet(), reset.sender());
    json.writeEndArray();
    json.writeArrayFieldStart("evidence");
    for (Evidence evidence : verdict.evidence()) {
      evidence(evidence, Stand.of(evidence, verdict.sender()));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void place(long frame) throws IOException {
    if (places != null) {
      FramePlace place = places.apply(frame);
      json.writeFieldName("file");
      texts.refer(new File(place.file()).getName(), json);
      json.writeNumberField("fileFrame", place.frame());
    }
  }

  /** The reset beside the packets that its claimed sender sent before. */
  private void compared(ResetPacket packet, EndpointState before) throws IOException {
    boolean known = before.packets() > 0;
    compared("flags", Format.flags(packet.flags()), null);
    compared("TTL", Integer.toString(packet.ttl()), known ? Integer.toString(before.ttl()) : null);
    compared(
        "source MAC address", Format.mac(packet.mac()), known ? Format.mac(before.mac()) : null);
    compared("IP ID", number(packet.ipId()), known ? number(before.ipId()) : null);
    compared("window", number(packet.window()), known ? number(before.window()) : null);
    compared(
        "timestamps",
        yesNo(!packet.optionsCut(), packet.timestamps()),
        yesNo(before.timestampsKnown(), before.timestamps()));
  }

  private void compared(String what, String here, String before) throws IOException {
    json.writeStartArray();
    texts.refer(what, json);
    texts.refer(here, json);
    texts.refer(before, json);
    json.writeEndArray();
  }

  private static String number(int value) {
    return value < 0 ? null : Integer.toString(value);
  }

  private static String yesNo(boolean known, boolean value) {
    return !known ? null : value ? "yes" : "no";
  }

  private void evidence(Evidence evidence, String stand) throws IOException {
    json.writeStartArray();
    json.writeString(stand);
    json.writeString(evidence.clue().word());
    texts.refer(evidence.says(), json);
    json.writeStartArray();
    for (long frame : evidence.frames()) {
      json.writeNumber(frame);
    }
    json.writeEndArray();
    json.writeEndArray();
  }
}
