package io.rstscope.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rstscope.judge.incident.Incident;
import io.rstscope.judge.sender.ClueKind;
import io.rstscope.judge.sender.Sender;
import io.rstscope.judge.timer.IdleTimer;
import io.rstscope.judge.timer.KnownDevice;
import io.rstscope.net.Term;
import io.rstscope.report.json.JsonValues;
import io.rstscope.report.model.CaptureReport;
import io.rstscope.report.model.Outcome;
import io.rstscope.report.model.Summary;
import io.rstscope.report.words.AcrossText;
import io.rstscope.report.words.IncidentText;
import io.rstscope.report.words.Printable;
import io.rstscope.reset.Role;
import io.rstscope.reset.Shape;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/** What a page says of all connections together. */
final class PageSummary {
  private final JsonGenerator json;
  private final Summary summary;
  private final LimitedArray incidents = new LimitedArray(200_000);
  private final LimitedArray idleTimers = new LimitedArray(100_000);

  PageSummary(JsonGenerator json, Summary summary) {
    this.json = json;
    this.summary = summary;
  }

  void write() throws IOException {
    totals();
    across();
    knownTimers();
    words();
  }

  /** Incidents that are not on the page. */
  long incidentsLeftOut() {
    return summary.incidentsLeftOut() + incidents.leftOut();
  }

  private void totals() throws IOException {
    json.writeObjectFieldStart("totals");
    Outcome outcome = summary.outcome();
    json.writeNumberField("lost", outcome.losses().total());
    json.writeNumberField("refused", outcome.refused());
    json.writeNumberField("halfOpen", outcome.halfOpen());
    json.writeNumberField("harmless", outcome.harmlessTotal());
    json.writeNumberField("resets", summary.resets());
    json.writeNumberField("harmlessResets", summary.harmlessResets());
    json.writeEndObject();
    new JsonValues(json).counts("resetsBySender", summary.resetsBySender());
  }

  private void across() throws IOException {
    List<CaptureReport> captures = summary.captures();
    json.writeArrayFieldStart("heartbeats");
    AcrossText together = new AcrossText(summary);
    for (String says : together.heartbeats()) {
      json.writeString(Printable.of(says));
    }
    json.writeEndArray();
    json.writeNumberField("heartbeatsSave", together.prevented());
    for (int i = 0; i < captures.size(); i++) {
      int number = i;
      for (Incident each : captures.get(i).verdict().incidents()) {
        incidents.add(to -> incident(to, number, each));
      }
      for (IdleTimer each : captures.get(i).verdict().idleTimers()) {
        idleTimers.add(to -> timer(to, captures.get(number).name(), each));
      }
    }
    incidents.write("incidents", json);
    idleTimers.write("idleTimers", json);
  }

  private static void incident(JsonGenerator json, int capture, Incident incident)
      throws IOException {
    PageValues values = new PageValues(json);
    json.writeStartObject();
    json.writeNumberField("capture", capture);
    json.writeNumberField("number", incident.number());
    json.writeFieldName("first");
    values.time(incident.firstNanos());
    json.writeFieldName("last");
    values.time(incident.lastNanos());
    json.writeNumberField("connections", incident.connections());
    json.writeStringField("cause", incident.cause().word());
    json.writeStringField("endedBy", incident.endedBy().word());
    json.writeStringField("says", Printable.of(IncidentText.of(incident)));
    json.writeEndObject();
  }

  private static void timer(JsonGenerator json, String capture, IdleTimer timer)
      throws IOException {
    PageValues values = new PageValues(json);
    json.writeStartObject();
    json.writeStringField("capture", Printable.of(capture));
    json.writeFieldName("atLeast");
    values.seconds(timer.atLeastNanos());
    json.writeFieldName("atMost");
    values.seconds(timer.atMostNanos());
    json.writeBooleanField("exact", timer.expiry().isExact());
    json.writeBooleanField("contradicted", timer.contradicted());
    json.writeStringField("expiry", timer.expiry().explanation());
    json.writeStringField("says", Printable.of(timer.says()));
    json.writeArrayFieldStart("mayBe");
    for (KnownDevice device : timer.mayBe()) {
      json.writeString(device.title());
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void knownTimers() throws IOException {
    json.writeArrayFieldStart("knownTimers");
    for (KnownDevice device : KnownDevice.values()) {
      json.writeStartObject();
      json.writeNumberField("seconds", device.seconds());
      json.writeStringField("title", device.ofDefault());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void words() throws IOException {
    json.writeObjectFieldStart("words");
    words("sender", List.of(Sender.values()));
    words("cause", summary.endings().keySet());
    words("clue", List.of(ClueKind.values()));
    words("role", List.of(Role.values()));
    words("shape", List.of(Shape.values()));
    json.writeEndObject();
  }

  private void words(String kind, Collection<? extends Term> terms) throws IOException {
    for (Term term : terms) {
      json.writeStringField(kind + " " + term.word(), term.explanation());
    }
  }
}
