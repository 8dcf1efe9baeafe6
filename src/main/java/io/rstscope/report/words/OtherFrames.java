package io.rstscope.report.words;

import io.rstscope.pairing.FramePairs;
import io.rstscope.pairing.OtherSide;
import io.rstscope.pairing.Standing;
import java.util.List;

/** The numbers that packets have in captures at the other end. */
public final class OtherFrames {
  private final List<OtherSide> sides;

  /** Those of no use are left out. */
  public OtherFrames(List<OtherSide> sides) {
    this.sides = sides.stream().filter(side -> side.standing() == Standing.COMPARED).toList();
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return sides.isEmpty();
  }

  /**
   * Number of a packet in the first that has it.
   *
   * @return {@link FramePairs#NOT_THERE} or {@link FramePairs#UNKNOWN} when none has
   */
  public long of(long frame) {
    return sides.stream()
        .mapToLong(side -> side.frames().there(frame))
        .reduce(FramePairs.UNKNOWN, (one, other) -> one > 0 ? one : Math.max(one, other));
  }
}
