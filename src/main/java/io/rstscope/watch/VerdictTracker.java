package io.rstscope.watch;

import io.rstscope.engine.BrokerAccounts;
import io.rstscope.judge.Attribution;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.context.Recording;
import io.rstscope.report.model.Notice;
import io.rstscope.report.model.Summary;
import io.rstscope.report.model.VerdictCounts;
import io.rstscope.reset.Bystanders;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.witness.KernelRecord;
import io.rstscope.watch.RecentFlows.Judged;
import io.rstscope.watch.host.ListenerOwner;
import io.rstscope.watch.host.LocalAddresses;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Judges flows as they are sighted, in the light of those that ended before, and these again in the
 * light of the new ones; decides what is worth telling: each loss once, and again when a later
 * finding makes it another.
 *
 * <p>Owned by one thread. Holds the flows that may still be sighted again, which leave with their
 * last flowEvent, and some of those before.
 */
final class VerdictTracker {
  /** So many of the losses before are judged again at a time, which takes milliseconds. */
  private static final int JUDGED_AGAIN = 100;

  private record Key(String source, long flow) {}

  /** The newest so many: one that had to go is counted as another connection if it comes again. */
  private static final class Newest extends LinkedHashMap<Key, TrackedVerdict> {
    private static final long serialVersionUID = 1L;

    private final int most;

    Newest(int most) {
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Key, TrackedVerdict> eldest) {
      return size() > most;
    }
  }

  /** A verdict to be told, and the packets that go with it. */
  record Told(Notice notice, FlowEvent flowEvent) {}

  /** Counts verdicts. */
  interface Counter {
    /**
     * Counts a connection, or counts it anew.
     *
     * @param before as what the connection was counted so far, or null
     * @param now as what it is to be counted
     * @param verdict what is known of it
     */
    void count(VerdictCounts before, VerdictCounts now, FlowVerdict verdict);
  }

  private final boolean withHarmless;
  private final Summary summary;
  private final Counter counter;
  private final Function<String, Bystanders> survived;
  private final Predicate<String> ofThisHost;
  private final BrokerAccounts accounts;
  private final Map<String, RecentFlows> recent = new HashMap<>();
  private final Map<Key, TrackedVerdict> open;
  private final LocalAddresses local = new LocalAddresses();
  private long ownResets;
  private final ListenerOwner listeners = new ListenerOwner();
  private long numbers;

  /**
   * @param most flows that may be judged again, about 300 bytes each; the last flowEvent of a flow
   *     may be lost when too many come at once
   * @param withHarmless whether harmless endings are told too
   * @param summary counts all that is judged
   * @param counter counts all that is judged, too
   * @param survived gives the silences that connections survived on an interface
   * @param ofThisHost whether that is an interface of this host
   * @param accounts what the broker itself says of its connections
   */
  VerdictTracker(
      int most,
      boolean withHarmless,
      Summary summary,
      Counter counter,
      Function<String, Bystanders> survived,
      Predicate<String> ofThisHost,
      BrokerAccounts accounts) {
    this.open = new Newest(most);
    this.withHarmless = withHarmless;
    this.summary = summary;
    this.counter = counter;
    this.survived = survived;
    this.ofThisHost = ofThisHost;
    this.accounts = accounts;
  }

  /** Numbers begin after that one. */
  void numberFrom(long last) {
    numbers = last;
  }

  /** Flows that may be judged again. */
  int open() {
    return open.size();
  }

  /** Resets with an address of this host, each counted once. */
  long ownResets() {
    return ownResets;
  }

  /** Judges some flows together, and returns what is to be told of them. */
  List<Told> judge(List<FlowEvent> flowEvents) {
    Map<String, Map<Long, FlowEvent>> bySource = new LinkedHashMap<>();
    for (FlowEvent each : completed(flowEvents)) {
      bySource.computeIfAbsent(each.source(), key -> new LinkedHashMap<>()).put(each.flow(), each);
    }
    List<Told> told = new ArrayList<>();
    bySource.forEach((source, latest) -> judge(source, latest, told));
    return told;
  }

  private List<FlowEvent> completed(List<FlowEvent> flowEvents) {
    List<FlowObservation> flows =
        accounts.addTo(flowEvents.stream().map(FlowEvent::observation).toList());
    return IntStream.range(0, flows.size())
        .mapToObj(i -> flowEvents.get(i).with(flows.get(i)))
        .toList();
  }

