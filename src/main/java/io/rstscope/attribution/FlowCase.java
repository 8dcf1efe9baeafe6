package io.rstscope.attribution;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A flow under examination: its resets sorted once by what clues look for, since a flow may have a
 * million of them.
 */
final class FlowCase {
  /** More of them need not be looked at to find one with another number. */
  private static final int FEW = 16;

  private final FlowObservation observation;
  private final Side client = new Side();
  private final Side broker = new Side();

  /** Resets that are one packet at several points of the capture, by the frame of any of them. */
  private final Map<Long, List<ResetObservation>> copies = new HashMap<>();

  private static final class Side {
    private ResetObservation first;
    private final NavigableMap<Long, ResetObservation> unpromptedByNanos = new TreeMap<>();

    /** Those beyond what the side had sent. */
    private final NavigableMap<Long, ResetObservation> beyondByNanos = new TreeMap<>();
  }

  FlowCase(FlowObservation observation) {
    this.observation = observation;
    for (ResetObservation reset : observation.resets()) {
      Side side = side(reset.fromClient());
      if (side.first == null) {
        side.first = reset;
      }
      if (reset.samePacketAs() >= 0) {
        takeCopy(reset);
      }
      if (isBeyond(reset)) {
        side.beyondByNanos.putIfAbsent(reset.packet().timeNanos(), reset);
      }
      if (isUnprompted(reset)) {
        side.unpromptedByNanos.putIfAbsent(reset.packet().timeNanos(), reset);
      }
    }
  }

  private void takeCopy(ResetObservation copy) {
    List<ResetObservation> earlier =
        copies.computeIfAbsent(copy.samePacketAs(), key -> new ArrayList<>(1));
    earlier.add(copy);
    copies.put(copy.packet().frame(), earlier);
  }

  /**
   * The reset as it was seen where the packets before it were: a packet has another TTL and MAC
   * address behind each router, and leaves a bridge that it has come into.
   */
  ResetObservation atBaseline(ResetObservation reset) {
    if (isAtBaseline(reset)) {
      return reset;
    }
    return copies.getOrDefault(reset.packet().frame(), List.of()).stream()
        .filter(FlowCase::isAtBaseline)
        .findFirst()
        .orElse(reset);
  }

  private static boolean isAtBaseline(ResetObservation reset) {
    EndpointState sender = reset.sender();
    return reset.packet().mac() == sender.mac()
        && switch (reset.packet().direction()) {
          case CapturedPacket.INBOUND -> sender.inboundSeen();
          case CapturedPacket.OUTBOUND -> sender.outboundSeen();
          default -> true;
        };
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

  /**
   * Another reset in the same name and another sequence number at most {@code withinNanos} away,
   * when one of the two lies beyond what the side had sent; null when there is none.
   */
  ResetObservation otherRung(ResetObservation reset, long withinNanos) {
    Side side = side(reset.fromClient());
    ResetObservation beyond = nearest(side.beyondByNanos, reset, withinNanos);
    return beyond != null || !isBeyond(reset)
        ? beyond
        : nearest(side.unpromptedByNanos, reset, withinNanos);
  }

  private static ResetObservation nearest(
      NavigableMap<Long, ResetObservation> byNanos, ResetObservation reset, long withinNanos) {
    long nanos = reset.packet().timeNanos();
    return byNanos.subMap(nanos - withinNanos, true, nanos + withinNanos, true).values().stream()
        .limit(FEW)
        .filter(each -> each.packet().sequence() != reset.packet().sequence())
        .findFirst()
        .orElse(null);
  }

  private static boolean isBeyond(ResetObservation reset) {
    return reset.sequenceOffset() != null && reset.sequenceOffset() > 0;
  }

  private Side side(boolean fromClient) {
    return fromClient ? client : broker;
  }

  private static boolean isUnprompted(ResetObservation reset) {
    return reset.trigger() == null
        && (reset.shape() == Shape.STATELESS || reset.shape() == Shape.CRAFTED);
  }
}
