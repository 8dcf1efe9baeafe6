package io.rstscope.watch;

import io.rstscope.net.PortSet;
import io.rstscope.reset.ObserverLimits;
import io.rstscope.testing.Tap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Takes what a tap sees through the flows of an interface, and lets time pass for both. */
final class Watching {
  private static final Duration TICK = Duration.ofMillis(100);

  final List<FlowEvent> flowEvents = new ArrayList<>();
  final Tap tap;
  final LiveFlows flows;
  private long clockNanos;

  /** So many events are taken before there is no room. */
  int room = Integer.MAX_VALUE;

  private Watching(LastPackets evidence) {
    flows =
        new LiveFlows(
            "eth0",
            PortSet.parse("5672"),
            1_000,
            ObserverLimits.within(1 << 28),
            evidence,
            null,
            new Sink());
    tap =
        new Tap(
            packet -> {
              flows.accept(packet);
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

  private final class Sink implements FlowEventSink {
    @Override
    public boolean hasRoom() {
      return flowEvents.size() < room;
    }

    @Override
    public void accept(FlowEvent flowEvent) {
      flowEvents.add(flowEvent);
    }
  }

  /** Time passes, tick by tick. */
  void pause(Duration time) {
    for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minus(TICK)) {
      Duration step = left.compareTo(TICK) < 0 ? left : TICK;
      clockNanos += step.toNanos();
      tap.pause(step);
      tick();
    }
  }

  private void tick() {
    flows.tick(clockNanos, tap.now());
  }

  FlowEvent lastSighting() {
    return flowEvents.get(flowEvents.size() - 1);
  }
}
