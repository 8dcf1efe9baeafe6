package io.rstscope.watch;

import io.rstscope.attribution.Attribution;
import io.rstscope.attribution.FlowVerdict;
import io.rstscope.report.Notice;
import io.rstscope.report.Summary;
import io.rstscope.report.Tally;
import io.rstscope.reset.FlowObservation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges flows as they are sighted, in the light of those that ended before, and decides what is
 * worth telling: each loss once, and again when a later finding makes it another.
 *
 * <p>Owned by one thread. Holds the flows that may still be judged again, which leave with their
 * last sighting, and some of those before.
 */
final class Incidents {
  private record Key(String source, long flow) {}

  /** A verdict to be told, and the packets that go with it. */
  record Told(Notice notice, Sighting sighting) {}

  /** Counts verdicts. */
  interface Counter {
    /**
     * @param before as what the connection was counted so far, or null
     * @param now as what it is to be counted
     * @param verdict what is known of it
     */
    void count(Tally before, Tally now, FlowVerdict verdict);
  }

  private final boolean withHarmless;
  private final Summary summary;
  private final Counter counter;
  private final Map<String, RecentFlows> recent = new HashMap<>();
  private final Map<Key, Incident> open = new HashMap<>();
  private long numbers;

  /**
   * @param withHarmless whether harmless endings are told too
   * @param summary counts all that is judged
   * @param counter counts all that is judged, too
   */
  Incidents(boolean withHarmless, Summary summary, Counter counter) {
    this.withHarmless = withHarmless;
    this.summary = summary;
    this.counter = counter;
  }

  /** Flows that may be judged again. */
  int open() {
    return open.size();
  }

  /** Judges some flows together, and returns what is to be told of them. */
  List<Told> judge(List<Sighting> sightings) {
    Map<String, Map<Long, Sighting>> bySource = new LinkedHashMap<>();
    for (Sighting each : sightings) {
      bySource.computeIfAbsent(each.source(), key -> new LinkedHashMap<>()).put(each.flow(), each);
    }
    List<Told> told = new ArrayList<>();
    bySource.forEach((source, latest) -> judge(source, latest, told));
    return told;
  }

  private void judge(String source, Map<Long, Sighting> latest, List<Told> told) {
    RecentFlows before = recent.computeIfAbsent(source, key -> new RecentFlows());
    Map<Long, FlowObservation> observations = new LinkedHashMap<>();
    latest.forEach((number, sighting) -> observations.put(number, sighting.observation()));
    List<FlowObservation> subjects = List.copyOf(observations.values());
    List<FlowObservation> surroundings = before.without(observations);
    surroundings.addAll(subjects);
    List<FlowVerdict> verdicts = Attribution.judge(subjects, surroundings);
    int i = 0;
    for (Sighting sighting : latest.values()) {
      FlowVerdict verdict = verdicts.get(i++);
      before.put(sighting.flow(), sighting.observation(), verdict.ending().benign());
      Notice notice = take(sighting, verdict);
      if (notice != null) {
        told.add(new Told(notice, sighting));
      }
    }
  }

  private Notice take(Sighting sighting, FlowVerdict verdict) {
    Key key = new Key(sighting.source(), sighting.flow());
    Incident incident = open.computeIfAbsent(key, unknown -> new Incident());
    Tally tally = Tally.of(verdict);
    if (incident.counted == null) {
      summary.add(verdict);
    } else {
      summary.revise(incident.counted, tally);
    }
    counter.count(incident.counted, tally, verdict);
    incident.counted = tally;
    if (sighting.last()) {
      open.remove(key);
    }
    boolean wanted = withHarmless || !verdict.ending().benign() || incident.number > 0;
    return wanted && incident.isNews(verdict) ? tell(incident, sighting, verdict) : null;
  }

  private Notice tell(Incident incident, Sighting sighting, FlowVerdict verdict) {
    if (incident.number == 0) {
      incident.number = ++numbers;
    }
    incident.tell(verdict);
    Trouble trouble = sighting.trouble();
    return new Notice(
        incident.number,
        incident.notices - 1,
        sighting.source(),
        verdict,
        trouble.dropped(),
        trouble.clockStepNanos());
  }
}
