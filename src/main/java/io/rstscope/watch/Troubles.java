package io.rstscope.watch;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * When packets were lost and when the clock was set, as far back as verdicts may ask. Owned by one
 * thread.
 */
final class Troubles {
  private static final int KEPT = 256;

  /** Less is no step, but a clock that is slewed, or a thread that had to wait. */
  private static final long STEP_NANOS = 500_000_000L;

  private record Event(long wallNanos, long dropped, long stepNanos) {}

  private final Deque<Event> events = new ArrayDeque<>();
  private boolean started;
  private long clockNanos;
  private long wallNanos;

  /** So many packets were lost until now, and since the last call. */
  void dropped(long packets) {
    if (packets > 0) {
      add(new Event(wallNanos, packets, 0));
    }
  }

  /**
   * Compares the clocks.
   *
   * @param clockNow of a clock that is never set
   * @param wallNow of the clock that stamps packets
   * @return by how much the latter was set since the last call, 0 if it was not
   */
  long tick(long clockNow, long wallNow) {
    long step = started ? wallNow - wallNanos - (clockNow - clockNanos) : 0;
    started = true;
    clockNanos = clockNow;
    wallNanos = wallNow;
    if (Math.abs(step) < STEP_NANOS) {
      return 0;
    }
    add(new Event(wallNow, 0, step));
    return step;
  }

  /**
   * What happened in between.
   *
   * @param dropsFrom from when on drops count, nanoseconds since 1970
   * @param stepsFrom from when on steps of the clock count
   */
  Trouble since(long dropsFrom, long stepsFrom) {
    long dropped = 0;
    long step = 0;
    for (Event event : events) {
      dropped += event.wallNanos >= dropsFrom ? event.dropped : 0;
      step += event.wallNanos >= stepsFrom ? event.stepNanos : 0;
    }
    return new Trouble(dropped, step);
  }

  private void add(Event event) {
    if (events.size() == KEPT) {
      events.removeFirst();
    }
    events.addLast(event);
  }
}
