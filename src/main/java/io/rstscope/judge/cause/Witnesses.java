package io.rstscope.judge.cause;

import io.rstscope.judge.context.FirstEnd;
import io.rstscope.judge.context.FlowContext;
import io.rstscope.judge.context.RoundTime;
import io.rstscope.judge.context.Thresholds;
import io.rstscope.judge.sender.Sender;
import io.rstscope.judge.sender.Verdict;
import io.rstscope.judge.timer.Expiry;
import io.rstscope.judge.timer.TimerWitness;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Role;
import java.util.ArrayList;
import java.util.List;

/** Finds among flows that were lost those that may tell of an idle timer. */
public final class Witnesses {
  private Witnesses() {}

  /** One for each flow that tells of one by its cause, in their order. */
  public static List<TimerWitness> of(List<FlowVerdict> flows) {
    List<TimerWitness> witnesses = new ArrayList<>();
    for (int i = 0; i < flows.size(); i++) {
      add(of(i, flows.get(i)), witnesses);
    }
    return witnesses;
  }

  /**
   * One for each flow that was answered by something in the path as if it had never been: before
   * causes are known.
   *
   * @param verdicts about the resets of each flow
   */
  public static List<TimerWitness> ofAnswers(
      List<FlowObservation> flows, List<List<Verdict>> verdicts) {
    List<TimerWitness> witnesses = new ArrayList<>();
    for (int i = 0; i < flows.size(); i++) {
      int decisive = flows.get(i).placeOfDecisive();
      boolean mayBeDevice =
          decisive >= 0
              && isAnswer(flows.get(i).resets().get(decisive))
              && (verdicts.get(i).get(decisive).sender() == Sender.MIDDLEBOX
                  || verdicts.get(i).get(decisive).sender() == Sender.UNDETERMINED);
      if (mayBeDevice) {
        add(ofEnd(i, flows.get(i), false), witnesses);
      }
    }
    return witnesses;
  }

  /**
   * What one flow tells by its cause, as the only one of a list; null when it tells of no timer.
   */
  public static TimerWitness of(FlowVerdict flow) {
    TimerWitness witness = of(0, flow);
    return tells(witness) ? witness : null;
  }

  private static void add(TimerWitness witness, List<TimerWitness> witnesses) {
    if (tells(witness)) {
      witnesses.add(witness);
    }
  }

  private static boolean tells(TimerWitness witness) {
    return witness != null && witness.silenceNanos() >= Thresholds.SILENCE_NANOS;
  }

  /** Null when the flow tells nothing of a timer. */
  private static TimerWitness of(int place, FlowVerdict verdict) {
    if (verdict.otherLeg() != null) {
      return null;
    }
    FlowObservation flow = verdict.flow();
    ResetObservation reset = verdict.decisiveReset();
    return switch (verdict.ending().cause()) {
      case IDLE_TIMEOUT -> ofEnd(place, flow, verdict.ending().endedBy() == Sender.MIDDLEBOX);
      case STATE_LOST, UNDETERMINED ->
          reset != null && isAnswer(reset) && verdict.ending().endedBy() != Sender.CLIENT
              ? ofEnd(place, flow, false)
              : null;
      case SILENT_DROP -> ofDrop(place, flow);
      default -> null;
    };
  }

  private static boolean isAnswer(ResetObservation reset) {
    return reset.role() == Role.ENDS_CONNECTION
        && reset.trigger() != null
        && reset.idle().beforeTrigger() >= 0;
  }

  private static TimerWitness ofEnd(int place, FlowObservation flow, boolean sure) {
    FirstEnd end = FirstEnd.of(flow);
    return switch (end.way()) {
      case FIN -> of(place, flow, Expiry.CLOSES, exactNanos(end), end.nanos(), sure);
      case RESET -> ofReset(place, flow, end, sure);
      case NO_ANSWER, NONE -> null;
    };
  }

  private static TimerWitness ofReset(int place, FlowObservation flow, FirstEnd end, boolean sure) {
    if (end.answers()) {
      return of(place, flow, Expiry.REJECTS_LATER, end.packetSilenceNanos(), end.nanos(), sure);
    }
    boolean pair = new FlowContext(flow).twinOf(flow.decisiveReset()) != null;
    Expiry expiry = pair ? Expiry.RESETS_BOTH : Expiry.RESETS;
    return of(place, flow, expiry, exactNanos(end), end.nanos(), sure);
  }

  /**
   * A timer counts from payload or from any packet: the rounder of the two is what it was set to.
   */
  private static long exactNanos(FirstEnd end) {
    RoundTime payload = RoundTime.of(end.payloadSilenceNanos());
    RoundTime packets = RoundTime.of(end.packetSilenceNanos());
    return packets.compareTo(payload) > 0 || end.payloadSilenceNanos() < 0
        ? end.packetSilenceNanos()
        : end.payloadSilenceNanos();
  }

  private static TimerWitness ofDrop(int place, FlowObservation flow) {
    EndpointState asking =
        flow.brokerState().pendingWantsAnswer() ? flow.brokerState() : flow.clientState();
    return of(
        place,
        flow,
        Expiry.DROPS_LATER,
        asking.pendingSilenceNanos(),
        asking.pendingNanos(),
        false);
  }

  private static TimerWitness of(
      int place, FlowObservation flow, Expiry expiry, long silence, long end, boolean sure) {
    return new TimerWitness(
        place, flow.client().address(), flow.broker().address(), expiry, silence, end, sure);
  }
}
