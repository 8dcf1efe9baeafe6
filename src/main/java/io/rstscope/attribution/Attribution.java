package io.rstscope.attribution;

import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Judges all flows of a capture together, since what happened to others is evidence too. */
public final class Attribution {
  private Attribution() {}

  /** One verdict for each flow, in the order in which the flows began. */
  public static List<FlowVerdict> judge(List<FlowObservation> flows) {
    Surroundings surroundings = new Surroundings(flows);
    List<FlowVerdict> verdicts = new ArrayList<>(flows.size());
    for (FlowObservation flow : flows) {
      verdicts.add(judge(flow, surroundings));
    }
    verdicts.sort(Comparator.comparingLong(verdict -> verdict.flow().startedNanos()));
    return verdicts;
  }

  /**
   * One verdict for each of some flows, in their order.
   *
   * @param surroundings those flows and others, for what happened to them is evidence
   */
  public static List<FlowVerdict> judge(
      List<FlowObservation> flows, List<FlowObservation> surroundings) {
    Surroundings known = new Surroundings(surroundings);
    return flows.stream().map(flow -> judge(flow, known)).toList();
  }

  private static FlowVerdict judge(FlowObservation observation, Surroundings surroundings) {
    FlowCase flow = new FlowCase(observation);
    boolean peerMayBeProxy = surroundings.peerMayBeProxy(observation);
    List<Verdict> verdicts = new ArrayList<>(observation.resets().size());
    for (ResetObservation reset : observation.resets()) {
      int original = placeOf(reset.samePacketAs(), observation, verdicts.size());
      verdicts.add(
          original < 0
              ? Attributor.judge(reset, flow, surroundings, peerMayBeProxy)
              : verdicts.get(original));
    }
    return new FlowVerdict(
        observation, List.copyOf(verdicts), CauseFinder.find(flow, verdicts, surroundings));
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
