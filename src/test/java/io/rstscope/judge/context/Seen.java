package io.rstscope.judge.context;

import io.rstscope.reset.FlowObservation;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What was measured of a talk. */
final class Seen {
  /** What {@link Talk} takes for each packet. */
  private static final long SENDING = 10_000;

  private Seen() {}

  /** The only flow of that talk, whatever became of it. */
  static FlowObservation flow(Talk talk) {
    List<FlowObservation> flows = new ArrayList<>();
    Analysis.observe(flows, talk);
    if (flows.size() != 1) {
      throw new AssertionError(flows.size() + " flows");
    }
    return flows.get(0);
  }

  /** The next packet comes so long after the last one. */
  static Talk after(Talk talk, long nanos) {
    return talk.pause(Duration.ofNanos(nanos - SENDING));
  }
}
