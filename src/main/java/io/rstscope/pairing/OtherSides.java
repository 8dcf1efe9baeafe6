package io.rstscope.pairing;

import io.rstscope.reset.FlowObservation;
import java.util.List;

/** Holds a capture that has been read against others of the same time. */
public interface OtherSides {
  /** There are no others. */
  OtherSides NONE = (flows, span) -> List.of();

  /**
   * What the others show.
   *
   * @param flows those that were reset or lost
   * @param span when it was captured; null when its packets have no times
   * @return one for each other capture
   */
  List<OtherSide> of(List<FlowObservation> flows, Span span);
}
