package io.rstscope.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.HdrHistogram.Histogram;

/** The last object of the JSON report. */
final class JsonSummary {
  private static final double[] PERCENTILES = {50, 90, 99};

  private final JsonGenerator json;
  private final JsonValues values;

  JsonSummary(JsonGenerator json) {
    this.json = json;
    this.values = new JsonValues(json);
  }

  void write(Summary summary) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "summary");
    json.writeNumberField("schema", JsonReport.SCHEMA);
    json.writeBooleanField("complete", summary.complete());
    json.writeNumberField("resets", summary.resets());
    json.writeNumberField("harmless_resets", summary.harmlessResets());
    json.writeNumberField("harmless_connections", summary.harmless());
    json.writeNumberField("lost_connections", summary.lost());
    json.writeNumberField("refused_connections", summary.refused());
    json.writeNumberField("flows_left_out", summary.flowsLeftOut());
    json.writeNumberField("resets_left_out", summary.resetsLeftOut());
    values.counts("resets_by_sender", summary.resetsBySender());
    values.counts("lost_by", summary.lostBySender());
    values.counts("causes", summary.endings());
    percentiles("idle_before_reset_s", summary.idleMicros(), 1e6);
    percentiles("min_rtt_ms", summary.rttMicros(), 1e3);
    new JsonAcross(json).write(summary);
    new JsonLog(json).summary(summary);
    json.writeArrayFieldStart("captures");
    for (CaptureReport capture : summary.captures()) {
      quality(capture);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void percentiles(String name, Histogram micros, double unit) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("count", micros.getTotalCount());
    if (micros.getTotalCount() > 0) {
      values.number("min", micros.getMinValue() / unit);
      for (double percentile : PERCENTILES) {
        values.number("p" + (int) percentile, micros.getValueAtPercentile(percentile) / unit);
      }
      values.number("max", micros.getMaxValue() / unit);
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
    json.writeStringField("vantage", capture.recording().vantage().word());
    json.writeStringField(
        "vantage_from", capture.recording().vantageGiven() ? "given" : "inferred");
    boolean empty = quality.packets() == 0;
    json.writeStringField("first", empty ? null : Format.rfc3339(quality.firstNanos()));
    json.writeStringField("last", empty ? null : Format.rfc3339(quality.lastNanos()));
    json.writeNumberField("packets", quality.packets());
    json.writeNumberField("segments", quality.segments());
    json.writeNumberField("flows", quality.flows());
    json.writeNumberField("evicted_flows", quality.leftOut().evictedFlows());
    json.writeNumberField("evicted_attempts", quality.leftOut().evictedAttempts());
    json.writeNumberField("flows_left_out", quality.leftOut().flows());
    json.writeNumberField("resets_left_out", quality.leftOut().resets());
    json.writeNumberField("names_left_out", quality.leftOut().names());
    json.writeNumberField("dropped_packets", quality.dropped());
    json.writeNumberField("cut_packets", quality.cutPackets());
    json.writeNumberField("undecoded_packets", quality.undecoded());
    json.writeNumberField("later_fragments", quality.laterFragments());
    json.writeNumberField("unknown_link_type_packets", quality.unknownLinkType());
    json.writeNumberField("duplicate_segments", quality.duplicates());
    json.writeNumberField("times_backwards", quality.backwards());
    json.writeEndObject();
  }
}
