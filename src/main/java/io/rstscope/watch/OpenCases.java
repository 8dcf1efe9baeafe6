package io.rstscope.watch;

import io.rstscope.judge.Attribution;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.context.Recording;
import io.rstscope.report.Notice;
import io.rstscope.report.Summary;
import io.rstscope.report.Tally;
import io.rstscope.reset.Bystanders;
import io.rstscope.reset.FlowObservation;
import io.rstscope.watch.RecentFlows.Judged;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Judges flows as they are sighted, in the light of those that ended before, and these again in the
 * light of the new ones; decides what is worth telling: each loss once, and again when a later
 * finding makes it another.
 *
 * <p>Owned by one thread. Holds the flows that may still be sighted again, which leave with their
 * last sighting, and some of those before.
 */
final class OpenCases {
  /** So many of the losses before are judged again at a time, which takes milliseconds. */
  private static final int JUDGED_AGAIN = 100;

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
    boolean lost = judge(source, before, latest, told);
    if (lost) {
      judgeAgain(source, before, latest.keySet(), told);
    }
  }

  /** Returns whether one of them was lost. */
  private boolean judge(
      String source, RecentFlows before, Map<Long, Sighting> latest, List<Told> told) {
    boolean lost = false;
    List<Sighting> sightings = List.copyOf(latest.values());
    List<FlowVerdict> verdicts = verdicts(source, sightings, before.without(latest.keySet()));
    for (int i = 0; i < sightings.size(); i++) {
      Key key = new Key(source, sightings.get(i).flow());
      OpenCase known = open.computeIfAbsent(key, unknown -> new OpenCase());
      take(before, new Judged(verdicts.get(i), known, sightings.get(i)), told);
      lost |= verdicts.get(i).isLost();
      if (sightings.get(i).last()) {
        open.remove(key);
      }
    }
    return lost;
  }

  /** What ended before looks different in later company: the second cut shows the timer. */
  private void judgeAgain(String source, RecentFlows before, Set<Long> latest, List<Told> told) {
    List<Judged> doubted = before.doubted(latest, JUDGED_AGAIN);
    if (doubted.isEmpty()) {
      return;
    }
    List<Sighting> sightings = doubted.stream().map(Judged::sighting).toList();
    Set<Long> numbers = sightings.stream().map(Sighting::flow).collect(Collectors.toSet());
    List<FlowVerdict> verdicts = verdicts(source, sightings, before.without(numbers));
    for (int i = 0; i < sightings.size(); i++) {
      take(before, new Judged(verdicts.get(i), doubted.get(i).known(), sightings.get(i)), told);
    }
  }

  private List<FlowVerdict> verdicts(
      String source, List<Sighting> sightings, List<FlowVerdict> others) {
    List<FlowObservation> flows = sightings.stream().map(Sighting::observation).toList();
    return Attribution.judge(
        flows, others, recording(flows, others, sightings), survived.apply(source));
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

  private void take(RecentFlows before, Judged judged, List<Told> told) {
    before.put(judged);
    FlowVerdict verdict = judged.verdict();
    OpenCase known = judged.known();
    Tally tally = Tally.of(verdict);
    if (known.counted == null) {
      summary.add(verdict);
    } else {
      summary.revise(known.counted, tally);
    }
    counter.count(known.counted, tally, verdict);
    known.counted = tally;
    boolean wanted = withHarmless || !verdict.ending().benign() || known.number > 0;
    if (wanted && known.isNews(verdict)) {
      told.add(new Told(tell(known, judged.sighting(), verdict), judged.sighting()));
    }
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
