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

  /** What is that sure no company changes: the next notice would say the same. */
  private static final double SETTLED = 0.95;

  /**
   * What was concluded about a flow.
   *
   * @param known as what it was counted and told
   * @param flowEvent that the verdict rests on
   */
  record Judged(FlowVerdict verdict, TrackedVerdict known, FlowEvent flowEvent) {}

  private final Map<Long, Judged> lost = new Latest();
  private final Map<Long, Judged> harmless = new Latest();

  /** The newest so many. */
  private static final class Latest extends LinkedHashMap<Long, Judged> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, Judged> eldest) {
      return size() > KEPT;
    }
  }

  /** Takes what is concluded about a flow now. */
  void put(Judged judged) {
    long flow = judged.flowEvent().flow();
    boolean isHarmless = judged.verdict().ending().benign();
    (isHarmless ? lost : harmless).remove(flow);
    (isHarmless ? harmless : lost).put(flow, judged);
  }

  /**
   * The lost ones whose cause is not beyond doubt, so that later ends may change it.
   *
   * @param newer numbers of those that are known better
   * @param most the newest so many
   */
  List<Judged> doubted(Set<Long> newer, int most) {
    List<Judged> doubted = new ArrayList<>();
    lost.forEach(
        (number, judged) -> {
          if (judged.verdict().ending().confidence() < SETTLED && !newer.contains(number)) {
            doubted.add(judged);
          }
        });
    return doubted.subList(Math.max(0, doubted.size() - most), doubted.size());
  }

  /** All but those with these numbers, which are known better. */
  List<FlowVerdict> without(Set<Long> newer) {
    List<FlowVerdict> flows = new ArrayList<>(lost.size() + harmless.size() + newer.size());
    addOthers(lost, newer, flows);
    addOthers(harmless, newer, flows);
    return flows;
  }

  private static void addOthers(Map<Long, Judged> all, Set<Long> newer, List<FlowVerdict> flows) {
    all.forEach(
        (number, judged) -> {
          if (!newer.contains(number)) {
            flows.add(judged.verdict());
          }
        });
  }
}
