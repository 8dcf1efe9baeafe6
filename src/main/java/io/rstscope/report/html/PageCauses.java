package io.rstscope.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rstscope.judge.advice.Advice;
import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.incident.Losses;
import io.rstscope.report.json.JsonValues;
import io.rstscope.report.model.Outcome;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/** How connections were lost or refused: by cause how many, by whom, and what to do. */
final class PageCauses {
  /** The first connection of each cause. */
  private final Map<Cause, FlowVerdict> examples = new EnumMap<>(Cause.class);

  void add(FlowVerdict verdict) {
    if (!verdict.ending().benign()) {
      examples.putIfAbsent(verdict.ending().cause(), verdict);
    }
  }

  /** The cause of most losses first, then why attempts to connect came to nothing. */
  void write(JsonGenerator json, PageTexts texts, Outcome outcome) throws IOException {
    json.writeArrayFieldStart("causes");
    for (Cause cause : outcome.losses().causes()) {
      write(json, texts, cause, outcome.losses(), true);
    }
    for (Cause cause : outcome.attempts().causes()) {
      write(json, texts, cause, outcome.attempts(), false);
    }
    json.writeEndArray();
  }

  private void write(JsonGenerator json, PageTexts texts, Cause cause, Losses losses, boolean lost)
      throws IOException {
    FlowVerdict example = examples.get(cause);
    json.writeStartObject();
    json.writeStringField("cause", cause.word());
    json.writeStringField("explanation", cause.explanation());
    json.writeNumberField("connections", losses.of(cause));
    json.writeNumberField("saves", lost && cause != Cause.UNDETERMINED ? losses.of(cause) : 0);
    new JsonValues(json).counts("endedBy", losses.bySender(cause));
    json.writeStringField("example", example.flow().client().toString());
    new PageDetail(json, texts).advice(Advice.on(example));
    json.writeEndObject();
  }
}
