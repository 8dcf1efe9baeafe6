package io.rstscope.reset;

import java.util.Arrays;

/**
 * Spans of time of which none lies within another: both their beginnings and their ends go up.
 * Arrays, since there is one of these for each host. Filled by one thread, read by any.
 */
final class Spans {
  private final int most;
  private long[] begins = new long[1];
  private long[] ends = new long[1];
  private int count;

  /**
   * @param most that are kept; the earliest goes when there are more
   */
  Spans(int most) {
    this.most = most;
  }

  /** Adds one, unless it lies within another; those that lie within it go. */
  synchronized void add(long begin, long end) {
    int before = before(begin + 1) - 1;
    if (before >= 0 && ends[before] >= end) {
      return;
    }
    int at = before >= 0 && begins[before] == begin ? before : before + 1;
    int behind = at;
    while (behind < count && ends[behind] <= end) {
      behind++;
    }
    if (behind == at && count == begins.length) {
      begins = Arrays.copyOf(begins, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    System.arraycopy(begins, behind, begins, at + 1, count - behind);
    System.arraycopy(ends, behind, ends, at + 1, count - behind);
    begins[at] = begin;
    ends[at] = end;
    count += 1 - (behind - at);
    if (count > most) {
      count--;
      System.arraycopy(begins, 1, begins, 0, count);
      System.arraycopy(ends, 1, ends, 0, count);
    }
  }

  /** Whether one of them began before the first time and ended after the second. */
  synchronized boolean anyAround(long from, long until) {
    int before = before(from) - 1;
    return before >= 0 && ends[before] > until;
  }

  /** Whether one of them began between those times, and ended after the second. */
  synchronized boolean anyFrom(long from, long until) {
    for (int i = before(from + 1); i < count && begins[i] < until; i++) {
      if (ends[i] > until) {
        return true;
      }
    }
    return false;
  }

  /** How much of that time lies in none of them. */
  synchronized long outside(long from, long until) {
    int next = before(from + 1);
    long covered = next == 0 ? from : Math.max(from, ends[next - 1]);
    long outside = 0;
    for (int i = next; i < count && begins[i] <= until; i++) {
      outside += Math.max(begins[i] - covered, 0);
      covered = Math.max(covered, ends[i]);
    }
    return outside + Math.max(until - covered, 0);
  }

  /** How many began before that time. */
  private int before(long time) {
    int place = Arrays.binarySearch(begins, 0, count, time);
    return place < 0 ? -place - 1 : place;
  }
}
