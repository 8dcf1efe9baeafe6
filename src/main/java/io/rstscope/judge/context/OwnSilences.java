package io.rstscope.judge.context;

import io.rstscope.net.Side;
import io.rstscope.reset.Closing;
import io.rstscope.reset.FlowObservation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long clients had been silent themselves when they closed connections on which the broker
 * still spoke. A timer may count one direction alone, as HAProxy's does with {@code option
 * independent-streams}.
 */
final class OwnSilences {
  /** What one process ends at once is one moment. */
  private static final long AT_ONCE_NANOS = 150_000_000L;

  /** More of them tell nothing more. */
  private static final int ENOUGH = 64;

  private final Map<String, List<Closing>> closings = new HashMap<>();

  void add(FlowObservation flow, FirstEnd end) {
    if (isOne(flow, end)) {
      List<Closing> known =
          closings.computeIfAbsent(flow.client().address(), key -> new ArrayList<>());
      if (known.size() < ENOUGH) {
        known.add(flow.closing());
      }
    }
  }

  /** Not for less than a second, while the broker had spoken within a second. */
  private static boolean isOne(FlowObservation flow, FirstEnd end) {
    return end.way() == FirstEnd.Way.FIN
        && end.by() == Side.CLIENT
        && !end.orderly()
        && flow.closing().clientSilentNanos() >= Thresholds.SILENCE_NANOS
        && flow.closing().brokerSilentNanos() >= 0
        && flow.closing().brokerSilentNanos() < Thresholds.SILENCE_NANOS;
  }

  /** How many of that client's address, at different moments, were alike, this one included. */
  int alike(FlowObservation flow) {
    Closing own = flow.closing();
    int alike = 1;
    for (Closing other : closings.getOrDefault(flow.client().address(), List.of())) {
      long difference = Math.abs(other.clientSilentNanos() - own.clientSilentNanos());
      boolean same = difference <= Thresholds.SAME_SILENCE * own.clientSilentNanos();
      alike += same && Math.abs(other.nanos() - own.nanos()) > AT_ONCE_NANOS ? 1 : 0;
    }
    return alike;
  }
}
