package io.rstscope.judge.incident;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Parts of what happened one after the other, where nothing happened in between for a while. */
final class Pauses {
  private Pauses() {}

  /**
   * Splits at each longer pause.
   *
   * @param sorted by when each begins
   * @param pauseNanos a longer one separates
   */
  static <T> List<List<T>> split(
      List<T> sorted, ToLongFunction<T> begin, ToLongFunction<T> end, long pauseNanos) {
    List<List<T>> parts = new ArrayList<>();
    int from = 0;
    long until = Long.MIN_VALUE;
    for (int i = 0; i < sorted.size(); i++) {
      T each = sorted.get(i);
      if (i > from && begin.applyAsLong(each) - until > pauseNanos) {
        parts.add(sorted.subList(from, i));
        from = i;
      }
      until = i == from ? end.applyAsLong(each) : Math.max(until, end.applyAsLong(each));
    }
    if (!sorted.isEmpty()) {
      parts.add(sorted.subList(from, sorted.size()));
    }
    return parts;
  }
}
