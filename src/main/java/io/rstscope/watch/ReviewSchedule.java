package io.rstscope.watch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * Which flows are to be looked at when: some time after something happened to them, for what
 * follows it; and again, less and less often, when more happens later.
 *
 * <p>Times are those of a clock that is never set, in nanoseconds. Owned by one thread.
 */
final class ReviewSchedule {
  /** How long after a reset its flow is first looked at. */
  static final long FIRST_NANOS = 1_000_000_000L;

  /** How long after something happened a flow is looked at for the first, second, ... time. */
  private static final long[] DELAY_NANOS = {
    FIRST_NANOS, 2_000_000_000L, 10_000_000_000L, 60_000_000_000L
  };

  /** A flow that is waited for, or was looked at. */
  private static final class Entry {
    final int id;
    final long number;
    int looks;
    boolean waiting;
    long dueNanos;

    Entry(int id, long number) {
      this.id = id;
      this.number = number;
    }
  }

  /** By flow id. */
  private Entry[] entries = new Entry[1024];

  /** One for each delay, so that the first is always the earliest. */
  private final List<Queue<Entry>> waiting = new ArrayList<>();

  private long numbers;

  ReviewSchedule() {
    for (int i = 0; i < DELAY_NANOS.length; i++) {
      waiting.add(new ArrayDeque<>());
    }
  }

  /** Something happened to the flow with that id: it is to be looked at, unless it is already. */
  void schedule(int id, long nowNanos) {
    Entry entry = entry(id);
    if (!entry.waiting && entry.looks < DELAY_NANOS.length) {
      entry.waiting = true;
      entry.dueNanos = nowNanos + DELAY_NANOS[entry.looks];
      waiting.get(entry.looks).add(entry);
    }
  }

  /** Whether something happened to that flow before. */
  boolean knows(int id) {
    return id < entries.length && entries[id] != null;
  }

  /** A number for the flow, from 1, that no other flow gets. */
  long number(int id) {
    return entry(id).number;
  }

  /** The flow has left; its id may be given to another one. */
  void forget(int id) {
    if (id < entries.length) {
      entries[id] = null;
    }
  }

  /** Whether that flow has been handed over, and nothing happened to it since. */
  boolean isTold(int id) {
    return knows(id) && entries[id].looks > 0 && !entries[id].waiting;
  }

  /**
   * Hands over the flows whose time has come.
   *
   * @param room whether one more would be taken; the others keep waiting in their order
   */
  void takeRipe(long nowNanos, BooleanSupplier room, IntConsumer ripe) {
    for (Queue<Entry> queue : waiting) {
      while (!queue.isEmpty() && queue.peek().dueNanos - nowNanos <= 0 && room.getAsBoolean()) {
        Entry next = queue.remove();
        if (entries[next.id] == next) {
          next.waiting = false;
          next.looks++;
          ripe.accept(next.id);
        }
      }
    }
  }

  private Entry entry(int id) {
    if (id >= entries.length) {
      entries = Arrays.copyOf(entries, Math.max(id + 1, entries.length * 2));
    }
    if (entries[id] == null) {
      entries[id] = new Entry(id, ++numbers);
    }
    return entries[id];
  }
}
