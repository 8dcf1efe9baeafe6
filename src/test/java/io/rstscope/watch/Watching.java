package io.rstscope.watch;

import io.rstscope.flow.PortSet;
import io.rstscope.reset.ObserverLimits;
import io.rstscope.testing.Tap;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Takes what a tap sees through the flows of an interface, and lets time pass for both. */
final class Watching {
  private static final long TICK_MILLIS = 100;

  final List<Sighting> sightings = new ArrayList<>();
  final Tap tap;
  final LiveFlows flows;
  private long clockNanos;

  private Watching(LastPackets evidence) {
    flows =
        new LiveFlows(
            "eth0",
            PortSet.parse("5672"),
            1_000,
            ObserverLimits.within(1 << 28),
            evidence,
            sightings::add);
    tap =
        new Tap(
            packet -> {
              flows.take(packet);
              flows.settle();
            });
    tick();
  }

  static Watching usual() {
    return new Watching(null);
  }

  /** Keeps the last packets of each flow. */
  static Watching withEvidence(boolean payload) {
    return new Watching(new LastPackets(payload, 256));
  }

  /** Time passes, tick by tick. */
  void pass(long count, TimeUnit unit) {
    for (long left = unit.toMillis(count); left > 0; left -= TICK_MILLIS) {
      long step = Math.min(left, TICK_MILLIS);
      clockNanos += TimeUnit.MILLISECONDS.toNanos(step);
      tap.pass(step, TimeUnit.MILLISECONDS);
      tick();
    }
  }

  private void tick() {
    flows.tick(clockNanos, tap.nanos());
  }

  Sighting lastSighting() {
    return sightings.get(sightings.size() - 1);
  }
}
