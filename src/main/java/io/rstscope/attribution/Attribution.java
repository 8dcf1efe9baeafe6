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

  /** Which of the flow's resets has that frame, or -1: a packet seen twice has one sender. */
  private static int placeOf(long frame, FlowObservation flow) {
    for (int i = 0; frame >= 0 && i < flow.resets().size(); i++) {
      if (flow.resets().get(i).packet().frame() == frame) {
        return i;
      }
    }
    return -1;
  }

  private static FlowVerdict judge(FlowObservation flow, Surroundings surroundings) {
    List<Verdict> verdicts = new ArrayList<>(flow.resets().size());
    for (ResetObservation reset : flow.resets()) {
      int original = placeOf(reset.samePacketAs(), flow);
      verdicts.add(
          original < 0 ? Attributor.judge(reset, flow, surroundings) : verdicts.get(original));
    }
    return new FlowVerdict(
        flow, List.copyOf(verdicts), CauseFinder.find(flow, verdicts, surroundings));
  }
}
