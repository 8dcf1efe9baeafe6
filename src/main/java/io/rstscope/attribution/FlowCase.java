package io.rstscope.attribution;

import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Shape;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A flow under examination: its resets sorted once by what clues look for, since a flow may have a
 * million of them.
 */
final class FlowCase {
  private final FlowObservation observation;
  private final Side client = new Side();
  private final Side broker = new Side();

  private static final class Side {
    private ResetObservation first;
    private final NavigableMap<Long, ResetObservation> unpromptedByNanos = new TreeMap<>();
  }

  FlowCase(FlowObservation observation) {
    this.observation = observation;
    for (ResetObservation reset : observation.resets()) {
      Side side = side(reset.fromClient());
      if (side.first == null) {
        side.first = reset;
      }
      if (isUnprompted(reset)) {
        side.unpromptedByNanos.putIfAbsent(reset.packet().timeNanos(), reset);
      }
    }
  }

  FlowObservation observation() {
    return observation;
  }

  /** The first reset in the name of that side, or null. */
  ResetObservation firstReset(boolean fromClient) {
    return side(fromClient).first;
  }

  /**
   * A reset in the other side's name at most {@code withinNanos} away, when neither of the two
   * answers a packet; null when there is none.
   */
  ResetObservation twinOf(ResetObservation reset, long withinNanos) {
    if (!isUnprompted(reset)) {
      return null;
    }
    long nanos = reset.packet().timeNanos();
    Map.Entry<Long, ResetObservation> earliest =
        side(!reset.fromClient()).unpromptedByNanos.ceilingEntry(nanos - withinNanos);
    return earliest == null || earliest.getKey() > nanos + withinNanos ? null : earliest.getValue();
  }

  private Side side(boolean fromClient) {
    return fromClient ? client : broker;
  }

  private static boolean isUnprompted(ResetObservation reset) {
    return reset.trigger() == null
        && (reset.shape() == Shape.STATELESS || reset.shape() == Shape.CRAFTED);
  }
}
