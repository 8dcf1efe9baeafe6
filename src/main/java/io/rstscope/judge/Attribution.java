package io.rstscope.judge;

import io.rstscope.judge.advice.HeartbeatGaps;
import io.rstscope.judge.cause.CauseFinder;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.cause.TimerOpinion;
import io.rstscope.judge.cause.Witnesses;
import io.rstscope.judge.context.FlowCase;
import io.rstscope.judge.context.ProxySign;
import io.rstscope.judge.context.Recording;
import io.rstscope.judge.context.Surroundings;
import io.rstscope.judge.incident.Incident;
import io.rstscope.judge.incident.Incidents;
import io.rstscope.judge.sender.Attributor;
import io.rstscope.judge.sender.Verdict;
import io.rstscope.judge.timer.IdleTimer;
import io.rstscope.judge.timer.IdleTimers;
import io.rstscope.reset.Bystanders;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges all flows of a capture together, since what happened to others is evidence too. */
public final class Attribution {
  /**
   * For fewer flows other threads are not worth waking: what they save is lost to the compiler,
   * which runs beside them.
   */
  public static final int MANY = 20_000;

  private Attribution() {}

  /**
   * Judges each flow, then what they say together.
   *
   * @param recording how the capture was made
   * @param survived the longest silences that connections survived, also of other flows than these
   */
  public static CaptureVerdict judge(
      List<FlowObservation> flows, Recording recording, Bystanders survived) {
    List<FlowVerdict> verdicts = judge(flows, new Surroundings(flows, recording));
    verdicts.sort(
        (one, other) -> Long.compare(one.flow().startedNanos(), other.flow().startedNanos()));
    IdleTimers timers = withTimers(verdicts, survived);
    List<Incident> incidents = Incidents.find(verdicts);
    return new CaptureVerdict(
        Collections.unmodifiableList(verdicts),
        incidents,
        timers.timers(),
        HeartbeatGaps.advice(verdicts));
  }

  /**
   * Judges some flows while the capture goes on, in the light of others: one verdict for each, in
   * their order. Incidents are not numbered, since more may belong to them.
   *
   * @param others what is concluded about other flows, which is not judged again
   */
  public static List<FlowVerdict> judge(
      List<FlowObservation> flows,
      List<FlowVerdict> others,
      Recording recording,
      Bystanders survived) {
    List<FlowObservation> all = new ArrayList<>(flows);
    others.forEach(other -> all.add(other.flow()));
    List<FlowVerdict> verdicts = judge(flows, new Surroundings(all, recording));
    verdicts.addAll(others);
    withTimers(verdicts, survived);
    return List.copyOf(verdicts.subList(0, flows.size()));
  }

  private static List<FlowVerdict> judge(List<FlowObservation> flows, Surroundings surroundings) {
    Stream<FlowObservation> each = flows.size() < MANY ? flows.stream() : flows.parallelStream();
    return each.map(flow -> judge(flow, surroundings))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** Finds the timers, and says in the verdicts of their witnesses what they mean for them. */
  private static IdleTimers withTimers(List<FlowVerdict> verdicts, Bystanders survived) {
    IdleTimers timers = IdleTimers.of(Witnesses.of(verdicts), survived.silences());
    for (int i = 0; i < verdicts.size(); i++) {
      FlowVerdict verdict = verdicts.get(i);
      IdleTimer timer = timers.of(i);
      if (timer != verdict.idleTimer()) {
        verdicts.set(i, verdict.with(TimerOpinion.of(verdict.ending(), timer), timer));
      }
    }
    return timers;
  }

  private static FlowVerdict judge(FlowObservation observation, Surroundings surroundings) {
    FlowCase flow = new FlowCase(observation);
    Set<ProxySign> proxySigns = surroundings.proxySigns(observation);
    List<Verdict> verdicts = new ArrayList<>(observation.resets().size());
    for (ResetObservation reset : observation.resets()) {
      int original = placeOf(reset.samePacketAs(), observation, verdicts.size());
      verdicts.add(
          original < 0
              ? Attributor.judge(flow.atBaseline(reset), flow, surroundings, !proxySigns.isEmpty())
              : verdicts.get(original));
    }
    return new FlowVerdict(
        observation,
        List.copyOf(verdicts),
        CauseFinder.find(flow, verdicts, surroundings),
        proxySigns,
        null,
        0);
  }

  /**
   * Which of the resets before that place has that frame, or -1: a packet seen twice has one
   * sender. Copies follow closely, so that the way back is short.
   */
  private static int placeOf(long frame, FlowObservation flow, int before) {
    for (int i = before - 1; frame >= 0 && i >= 0; i--) {
      if (flow.resets().get(i).packet().frame() == frame) {
        return i;
      }
    }
    return -1;
  }
}
