package io.rstscope.judge;

import io.rstscope.judge.advice.HeartbeatAdvice;
import io.rstscope.judge.advice.HeartbeatGaps;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.incident.Incident;
import io.rstscope.judge.timer.IdleTimer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is concluded about a capture.
 *
 * @param flows one verdict for each flow, in the order in which the flows began
 * @param incidents losses that belong together, in the order of time
 * @param idleTimers of the paths, those with the most witnesses first
 * @param heartbeats which heartbeat would have helped, or null when none would have
 */
public record CaptureVerdict(
    List<FlowVerdict> flows,
    List<Incident> incidents,
    List<IdleTimer> idleTimers,
    HeartbeatAdvice heartbeats) {
  /** Nothing was reset or lost. */
  public static final CaptureVerdict NOTHING =
      new CaptureVerdict(List.of(), List.of(), List.of(), null);

  /**
   * The same without the flows, and with the largest incidents and the best attested timers only.
   *
   * @param most incidents, and idle timers, to keep
   */
  public CaptureVerdict withoutFlows(int most) {
    List<Incident> kept =
        incidents.stream()
            .sorted((one, other) -> Integer.compare(other.connections(), one.connections()))
            .limit(most)
            .sorted((one, other) -> Integer.compare(one.number(), other.number()))
            .toList();
    List<IdleTimer> timers = List.copyOf(idleTimers.subList(0, Math.min(most, idleTimers.size())));
    return new CaptureVerdict(List.of(), kept, timers, heartbeats);
  }

  /**
   * What is concluded about some of the flows: they stay judged by what all flows show, and what
   * says nothing of any of them is left out.
   */
  public CaptureVerdict only(Predicate<FlowVerdict> wanted) {
    List<FlowVerdict> kept = flows.stream().filter(wanted).toList();
    Set<Integer> numbers = new HashSet<>();
    Set<IdleTimer> timers = new HashSet<>();
    for (FlowVerdict flow : kept) {
      numbers.add(flow.incident());
      timers.add(flow.idleTimer());
    }
    return new CaptureVerdict(
        kept,
        incidents.stream().filter(incident -> numbers.contains(incident.number())).toList(),
        idleTimers.stream().filter(timers::contains).toList(),
        HeartbeatGaps.advice(kept));
  }
}
