package io.rstscope.watch;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * When packets were lost and when the clock was set, as far back as verdicts may ask. Owned by one
 * thread.
 */
final class CaptureHealth {
  private static final int KEPT_DROPS = 256;
  private static final int KEPT_STEPS = 16;

  /** Less is no step, but a clock that is slewed, or a thread that had to wait. */
  private static final long STEP_NANOS = 500_000_000L;

  /** Clocks that were read so far apart tell nothing of each other: the thread had to wait. */
  private static final long APART_NANOS = 50_000_000L;

  /** What was missed so long before an ending may have told its cause. */
  private static final long NEAR_NANOS = 10_000_000_000L;

  private record Drop(long clockNanos, long packets) {}

  private record Gap(long untilNanos, long nanos) {}

  private record Step(long clockNanos, long nanos) {}

  private final Deque<Drop> drops = new ArrayDeque<>();

  private final Deque<Gap> gaps = new ArrayDeque<>();

  /** The newest first. */
  private final Deque<Step> steps = new ArrayDeque<>();

  private boolean started;
  private long clockNanos;
  private long wallNanos;

  /** So many packets were lost until now, and since the last call. */
  void dropped(long packets) {
    if (packets > 0) {
      if (drops.size() == KEPT_DROPS) {
        drops.removeFirst();
      }
      drops.addLast(new Drop(clockNanos, packets));
    }
  }

  /** For so long until now nothing was captured. */
  void notCaptured(long nanos) {
    if (gaps.size() == KEPT_DROPS) {
      gaps.removeFirst();
    }
    gaps.addLast(new Gap(clockNanos, nanos));
  }

  /**
   * How long nothing was captured since ten seconds before an end, in nanoseconds.
   *
   * @param endNanos of the clock that stamps packets
   */
  long notCapturedNear(long endNanos) {
    long from = clockAt(endNanos) - NEAR_NANOS;
    long missed = 0;
    for (Gap gap : gaps) {
      missed += gap.untilNanos >= from ? gap.nanos : 0;
    }
    return missed;
  }

  /**
   * Compares the clocks.
   *
   * @param clockBefore of a clock that is never set
   * @param wallNow of the clock that stamps packets
   * @param clockAfter of the former, read once more
   * @return by how much the latter was set since the last call, 0 if it was not
   */
  long tick(long clockBefore, long wallNow, long clockAfter) {
    if (clockAfter - clockBefore > APART_NANOS) {
      return 0;
    }
    long step = started ? wallNow - wallNanos - (clockAfter - clockNanos) : 0;
    pass(clockAfter, wallNow);
    if (Math.abs(step) < STEP_NANOS) {
      return 0;
    }
    stepped(step);
    return step;
  }

  /** Time passes, and nothing is concluded from it. */
  void pass(long clockNow, long wallNow) {
    started = true;
    clockNanos = clockNow;
    wallNanos = wallNow;
  }

  /** The clock that stamps packets was just set by so much. */
  void stepped(long nanos) {
    if (steps.size() == KEPT_STEPS) {
      steps.removeLast();
    }
    steps.addFirst(new Step(clockNanos, nanos));
  }

  /**
   * Packets lost since ten seconds before an end.
   *
   * @param endNanos of the clock that stamps packets
   */
  long droppedNear(long endNanos) {
    long from = clockAt(endNanos) - NEAR_NANOS;
    long dropped = 0;
    for (Drop drop : drops) {
      dropped += drop.clockNanos >= from ? drop.packets : 0;
    }
    return dropped;
  }

  /** When a packet was stamped so: by the clock as it is, unless that lies before it was set. */
  private long clockAt(long stampNanos) {
    long offset = wallNanos - clockNanos;
    long until = clockNanos + STEP_NANOS;
    for (Step step : steps) {
      long clock = stampNanos - offset;
      if (clock >= step.clockNanos && clock <= until) {
        return clock;
      }
      offset -= step.nanos;
      until = step.clockNanos;
    }
    return Math.min(stampNanos - offset, until);
  }
}
