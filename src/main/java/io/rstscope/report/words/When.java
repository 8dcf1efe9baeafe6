package io.rstscope.report.words;

import io.rstscope.report.model.EndingGroup;

/** When the connections of a group ended; without full stop. */
public final class When {
  private When() {}

  /** {@code 2026-11-20 21:37:25.101 to 21:37:26.388 UTC}; one time where there is but one. */
  public static String of(EndingGroup group) {
    String first = Format.readable(group.endNanos().getMin());
    String last = Format.readable(group.endNanos().getMax());
    String until = first.equals(last) ? "" : " to " + withoutSameDay(last, first);
    return first + until + " UTC";
  }

  private static String withoutSameDay(String time, String other) {
    int day = time.indexOf(' ') + 1;
    return other.startsWith(time.substring(0, day)) ? time.substring(day) : time;
  }
}
