package io.rstscope.watch.incident;

import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.incident.Incident;
import io.rstscope.judge.incident.IncidentSummary;
import io.rstscope.judge.incident.Incidents;
import io.rstscope.judge.incident.Losses;
import io.rstscope.report.model.IncidentNotice;
import io.rstscope.report.model.IncidentNotice.Missed;
import io.rstscope.report.model.Notice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Losses that come without a longer pause between them. Of each only the latest verdict counts.
 * Owned by one thread.
 */
final class LossEvent {
  /** So many are looked at for what they share; further ones are counted by their cause. */
  static final int EXAMINED = 1_000;

  /** Nobody reads more incidents of one event. */
  static final int LISTED = 20;

  /** Losses further apart are two events: as {@code MassLoss} has it. */
  private static final long PAUSE_NANOS = 5_000_000_000L;

  /** Whoever is to be woken cannot wait for the end of an event that goes on. */
  private static final long LONGEST_NANOS = 30_000_000_000L;

  private final long beginNanos;
  private final Map<Long, Notice> examined = new LinkedHashMap<>();
  private final Losses beyond = new Losses();
  private long lastNanos;

  /**
   * @param nowNanos of a clock that is never set, as all others here
   */
  LossEvent(long nowNanos) {
    beginNanos = nowNanos;
    lastNanos = nowNanos;
  }

  /** Takes a verdict on a connection that was lost or refused, or one that revises such a one. */
  void add(Notice notice, long nowNanos) {
    if (notice.revision() > 0) {
      examined.computeIfPresent(notice.number(), (number, before) -> notice);
      return;
    }
    lastNanos = nowNanos;
    if (examined.size() < EXAMINED) {
      examined.put(notice.number(), notice);
    } else if (notice.verdict().isLost()) {
      beyond.count(notice.verdict());
    }
  }

  boolean isOver(long nowNanos) {
    return nowNanos - lastNanos > PAUSE_NANOS || nowNanos - beginNanos > LONGEST_NANOS;
  }

  /** Connections that were lost, by cause. */
  Losses losses() {
    Losses losses = new Losses();
    losses.add(beyond);
    examined.values().stream()
        .map(Notice::verdict)
        .filter(FlowVerdict::isLost)
        .forEach(losses::count);
    return losses;
  }

  /** What is to be said of it when at least one was lost. */
  IncidentNotice notice(Missed missed) {
    List<FlowVerdict> flows = new ArrayList<>();
    examined.values().forEach(notice -> flows.add(notice.verdict()));
    List<Incident> incidents = new ArrayList<>(Incidents.find(flows));
    for (int i = 0; i < flows.size(); i++) {
      if (flows.get(i).incident() == 0 && flows.get(i).isLost()) {
        flows.set(i, flows.get(i).in(incidents.size() + 1));
        incidents.add(IncidentSummary.of(incidents.size() + 1, List.of(flows.get(i))));
      }
    }
    incidents.sort(Comparator.comparingLong(LossEvent::lost).reversed());
    List<Incident> listed = incidents.subList(0, Math.min(incidents.size(), LISTED));
    return new IncidentNotice(
        losses(),
        List.copyOf(listed),
        incidents.size() - listed.size(),
        firstOf(incidents.get(0), flows),
        missed);
  }

  private static long lost(Incident incident) {
    return incident.losses().total();
  }

  private Notice firstOf(Incident incident, List<FlowVerdict> flows) {
    List<Notice> notices = List.copyOf(examined.values());
    Notice first = null;
    for (int i = 0; i < flows.size(); i++) {
      FlowVerdict flow = flows.get(i);
      boolean belongs = flow.incident() == incident.number() && flow.isLost();
      if (belongs && (first == null || flow.endNanos() < first.verdict().endNanos())) {
        first = notices.get(i).with(flow);
      }
    }
    return first;
  }
}
