package io.rstscope.watch;

import io.rstscope.judge.Attribution;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.context.Recording;
import io.rstscope.report.Notice;
import io.rstscope.report.Summary;
import io.rstscope.report.Tally;
import io.rstscope.reset.Bystanders;
import io.rstscope.reset.FlowObservation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Judges flows as they are sighted, in the light of those that ended before, and decides what is
 * worth telling: each loss once, and again when a later finding makes it another.
 *
 * <p>Owned by one thread. Holds the flows that may still be judged again, which leave with their
 * last sighting, and some of those before.
 */
final class OpenCases {
  private record Key(String source, long flow) {}

  /** The newest so many: one that had to go is counted as another connection if it comes again. */
  private static final class Newest extends LinkedHashMap<Key, OpenCase> {
    private static final long serialVersionUID = 1L;

    private final int most;

    Newest(int most) {
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Key, OpenCase> eldest) {
      return size() > most;
    }
  }

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
  private final Function<String, Bystanders> survived;
  private final Map<String, RecentFlows> recent = new HashMap<>();
  private final Map<Key, OpenCase> open;
  private long numbers;

  /**
   * @param most flows that may be judged again, about 300 bytes each; the last sighting of a flow
   *     may be lost when too many come at once
   * @param withHarmless whether harmless endings are told too
   * @param summary counts all that is judged
   * @param counter counts all that is judged, too
   * @param survived gives the silences that connections survived on an interface
   */
  OpenCases(
      int most,
      boolean withHarmless,
      Summary summary,
      Counter counter,
      Function<String, Bystanders> survived) {
    this.open = new Newest(most);
    this.withHarmless = withHarmless;
    this.summary = summary;
    this.counter = counter;
    this.survived = survived;
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
    List<FlowVerdict> others = before.without(observations.keySet());
    List<FlowVerdict> verdicts =
        Attribution.judge(
            subjects, others, recording(subjects, others, latest.values()), survived.apply(source));
    int i = 0;
    for (Sighting sighting : latest.values()) {
      FlowVerdict verdict = verdicts.get(i++);
      before.put(sighting.flow(), verdict);
      Notice notice = take(sighting, verdict);
      if (notice != null) {
        told.add(new Told(notice, sighting));
      }
    }
  }

  private static Recording recording(
      List<FlowObservation> flows, List<FlowVerdict> others, Collection<Sighting> sightings) {
    List<FlowObservation> all = new ArrayList<>(flows);
    others.forEach(other -> all.add(other.flow()));
    long lost = 0;
    long setBack = 0;
    for (Sighting sighting : sightings) {
      lost = Math.max(lost, sighting.trouble().dropped());
      setBack = Math.max(setBack, -sighting.trouble().clockStepNanos());
    }
    return Recording.of(null, all, lost, setBack);
  }

  private Notice take(Sighting sighting, FlowVerdict verdict) {
    Key key = new Key(sighting.source(), sighting.flow());
    OpenCase known = open.computeIfAbsent(key, unknown -> new OpenCase());
    Tally tally = Tally.of(verdict);
    if (known.counted == null) {
      summary.add(verdict);
    } else {
      summary.revise(known.counted, tally);
    }
    counter.count(known.counted, tally, verdict);
    known.counted = tally;
    if (sighting.last()) {
      open.remove(key);
    }
    boolean wanted = withHarmless || !verdict.ending().benign() || known.number > 0;
    return wanted && known.isNews(verdict) ? tell(known, sighting, verdict) : null;
  }

  private Notice tell(OpenCase known, Sighting sighting, FlowVerdict verdict) {
    if (known.number == 0) {
      known.number = ++numbers;
    }
    known.tell(verdict);
    Trouble trouble = sighting.trouble();
    return new Notice(
        known.number,
        known.notices - 1,
        sighting.source(),
        verdict,
        trouble.dropped(),
        trouble.clockStepNanos());
  }
}
