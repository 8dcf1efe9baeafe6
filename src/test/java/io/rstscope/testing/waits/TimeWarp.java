package io.rstscope.testing.waits;

import io.rstscope.testing.Recorded;
import java.util.List;

/** A time axis in which some gaps are longer. What happens at their middle happens after them. */
final class TimeWarp {
  private final long begin;
  private final long[] middles;
  private final long[] shifts;

  /**
   * @param gaps in the order of time
   * @param lengths of each, in seconds, at least what it was
   */
  TimeWarp(List<Recorded> packets, List<Gap> gaps, double[] lengths) {
    begin = packets.get(0).nanos();
    middles = new long[gaps.size()];
    shifts = new long[gaps.size()];
    long shift = 0;
    for (int i = 0; i < middles.length; i++) {
      middles[i] = gaps.get(i).middle();
      shift += Math.round((lengths[i] - gaps.get(i).seconds()) * 1e9);
      shifts[i] = shift;
    }
  }

  /** When the capture begins. */
  long begin() {
    return begin;
  }

  /** How much later it is then, in nanoseconds. */
  long shift(long nanos) {
    int after = middles.length - 1;
    while (after >= 0 && middles[after] > nanos) {
      after--;
    }
    return after < 0 ? 0 : shifts[after];
  }
}
