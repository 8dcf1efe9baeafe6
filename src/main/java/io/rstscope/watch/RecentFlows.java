package io.rstscope.watch;

import io.rstscope.judge.cause.FlowVerdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The flows of one interface that ended last: what happened to them is evidence for the next. Those
 * that were lost are kept apart, or the many harmless ones would push them out.
 */
final class RecentFlows {
  private static final int KEPT = 500;

  private final Map<Long, FlowVerdict> lost = new Latest();
  private final Map<Long, FlowVerdict> harmless = new Latest();

  /** The newest so many. */
  private static final class Latest extends LinkedHashMap<Long, FlowVerdict> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, FlowVerdict> eldest) {
      return size() > KEPT;
    }
  }

  /**
   * Takes what is concluded about a flow now.
   *
   * @param flow its number
   */
  void put(long flow, FlowVerdict verdict) {
    boolean isHarmless = verdict.ending().benign();
    (isHarmless ? lost : harmless).remove(flow);
    (isHarmless ? harmless : lost).put(flow, verdict);
  }

  /** All but those with these numbers, which are known better. */
  List<FlowVerdict> without(Set<Long> newer) {
    List<FlowVerdict> flows = new ArrayList<>(lost.size() + harmless.size() + newer.size());
    addOthers(lost, newer, flows);
    addOthers(harmless, newer, flows);
    return flows;
  }

  private static void addOthers(
      Map<Long, FlowVerdict> all, Set<Long> newer, List<FlowVerdict> flows) {
    all.forEach(
        (number, flow) -> {
          if (!newer.contains(number)) {
            flows.add(flow);
          }
        });
  }
}
