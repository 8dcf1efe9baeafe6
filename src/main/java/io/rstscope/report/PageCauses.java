package io.rstscope.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rstscope.judge.advice.Advice;
import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.sender.Sender;
import java.io.IOException;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How connections were lost or refused: by cause how many, by whom, and what to do. */
final class PageCauses {
  /** What one cause did, with the first connection as an example. */
  private static final class Losses {
    final FlowVerdict example;
    final Map<Sender, Long> bySender = new EnumMap<>(Sender.class);
    long connections;

    Losses(FlowVerdict example) {
      this.example = example;
    }
  }

  private final Map<Cause, Losses> causes = new EnumMap<>(Cause.class);

  void add(FlowVerdict verdict) {
    if (!verdict.ending().benign()) {
      Losses losses = causes.computeIfAbsent(verdict.ending().cause(), c -> new Losses(verdict));
      losses.connections++;
      losses.bySender.merge(verdict.ending().endedBy(), 1L, Long::sum);
    }
  }

  /** The most frequent cause of losses, or null when nothing was lost. */
  Cause main() {
    return sorted().stream().filter(cause -> cause != Cause.REFUSED).findFirst().orElse(null);
  }

  long connections(Cause cause) {
    return causes.get(cause).connections;
  }

  private List<Cause> sorted() {
    return causes.keySet().stream()
        .sorted(Comparator.comparingLong(this::connections).reversed())
        .toList();
  }

  /** The most frequent cause first. */
  void write(JsonGenerator json, PageTexts texts) throws IOException {
    json.writeArrayFieldStart("causes");
    for (Cause cause : sorted()) {
      Losses losses = causes.get(cause);
      json.writeStartObject();
      json.writeStringField("cause", cause.word());
      json.writeStringField("explanation", cause.explanation());
      json.writeNumberField("connections", losses.connections);
      new JsonValues(json).counts("endedBy", losses.bySender);
      json.writeStringField("example", losses.example.flow().client().toString());
      new PageDetail(json, texts).advice(Advice.on(losses.example));
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
