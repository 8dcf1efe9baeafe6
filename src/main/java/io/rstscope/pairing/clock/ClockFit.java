package io.rstscope.pairing.clock;

import java.util.function.DoublePredicate;

/**
 * Finds the line between two clouds of packets: what comes from there bounds it from above, what
 * goes there from below, each by its own time in transit. It lies in the middle of the widest gap
 * between both (Moon, Skelly and Towsley, "Estimation and Removal of Clock Skew from Network Delay
 * Measurements", 1999; Zhang, Liu and Xia, "Clock synchronization algorithms for network
 * measurements", 2002). Whether one way takes longer than the other cannot be seen, so the line may
 * be off by half the gap.
 */
public final class ClockFit {
  /** As fast as NTP slews a clock. */
  private static final double MOST_SKEW = 0.0005;

  /** By then the slope is known to less than a nanosecond in a day. */
  private static final int STEPS = 60;

  /**
   * Jitter widens the gap by as much for a slope that is none: of all lines with nearly the widest
   * gap the flattest is taken.
   */
  private static final double JITTER_NANOS = 10_000;

  /** Fewer packets of a direction are no cloud. */
  public static final int FEWEST = 3;

  /** A line turned by that touches the other one of two packets. */
  private static final double LEAST_SKEW = 1e-8;

  private final TransitCloud fromThere;
  private final TransitCloud toThere;
  private final long origin;
  private final Hull above;
  private final Hull below;

  /**
   * Tries it.
   *
   * @param fromThere packets that were sent there and arrived here
   * @param toThere packets the other way
   */
  ClockFit(TransitCloud fromThere, TransitCloud toThere) {
    this.fromThere = fromThere;
    this.toThere = toThere;
    boolean both = isBoth(fromThere, toThere);
    origin = both ? middle(fromThere, toThere) : 0;
    above = both ? Hull.below(fromThere, origin) : null;
    below = both ? Hull.above(toThere, origin) : null;
  }

  private static boolean isEnough(TransitCloud one, TransitCloud other) {
    return one.size() >= FEWEST && other.size() >= FEWEST;
  }

  private static boolean isBoth(TransitCloud one, TransitCloud other) {
    return one.size() > 0 && other.size() > 0;
  }

  /** Whether a line can lie between them: where not, a clock was set, or one of them is a stray. */
  boolean hasRoom() {
    return !isBoth(fromThere, toThere) || widestGap() > 0;
  }

  /** The time amid all packets. */
  private static long middle(TransitCloud one, TransitCloud other) {
    long first = Math.min(one.hereNanos(0), other.hereNanos(0));
    long last = Math.max(one.hereNanos(one.size() - 1), other.hereNanos(other.size() - 1));
    return first + (last - first) / 2;
  }

  /**
   * The line.
   *
   * @return null when there are too few packets, or no line lies between them: a clock was set, or
   *     the directions are the other way round
   */
  ClockLine line() {
    if (!isEnough(fromThere, toThere)) {
      return null;
    }
    double widest = widest();
    return gap(widest) <= 0 ? null : line(flattest(widest));
  }

  private ClockLine line(double skew) {
    double gap = gap(skew);
    double high = last(skew, MOST_SKEW, tried -> gap(tried) > 0);
    double low = last(skew, -MOST_SKEW, tried -> gap(tried) > 0);
    return new ClockLine(
        origin,
        below.outermostAbove(skew) + gap / 2,
        skew,
        gap / 2,
        Math.max(high - skew, skew - low));
  }

  /** The gap is concave in the skew, as the least of lines less the most of lines. */
  private double widest() {
    double low = -MOST_SKEW;
    double high = MOST_SKEW;
    for (int i = 0; i < STEPS; i++) {
      double one = low + (high - low) / 3;
      double other = high - (high - low) / 3;
      if (gap(one) < gap(other)) {
        low = one;
      } else {
        high = other;
      }
    }
    return (low + high) / 2;
  }

  private double flattest(double widest) {
    double enough = Math.max(gap(widest) - JITTER_NANOS, gap(widest) / 2);
    return gap(0) >= enough ? 0 : last(widest, 0, tried -> gap(tried) >= enough);
  }

  /** The last of the numbers between both for which it still holds, as it does for the first. */
  private static double last(double holds, double end, DoublePredicate condition) {
    if (condition.test(end)) {
      return end;
    }
    double fails = end;
    for (int i = 0; i < STEPS; i++) {
      double middle = (holds + fails) / 2;
      if (condition.test(middle)) {
        holds = middle;
      } else {
        fails = middle;
      }
    }
    return holds;
  }

  private double gap(double skew) {
    return above.outermostAbove(skew) - below.outermostAbove(skew);
  }

  private double widestGap() {
    return gap(widest());
  }

  /**
   * The one of the packets that leave no room for a line that takes most of it.
   *
   * @return its {@link TransitCloud#id}, or -1 when one direction has none
   */
  int stray() {
    if (!isBoth(fromThere, toThere)) {
      return -1;
    }
    double widest = widest();
    int stray = -1;
    double most = Double.NEGATIVE_INFINITY;
    for (double skew : new double[] {widest - LEAST_SKEW, widest + LEAST_SKEW}) {
      int lowest = above.outermost(skew);
      int highest = below.outermost(skew);
      double withoutLowest = widestGap(fromThere.without(lowest), toThere);
      double withoutHighest = widestGap(fromThere, toThere.without(highest));
      if (withoutLowest > most) {
        most = withoutLowest;
        stray = fromThere.id(lowest);
      }
      if (withoutHighest > most) {
        most = withoutHighest;
        stray = toThere.id(highest);
      }
    }
    return stray;
  }

  private static double widestGap(TransitCloud fromThere, TransitCloud toThere) {
    return isBoth(fromThere, toThere)
        ? new ClockFit(fromThere, toThere).widestGap()
        : Double.POSITIVE_INFINITY;
  }
}