  private void judge(String source, Map<Long, FlowEvent> latest, List<Told> told) {
    RecentFlows before = recent.computeIfAbsent(source, key -> new RecentFlows());
    boolean lost = judge(source, before, latest, told);
    if (lost) {
      judgeAgain(source, before, latest.keySet(), told);
    }
  }

  /** Returns whether one of them was lost. */
  private boolean judge(
      String source, RecentFlows before, Map<Long, FlowEvent> latest, List<Told> told) {
    boolean lost = false;
    List<FlowEvent> flowEvents = List.copyOf(latest.values());
    List<FlowVerdict> verdicts = verdicts(source, flowEvents, before.without(latest.keySet()));
    for (int i = 0; i < flowEvents.size(); i++) {
      Key key = new Key(source, flowEvents.get(i).flow());
      TrackedVerdict known = open.computeIfAbsent(key, unknown -> new TrackedVerdict());
      note(before, new Judged(verdicts.get(i), known, flowEvents.get(i)), told);
      lost |= verdicts.get(i).isLost();
      if (flowEvents.get(i).last()) {
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
    List<FlowEvent> flowEvents = doubted.stream().map(Judged::flowEvent).toList();
    Set<Long> numbers = flowEvents.stream().map(FlowEvent::flow).collect(Collectors.toSet());
    List<FlowVerdict> verdicts = verdicts(source, flowEvents, before.without(numbers));
    for (int i = 0; i < flowEvents.size(); i++) {
      note(before, new Judged(verdicts.get(i), doubted.get(i).known(), flowEvents.get(i)), told);
    }
  }

  private List<FlowVerdict> verdicts(
      String source, List<FlowEvent> flowEvents, List<FlowVerdict> others) {
    List<FlowObservation> flows = flowEvents.stream().map(FlowEvent::observation).toList();
    return Attribution.judge(
        flows, others, recording(flows, others, flowEvents), survived.apply(source));
  }

  private static Recording recording(
      List<FlowObservation> flows, List<FlowVerdict> others, Collection<FlowEvent> flowEvents) {
    List<FlowObservation> all = new ArrayList<>(flows);
    others.forEach(other -> all.add(other.flow()));
    long lost = 0;
    long setBack = 0;
    for (FlowEvent flowEvent : flowEvents) {
      lost = Math.max(lost, flowEvent.trouble().missing());
      setBack = Math.max(setBack, -flowEvent.trouble().clockStepNanos());
    }
    Map<Long, KernelRecord> kernel = new HashMap<>();
    flowEvents.forEach(flowEvent -> kernel.putAll(flowEvent.kernel()));
    return Recording.of(null, all, lost, setBack).withKernel(kernel);
  }

  private void note(RecentFlows before, Judged judged, List<Told> told) {
    before.put(judged);
    FlowVerdict verdict = judged.verdict();
    TrackedVerdict known = judged.known();
    VerdictCounts tally = VerdictCounts.of(verdict);
    if (known.counted == null) {
      summary.add(verdict);
    } else {
      summary.revise(known.counted, tally);
    }
    counter.count(known.counted, tally, verdict);
    known.counted = tally;
    int own = ownResets(verdict.flow());
    ownResets += own - known.ownResets;
    known.ownResets = own;
    boolean wanted = withHarmless || !verdict.ending().benign() || known.number > 0;
    if (wanted && known.isNews(verdict)) {
      told.add(new Told(tell(known, judged.flowEvent(), verdict), judged.flowEvent()));
    }
  }

  private int ownResets(FlowObservation flow) {
    int own = 0;
    for (ResetObservation reset : flow.resets()) {
      boolean once = reset.samePacketAs() < 0;
      own += once && local.contains(flow.hostPort(reset.from()).address()) ? 1 : 0;
    }
    return own;
  }

  private Notice tell(TrackedVerdict known, FlowEvent flowEvent, FlowVerdict verdict) {
    if (known.number == 0) {
      known.number = ++numbers;
    }
    known.tell(verdict);
    Trouble trouble = flowEvent.trouble();
    return new Notice(
        known.number,
        known.notices - 1,
        flowEvent.source(),
        verdict,
        trouble.dropped(),
        trouble.clockStepNanos(),
        trouble.notCapturedNanos(),
        ofThisHost.test(flowEvent.source()) ? listeners.of(verdict.flow().broker()) : null,
        null,
        null);
  }
}
