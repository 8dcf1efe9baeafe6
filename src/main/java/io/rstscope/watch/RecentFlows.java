package io.rstscope.watch;

import io.rstscope.reset.FlowObservation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The flows of one interface that ended last: what happened to them is evidence for the next. Those
 * that were lost are kept apart, or the many harmless ones would push them out.
 */
final class RecentFlows {
  private static final int KEPT = 500;

  private final Map<Long, FlowObservation> lost = new Latest();
  private final Map<Long, FlowObservation> harmless = new Latest();

  /** The newest so many. */
  private static final class Latest extends LinkedHashMap<Long, FlowObservation> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, FlowObservation> eldest) {
      return size() > KEPT;
    }
  }

  /**
   * Takes what is known of a flow now.
   *
   * @param flow its number
   */
  void put(long flow, FlowObservation observation, boolean isHarmless) {
    (isHarmless ? lost : harmless).remove(flow);
    (isHarmless ? harmless : lost).put(flow, observation);
  }

  /** All but those with these numbers, which are known better. */
  List<FlowObservation> without(Map<Long, FlowObservation> newer) {
    List<FlowObservation> flows = new ArrayList<>(lost.size() + harmless.size() + newer.size());
    addOthers(lost, newer, flows);
    addOthers(harmless, newer, flows);
    return flows;
  }

  private static void addOthers(
      Map<Long, FlowObservation> all,
      Map<Long, FlowObservation> newer,
      List<FlowObservation> flows) {
    all.forEach(
        (number, flow) -> {
          if (!newer.containsKey(number)) {
            flows.add(flow);
          }
        });
  }
}
