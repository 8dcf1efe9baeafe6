package io.rstscope.judge.context;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.net.Side;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.ResetPacket;
import io.rstscope.reset.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A flow under examination: its resets sorted once by what clues look for, since a flow may have a
 * million of them.
 */
public final class FlowContext {
  /**
   * A reset is never answered (RFC 9293, section 3.10.7), so two this near to each other have one
   * origin.
   */
  private static final long TOGETHER_NANOS = 20_000_000L;

  /** More of them need not be looked at to find one with another number. */
  private static final int FEW = 16;

  /** Most flows have none of those that are looked for. */
  private static final NavigableMap<Long, ResetObservation> NONE = Collections.emptyNavigableMap();

  private final FlowObservation observation;
  private final SideResets client = new SideResets();
  private final SideResets broker = new SideResets();

  /** Resets that are one packet at several points of the capture, by the frame of any of them. */
  private Map<Long, List<ResetObservation>> copies = Map.of();

  private static final class SideResets {
    private ResetObservation first;
    private NavigableMap<Long, ResetObservation> unpromptedByNanos = NONE;

    /** Those beyond what the side had sent. */
    private NavigableMap<Long, ResetObservation> beyondByNanos = NONE;
  }

  public FlowContext(FlowObservation observation) {
    this.observation = observation;
    for (ResetObservation reset : observation.resets()) {
      SideResets side = resetsOf(reset.from());
      if (side.first == null) {
        side.first = reset;
      }
      if (reset.samePacketAs() >= 0) {
        takeCopy(reset);
      }
      if (isBeyond(reset)) {
        side.beyondByNanos = with(reset, side.beyondByNanos);
      }
      if (isUnprompted(reset)) {
        side.unpromptedByNanos = with(reset, side.unpromptedByNanos);
      }
    }
  }

  private static NavigableMap<Long, ResetObservation> with(
      ResetObservation reset, NavigableMap<Long, ResetObservation> byNanos) {
    NavigableMap<Long, ResetObservation> more = byNanos == NONE ? new TreeMap<>() : byNanos;
    more.putIfAbsent(reset.packet().timeNanos(), reset);
    return more;
  }

  private void takeCopy(ResetObservation copy) {
    if (copies.isEmpty()) {
      copies = new HashMap<>();
    }
    List<ResetObservation> earlier =
        copies.computeIfAbsent(copy.samePacketAs(), key -> new ArrayList<>(1));
    earlier.add(copy);
    copies.put(copy.packet().frame(), earlier);
  }

  /**
   * The reset as it was seen where the packets before it were: a packet has another TTL and MAC
   * address behind each router, and leaves a bridge that it has come into.
   */
  public ResetObservation atBaseline(ResetObservation reset) {
    if (isAtBaseline(reset)) {
      return reset;
    }
    for (ResetObservation copy : copies.getOrDefault(reset.packet().frame(), List.of())) {
      if (isAtBaseline(copy)) {
        return copy;
      }
    }
    return reset;
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

  public FlowObservation observation() {
    return observation;
  }

  /** The first reset in the name of that side, or null. */
  public ResetObservation firstReset(Side from) {
    return resetsOf(from).first;
  }

  /**
   * A reset in the other side's name at the same moment, when neither of the two answers a packet;
   * null when there is none.
   */
  public ResetObservation twinOf(ResetObservation reset) {
    if (!isUnprompted(reset)) {
      return null;
    }
    long nanos = reset.packet().timeNanos();
    Map.Entry<Long, ResetObservation> earliest =
        resetsOf(reset.from().other()).unpromptedByNanos.ceilingEntry(nanos - TOGETHER_NANOS);
    return earliest == null || earliest.getKey() > nanos + TOGETHER_NANOS
        ? null
        : earliest.getValue();
  }

  /**
   * Another reset in the same name and another sequence number at most {@code withinNanos} away,
   * when one of the two lies beyond what the side had sent; null when there is none.
   */
  public ResetObservation otherRung(ResetObservation reset, long withinNanos) {
    SideResets side = resetsOf(reset.from());
    ResetObservation beyond = nearest(side.beyondByNanos, reset, withinNanos);
    return beyond != null || !isBeyond(reset)
        ? beyond
        : nearest(side.unpromptedByNanos, reset, withinNanos);
  }

  private static ResetObservation nearest(
      NavigableMap<Long, ResetObservation> byNanos, ResetObservation reset, long withinNanos) {
    if (byNanos.isEmpty()) {
      return null;
    }
    long nanos = reset.packet().timeNanos();
    return byNanos.subMap(nanos - withinNanos, true, nanos + withinNanos, true).values().stream()
        .limit(FEW)
        .filter(each -> each.packet().sequence() != reset.packet().sequence())
        .filter(each -> isAlike(each.packet(), reset.packet()))
        .findFirst()
        .orElse(null);
  }

  /** Whether one hand may have written both. */
  private static boolean isAlike(ResetPacket one, ResetPacket other) {
    return one.flags() == other.flags()
        && one.ttl() == other.ttl()
        && one.dontFragment() == other.dontFragment()
        && one.timestamps() == other.timestamps();
  }

  private static boolean isBeyond(ResetObservation reset) {
    return reset.sequenceOffset() != null && reset.sequenceOffset() > 0;
  }

  private SideResets resetsOf(Side side) {
    return side == Side.CLIENT ? client : broker;
  }

  private static boolean isUnprompted(ResetObservation reset) {
    return reset.trigger() == null
        && (reset.shape() == Shape.STATELESS || reset.shape() == Shape.CRAFTED);
  }
}
