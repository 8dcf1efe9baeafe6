package io.rstscope.judge.cause;

import io.rstscope.judge.context.FlowCase;
import io.rstscope.judge.context.Thresholds;
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

  /** One for each flow that tells of one, in their order. */
  public static List<TimerWitness> of(List<FlowVerdict> flows) {
    List<TimerWitness> witnesses = new ArrayList<>();
    for (int i = 0; i < flows.size(); i++) {
      TimerWitness witness = of(i, flows.get(i));
      if (witness != null) {
        witnesses.add(witness);
      }
    }
    return witnesses;
  }

  /** Null when the flow tells nothing of a timer. */
  private static TimerWitness of(int place, FlowVerdict verdict) {
    TimerWitness witness =
        switch (verdict.ending().cause()) {
          case IDLE_TIMEOUT -> ofReset(place, verdict, true);
          case STATE_LOST, UNDETERMINED -> ofReset(place, verdict, false);
          case SILENT_DROP -> ofDrop(place, verdict.flow());
          default -> null;
        };
    return witness == null || witness.silenceNanos() < Thresholds.SILENCE_NANOS ? null : witness;
  }

  private static TimerWitness ofReset(int place, FlowVerdict verdict, boolean sure) {
    ResetObservation reset = verdict.decisiveReset();
    if (reset == null || !sure && !isAnswer(reset) && !isAfterFin(reset, verdict.flow())) {
      return null;
    }
    long nanos = reset.packet().timeNanos();
    if (reset.role() == Role.ANSWERS_CLOSE) {
      return of(place, verdict.flow(), Expiry.CLOSES, reset.idle().payload(), nanos, sure);
    }
    long silence = reset.idle().silenceNanos();
    if (isAnswer(reset)) {
      long asked = nanos - reset.trigger().oldestDelayNanos();
      return of(place, verdict.flow(), Expiry.REJECTS_LATER, silence, asked, sure);
    }
    boolean pair = new FlowCase(verdict.flow()).twinOf(reset) != null;
    Expiry expiry = pair ? Expiry.RESETS_BOTH : Expiry.RESETS;
    return of(place, verdict.flow(), expiry, silence, nanos, sure);
  }

  private static boolean isAnswer(ResetObservation reset) {
    return reset.role() == Role.ENDS_CONNECTION
        && reset.trigger() != null
        && reset.idle().beforeTrigger() >= 0;
  }

  private static boolean isAfterFin(ResetObservation reset, FlowObservation flow) {
    return reset.role() == Role.ANSWERS_CLOSE && flow.clientState().closedFirst();
  }

  private static TimerWitness ofDrop(int place, FlowObservation flow) {
    EndpointState asking = flow.state(!flow.brokerState().pendingWantsAnswer());
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
