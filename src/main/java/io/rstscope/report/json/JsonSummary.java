package io.rstscope.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rstscope.judge.Rules;
import io.rstscope.report.model.CaptureQuality;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.HostTcp;
import io.rstscope.report.model.Summary;
import io.rstscope.report.words.Format;
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
    json.writeStringField(Field.TYPE.key(), "summary");
    json.writeNumberField(Field.SCHEMA.key(), JsonReport.SCHEMA);
    json.writeStringField(Field.RULES.key(), Rules.version());
    json.writeBooleanField(Field.COMPLETE.key(), summary.complete());
    json.writeNumberField(Field.RESETS.key(), summary.resets());
    json.writeNumberField(Field.HARMLESS.key(), summary.harmlessResets());
    json.writeNumberField(Field.HARMLESS_CONNECTIONS.key(), summary.harmless());
    json.writeNumberField(Field.LOST.key(), summary.lost());
    json.writeNumberField(Field.REFUSED.key(), summary.refused());
    json.writeNumberField(Field.FLOWS_LEFT_OUT.key(), summary.flowsLeftOut());
    json.writeNumberField(Field.FLOW_RESETS_LEFT_OUT.key(), summary.resetsLeftOut());
    values.counts(Field.BY_SENDER.key(), summary.resetsBySender());
    values.counts(Field.LOST_BY.key(), summary.lostBySender());
    values.counts(Field.CAUSES.key(), summary.endings());
    percentiles(Field.IDLE_HISTOGRAM.key(), summary.idleMicros(), 1e6);
    percentiles(Field.RTT_HISTOGRAM.key(), summary.rttMicros(), 1e3);
    new JsonAcross(json).write(summary);
    new JsonLog(json).summary(summary);
    new JsonOtherSide(json).summary(summary);
    host(summary.host());
    json.writeArrayFieldStart(Field.CAPTURES.key());
    for (CaptureReport capture : summary.captures()) {
      quality(capture);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void host(HostTcp host) throws IOException {
    if (host != null) {
      json.writeObjectFieldStart("host_tcp");
      values.counts(Field.HOST_COUNTED.key(), host.counted());
      json.writeNumberField(Field.HOST_CAPTURED.key(), host.captured());
      json.writeNumberField(Field.HOST_NOT_OF_SOCKETS.key(), host.notOfSockets());
      json.writeEndObject();
    }
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
    json.writeStringField(Field.CAPTURE_NAME.key(), capture.fileName());
    json.writeStringField(Field.CAPTURE_PATH.key(), capture.path());
    if (capture.sha256() != null) {
      json.writeStringField(Field.CAPTURE_SHA256.key(), capture.sha256());
    }
    json.writeBooleanField(Field.CAPTURE_COMPLETE.key(), quality.complete());
    json.writeStringField(Field.CAPTURE_PROBLEM.key(), quality.problem());
    json.writeStringField(Field.CAPTURE_VANTAGE.key(), capture.recording().vantage().word());
    json.writeStringField(
        Field.CAPTURE_VANTAGE_FROM.key(),
        capture.recording().vantageGiven() ? "given" : "inferred");
    boolean timed = quality.hasTimes();
    json.writeStringField(
        Field.CAPTURE_FIRST.key(), timed ? Format.rfc3339(quality.firstNanos()) : null);
    json.writeStringField(
        Field.CAPTURE_LAST.key(), timed ? Format.rfc3339(quality.lastNanos()) : null);
    json.writeNumberField(Field.CAPTURE_PACKETS.key(), quality.packets());
    json.writeNumberField(Field.CAPTURE_SEGMENTS.key(), quality.segments());
    json.writeNumberField(Field.CAPTURE_FLOWS.key(), quality.flows());
    json.writeNumberField(Field.CAPTURE_EVICTED.key(), quality.leftOut().evictedFlows());
    json.writeNumberField(
        Field.CAPTURE_EVICTED_ATTEMPTS.key(), quality.leftOut().evictedAttempts());
    json.writeNumberField(Field.CAPTURE_FLOWS_LEFT_OUT.key(), quality.leftOut().flows());
    json.writeNumberField(Field.CAPTURE_RESETS_LEFT_OUT.key(), quality.leftOut().resets());
    json.writeNumberField(Field.CAPTURE_NAMES_LEFT_OUT.key(), quality.leftOut().names());
    json.writeNumberField(Field.CAPTURE_DROPPED.key(), quality.dropped());
    json.writeNumberField(Field.CAPTURE_CUT.key(), quality.cutPackets());
    json.writeNumberField(Field.CAPTURE_UNDECODED.key(), quality.undecoded());
    json.writeNumberField(Field.CAPTURE_FRAGMENTS.key(), quality.laterFragments());
    json.writeNumberField(Field.CAPTURE_LINK_TYPE.key(), quality.unknownLinkType());
    json.writeNumberField(Field.CAPTURE_ONE_SIDED.key(), quality.oneSided());
    json.writeNumberField(Field.CAPTURE_DUPLICATES.key(), quality.duplicates());
    json.writeNumberField(Field.CAPTURE_BACKWARDS.key(), quality.backwards());
    json.writeNumberField(Field.CAPTURE_SET_FORWARD.key(), quality.setForwardNanos() / 1e9);
    json.writeEndObject();
  }
}
