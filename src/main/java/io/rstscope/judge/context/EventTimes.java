package io.rstscope.judge.context;

import java.util.Arrays;

/** Times of events, ns since 1970, to count those around one. */
public final class EventTimes {
  /** Of no event. */
  public static final EventTimes NONE = new EventTimes();

  private long[] nanos = new long[4];
  private int count;

  /** Adds one, in any order. */
  public void add(long moment) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = moment;
  }

  /** To be called when all are added, and before any are counted. */
  public void sort() {
    Arrays.sort(nanos, 0, count);
  }

  /** How many are at most so far from that one. */
  public int around(long moment, long withinNanos) {
    return firstAtOrAfter(moment + withinNanos + 1) - firstAtOrAfter(moment - withinNanos);
  }

  /** The first one that is not earlier, or -1. */
  public long next(long moment) {
    int place = firstAtOrAfter(moment);
    return place < count ? nanos[place] : -1;
  }

  /** How many are earlier than that one. */
  public int before(long moment) {
    return firstAtOrAfter(moment);
  }

  private int firstAtOrAfter(long time) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = low + high >>> 1;
      if (nanos[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
