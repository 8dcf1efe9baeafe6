package io.rstscope.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Flow events on their way from the threads that capture to the one that judges. It holds a bounded
 * number: after a mass loss the rest waits in the flow table, where it costs nothing more.
 */
final class FlowEventQueue {
  /** Some KiB each. */
  private static final int MOST = 1 << 13;

  /** Resets of all that wait, a KiB each. */
  private static final int MOST_RESETS = 1 << 16;

  private final BlockingQueue<FlowEvent> events = new ArrayBlockingQueue<>(MOST);
  private final AtomicInteger resets = new AtomicInteger();

  /** Whether one more would be taken now. */
  boolean hasRoom() {
    return events.remainingCapacity() > 0 && resets.get() < MOST_RESETS;
  }

  /** Adds an event, or returns false when there has been no room for that long. */
  boolean offer(FlowEvent event, long millis) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    int more = event.observation().resets().size();
    while (resets.get() >= MOST_RESETS) {
      if (System.nanoTime() - until >= 0) {
        return false;
      }
      Thread.sleep(1);
    }
    boolean taken = events.offer(event, until - System.nanoTime(), TimeUnit.NANOSECONDS);
    if (taken) {
      resets.addAndGet(more);
    }
    return taken;
  }

  /** The next events, at most so many; none when none came for that long. */
  List<FlowEvent> poll(int most, long millis) throws InterruptedException {
    List<FlowEvent> batch = new ArrayList<>();
    FlowEvent first = events.poll(millis, TimeUnit.MILLISECONDS);
    if (first != null) {
      batch.add(first);
      events.drainTo(batch, most - 1);
      batch.forEach(event -> resets.addAndGet(-event.observation().resets().size()));
    }
    return batch;
  }

  boolean isEmpty() {
    return events.isEmpty();
  }
}
