package io.rstscope.testing.waits;

import io.rstscope.testing.Recorded;
import java.util.ArrayList;
import java.util.List;

/**
 * The clock of TCP timestamps of one side of a connection: tells at which time it showed a value,
 * and what it would have shown had the waits been longer.
 *
 * <p>One rule for all that was read from it, at once or later: so what a peer echoes, and what a
 * forger copied, stay the copies that they are.
 */
final class Clock {
  private static final double SECOND = 1e9;

  /** Ticks a second of kernels that are known. */
  private static final double[] RATES = {10, 100, 250, 300, 1_000, 10_000, 1_000_000};

  private static final double USUAL_RATE = 1_000;

  /** Less than this tells no rate, s. */
  private static final double SHORT = 0.2;

  /** What the clock may seem to be ahead of the capture's, s. */
  private static final double AHEAD = 0.5;

  private final TimeWarp warp;
  private final boolean isKnown;
  private int firstValue;
  private long firstNanos;
  private double rate;

  private Clock(List<Recorded> stamped, TimeWarp warp) {
    this.warp = warp;
    isKnown = !stamped.isEmpty();
    if (isKnown) {
      firstValue = stamped.get(0).timestamp();
      firstNanos = stamped.get(0).nanos();
      rate = rate(stamped);
      firstNanos += medianError(stamped);
    }
  }

  /** The clock that sent those packets; resets tell nothing of it, since others may send them. */
  static Clock of(List<Recorded> sent, TimeWarp warp) {
    return new Clock(
        sent.stream().filter(each -> each.hasTimestamps() && !each.isReset()).toList(), warp);
  }

  private double rate(List<Recorded> stamped) {
    Recorded last = stamped.get(stamped.size() - 1);
    double seconds = (last.nanos() - firstNanos) / SECOND;
    if (seconds < SHORT) {
      return USUAL_RATE;
    }
    double seen = (last.timestamp() - firstValue) / seconds;
    double nearest = USUAL_RATE;
    for (double each : RATES) {
      if (Math.abs(Math.log(seen / each)) < Math.abs(Math.log(seen / nearest))) {
        nearest = each;
      }
    }
    return nearest;
  }

  /** One packet may have been under way for long, or be another host's. */
  private long medianError(List<Recorded> stamped) {
    List<Long> errors = new ArrayList<>();
    stamped.forEach(each -> errors.add(each.nanos() - shownAt(each.timestamp())));
    errors.sort(null);
    return errors.get(errors.size() / 2);
  }

  private long shownAt(int value) {
    return firstNanos + (long) ((value - firstValue) / rate * SECOND);
  }

  /**
   * What would have been read instead of the value, which a packet of that time has.
   *
   * <p>A value that the clock cannot have shown by then is not its own: it moves with its packet.
   * Zero says that there is none.
   */
  int stretched(int value, long nanos) {
    if (value == 0) {
      return 0;
    }
    if (!isKnown) {
      return value + (int) (warp.shift(nanos) / SECOND * USUAL_RATE);
    }
    long shown = shownAt(value);
    boolean isOwn = shown <= nanos + AHEAD * SECOND && shown >= warp.begin() - SECOND;
    return value + (int) Math.round(warp.shift(isOwn ? shown : nanos) / SECOND * rate);
  }
}
