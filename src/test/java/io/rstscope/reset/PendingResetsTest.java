package io.rstscope.reset;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rstscope.decode.Segment;
import io.rstscope.flow.FlowTracker;
import io.rstscope.net.PortSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long flows wait for what follows their resets. */
class PendingResetsTest {
  private static final int MOST = 100;

  private final List<FlowObservation> observed = new ArrayList<>();
  private final ResetObserver observer =
      new ResetObserver(false, ObserverLimits.within(1 << 20), observed::add);
  private final FlowTracker tracker = new FlowTracker(PortSet.parse("5672"), 1_000_000, observer);
  private final PendingResets pending = new PendingResets(tracker, observer, MOST);

  @Test
  void shouldWaitWhileThereIsRoom() {
    resets(MOST, 0);
    pending.bound();
    assertEquals(MOST, observer.pendingResets());
    assertEquals(List.of(), observed);
  }

  @Test
  void shouldNotWaitForThoseThatWereResetLongAgo() {
    resets(MOST, 0);
    resets(1, SECONDS.toNanos(61));
    pending.bound();
    assertEquals(1, observer.pendingResets());
    assertEquals(MOST, observed.size());
  }

  @Test
  void shouldWaitForNoneWhenTooManyComeAtOnce() {
    resets(MOST + 1, 0);
    pending.bound();
    assertEquals(0, observer.pendingResets());
    assertEquals(MOST + 1, observed.size());
  }

  private void resets(int count, long nanos) {
    for (int i = 0; i < count; i++) {
      Segment reset = new Segment();
      reset.ipVersion = 4;
      reset.sourceLow = i;
      reset.destinationLow = 0xffff_ffffL - nanos % 7;
      reset.sourcePort = 40_000;
      reset.destinationPort = 5672;
      reset.flags = Segment.RST;
      reset.timeNanos = 1 + nanos;
      tracker.accept(reset);
    }
  }
}
