package io.rstscope.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.judge.cause.Ending;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.net.HostPort;
import io.rstscope.reset.ResetObservation;
import java.io.IOException;
import java.util.List;

/** A connection as a row of the page's table: an array, since there may be many. */
final class PageRow {
  /** What the elements of the array are. */
  static final List<String> COLUMNS =
      List.of(
          "capture",
          "ended",
          "client",
          "port",
          "broker",
          "name",
          "product",
          "outcome",
          "cause",
          "endedBy",
          "confidence",
          "idle",
          "heartbeat",
          "incident",
          "resetCount",
          "resets",
          "detail",
          "ladder");

  /** More are only counted: a killed consumer can cause hundreds. */
  static final int RESETS_SHOWN = 10;

  private PageRow() {}

  /**
   * @param capture number of the capture, from 0
   * @param detail number of what else there is to say of it, or {@link LimitedArray#LEFT_OUT}
   * @param ladder number of its packets, likewise
   */
  static void write(JsonGenerator json, int capture, FlowVerdict verdict, int detail, int ladder)
      throws IOException {
    PageValues values = new PageValues(json);
    Ending ending = verdict.ending();
    AmqpSnapshot amqp = verdict.flow().amqp();
    HostPort client = verdict.flow().client();
    json.writeStartArray();
    json.writeNumber(capture);
    values.time(verdict.endNanos());
    json.writeString(client.address());
    json.writeNumber(client.port());
    json.writeString(verdict.flow().broker().toString());
    values.text(amqp == null ? null : amqp.client().connectionName());
    values.text(amqp == null ? null : amqp.client().product());
    json.writeString(outcome(verdict));
    json.writeString(ending.cause().word());
    json.writeString(ending.endedBy().word());
    values.decimal(ending.confidence(), 2);
    values.seconds(ending.idleNanos());
    values.integer(amqp == null ? null : amqp.heartbeatSeconds());
    json.writeNumber(verdict.incident());
    json.writeNumber(verdict.flow().resets().size());
    resets(json, verdict);
    values.integer(detail == LimitedArray.LEFT_OUT ? null : detail);
    values.integer(ladder == LimitedArray.LEFT_OUT ? null : ladder);
    json.writeEndArray();
  }

  private static String outcome(FlowVerdict verdict) {
    if (verdict.ending().benign()) {
      return "harmless";
    }
    return verdict.isLost() ? "lost" : "refused";
  }

  /** Of each reset the time and who sent it. */
  private static void resets(JsonGenerator json, FlowVerdict verdict) throws IOException {
    PageValues values = new PageValues(json);
    List<ResetObservation> resets = verdict.flow().resets();
    json.writeStartArray();
    for (int i = 0; i < Math.min(resets.size(), RESETS_SHOWN); i++) {
      json.writeStartArray();
      values.time(resets.get(i).packet().timeNanos());
      json.writeString(verdict.verdicts().get(i).sender().word());
      json.writeEndArray();
    }
    json.writeEndArray();
  }
}
