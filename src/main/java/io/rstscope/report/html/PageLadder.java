package io.rstscope.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rstscope.decode.Segment;
import io.rstscope.net.Side;
import io.rstscope.report.model.ExcerptPacket;
import io.rstscope.report.model.FlowExcerpt;
import io.rstscope.report.words.OtherFrames;
import java.io.IOException;

/** The packets of a connection, of which the page draws a ladder diagram. */
final class PageLadder {
  private static final int[] FLAGS = {
    Segment.SYN, Segment.FIN, Segment.RST, Segment.PSH, Segment.ACK, Segment.URG
  };
  private static final String[] NAMES = {"SYN", "FIN", "RST", "PSH", "ACK", "URG"};

  private PageLadder() {}

  static void write(JsonGenerator json, PageTexts texts, FlowExcerpt excerpt, OtherFrames others)
      throws IOException {
    PageValues values = new PageValues(json);
    json.writeStartObject();
    json.writeNumberField("total", excerpt.total());
    json.writeArrayFieldStart("packets");
    for (ExcerptPacket packet : excerpt.packets()) {
      json.writeStartArray();
      json.writeNumber(packet.number());
      json.writeNumber(packet.frame());
      values.time(packet.nanos());
      values.seconds(packet.gapNanos());
      json.writeNumber(packet.from() == Side.CLIENT ? 1 : 0);
      json.writeNumber(packet.ttl());
      texts.refer(flags(packet.flags()), json);
      json.writeNumber(packet.sequence());
      json.writeNumber(packet.payloadLength());
      json.writeNumber(packet.window());
      texts.refer(packet.amqp(), json);
      if (!others.isEmpty()) {
        json.writeNumber(others.of(packet.frame()));
      }
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** {@code SYN ACK}, in the order in which people say them. */
  private static String flags(int flags) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < FLAGS.length; i++) {
      if ((flags & FLAGS[i]) != 0) {
        text.append(text.isEmpty() ? "" : " ").append(NAMES[i]);
      }
    }
    return text.toString();
  }
}
