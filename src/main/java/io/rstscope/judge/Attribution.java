package io.rstscope.judge;

import io.rstscope.judge.advice.HeartbeatGaps;
import io.rstscope.judge.cause.CauseJudge;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.cause.Witnesses;
import io.rstscope.judge.context.CaptureContext;
import io.rstscope.judge.context.FirstEnd;
import io.rstscope.judge.context.FlowContext;
import io.rstscope.judge.context.ProxySign;
import io.rstscope.judge.context.Recording;
import io.rstscope.judge.incident.Incident;
import io.rstscope.judge.incident.Incidents;
import io.rstscope.judge.incident.Legs;
import io.rstscope.judge.sender.Attributor;
import io.rstscope.judge.sender.Verdict;
import io.rstscope.judge.timer.IdleTimer;
import io.rstscope.judge.timer.IdleTimers;
import io.rstscope.judge.timer.Recurrence;
import io.rstscope.reset.Bystanders;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Judges all flows of a capture together, since what happened to others is evidence too: first who
 * sent each reset, then which idle timers the ends show, then why each connection ended.
 */
public final class Attribution {
  /**
   * For fewer flows other threads are not worth waking: what they save is lost to the compiler,
   * which runs beside them.
   */
  static final int MANY = 20_000;

  private final List<FlowObservation> flows;
  private final CaptureContext captureContext;

  private Attribution(List<FlowObservation> flows, Recording recording, Bystanders bystanders) {
    this.flows = flows;
    this.captureContext = new CaptureContext(flows, recording, bystanders);
  }

  /** A flow whose resets are judged. */
  private record Sent(
      FlowContext flow, FirstEnd end, List<Verdict> verdicts, Set<ProxySign> signs) {}

  /**
   * Judges each flow, then what they say together.
   *
   * @param recording how the capture was made
   * @param bystanders what all connections show, also others than these
   */
  public static CaptureVerdict judge(
      List<FlowObservation> flows, Recording recording, Bystanders bystanders) {
    Attribution attribution = new Attribution(flows, recording, bystanders);
    List<FlowVerdict> verdicts = attribution.verdicts(flows.size(), List.of(), bystanders);
    verdicts.sort(
        (one, other) -> Long.compare(one.flow().startedNanos(), other.flow().startedNanos()));
    Legs.join(verdicts, attribution.captureContext);
    IdleTimers timers = withTimers(verdicts, bystanders);
    List<Incident> incidents = recording.timed() ? Incidents.find(verdicts) : List.of();
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
      Bystanders bystanders) {
    List<FlowObservation> all = new ArrayList<>(flows);
    others.forEach(other -> all.add(other.flow()));
    Attribution attribution = new Attribution(all, recording, bystanders);
    List<FlowVerdict> verdicts = attribution.verdicts(flows.size(), others, bystanders);
    verdicts.addAll(others);
    withTimers(verdicts, bystanders);
    return List.copyOf(verdicts.subList(0, flows.size()));
  }

  /**
   * @param count so many of the flows, the first ones, are to be judged
   * @param others what is concluded about the rest
   */
  private List<FlowVerdict> verdicts(int count, List<FlowVerdict> others, Bystanders bystanders) {
    List<Sent> sent = each(count, this::sent);
    for (FlowVerdict other : others) {
      FlowObservation flow = other.flow();
      sent.add(
          new Sent(new FlowContext(flow), FirstEnd.of(flow), other.verdicts(), other.proxySigns()));
    }
    List<FirstEnd> ends = sent.stream().map(Sent::end).toList();
    Recurrence recurrence = Recurrence.of(ends, sent.stream().map(this::hosts).toList());
    IdleTimers bounded = bounded(sent, bystanders);
    return each(count, i -> verdict(sent.get(i), recurrence, i, bounded.of(i)));
  }

  private static <T> List<T> each(int count, IntFunction<T> judged) {
    IntStream places = IntStream.range(0, count);
    List<T> all = new ArrayList<>(count);
    if (count < MANY) {
      places.forEach(i -> all.add(judged.apply(i)));
    } else {
      all.addAll(places.parallel().mapToObj(judged).toList());
    }
    return all;
  }

  private Sent sent(int place) {
    FlowObservation observation = flows.get(place);
    FlowContext flow = new FlowContext(observation);
    Set<ProxySign> proxySigns = captureContext.proxySigns(observation);
    List<Verdict> verdicts = new ArrayList<>(observation.resets().size());
    for (ResetObservation reset : observation.resets()) {
      long frame = reset.samePacketAs();
      int original = frame == -1 ? -1 : placeOf(frame, observation, verdicts.size());
      verdicts.add(
          original < 0
              ? Attributor.judge(
                  flow.atBaseline(reset), flow, captureContext, !proxySigns.isEmpty())
              : verdicts.get(original));
    }
    return new Sent(flow, FirstEnd.of(observation), List.copyOf(verdicts), proxySigns);
  }

  /** The addresses under which its end may share a timer: none when AMQP closed it. */
  private List<String> hosts(Sent sent) {
    FlowObservation flow = sent.flow().observation();
    boolean counts =
        !sent.end().orderly()
            && (sent.end().way() == FirstEnd.Way.FIN || sent.end().way() == FirstEnd.Way.RESET)
            && !sent.end().answers();
    return counts ? List.of(flow.client().address(), flow.broker().address()) : List.of();
  }

  private IdleTimers bounded(List<Sent> sent, Bystanders bystanders) {
    return IdleTimers.of(
        Witnesses.ofAnswers(
            sent.stream().map(each -> each.flow().observation()).toList(),
            sent.stream().map(Sent::verdicts).toList()),
        bystanders.silences());
  }

  private FlowVerdict verdict(Sent sent, Recurrence recurrence, int place, IdleTimer bounded) {
    return new FlowVerdict(
        sent.flow().observation(),
        sent.verdicts(),
        CauseJudge.judge(
            sent.flow(), sent.end(), sent.verdicts(), captureContext, recurrence, place, bounded),
        sent.signs(),
        null,
        null,
        0);
  }

  /** Finds the timers that ended connections, and notes them in the verdicts of their witnesses. */
  private static IdleTimers withTimers(List<FlowVerdict> verdicts, Bystanders bystanders) {
    IdleTimers timers = IdleTimers.of(Witnesses.of(verdicts), bystanders.silences());
    for (int i = 0; i < verdicts.size(); i++) {
      FlowVerdict verdict = verdicts.get(i);
      IdleTimer timer = timers.of(i);
      if (timer != verdict.idleTimer()) {
        verdicts.set(i, verdict.with(timer));
      }
    }
    return timers;
  }

  /**
   * Which of the resets before that place has that frame, or -1: a packet seen twice has one
   * sender. Copies follow closely, so that the way back is short.
   */
  private static int placeOf(long frame, FlowObservation flow, int before) {
    for (int i = before - 1; i >= 0; i--) {
      if (flow.resets().get(i).packet().frame() == frame) {
        return i;
      }
    }
    return -1;
  }
}
