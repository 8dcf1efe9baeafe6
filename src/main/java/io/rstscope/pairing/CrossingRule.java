package io.rstscope.pairing;

import io.rstscope.pairing.clock.ClockLine;
import io.rstscope.pairing.clock.ClockPiece;
import io.rstscope.pairing.clock.Clocks;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.witness.Crossing;
import io.rstscope.reset.witness.Crossing.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Says of a reset whether it crossed the path between both captures.
 *
 * <p>That a packet is not in a capture proves little by itself. It counts where the flow is in both
 * captures, the other one covers the moment with room for the clocks' error, it lost no packets
 * near, it has the packets of that flow and direction around the reset, and their headers whole.
 */
final class CrossingRule {
  /** Offload makes packets up to here neither larger nor smaller. */
  private static final int SMALL = 1_200;

  /** Less of the shortest transit, and by more than timestamps are off, is no jitter. */
  private static final double TOO_FAST_SHARE = 0.5;

  private static final long TOO_FAST_NANOS = 100_000L;

  /** Losses that follow each other may have one reason. */
  private static final int MOST_ABSENT = 2;

  /** That this capture missed a packet: how many it lacks is not counted. */
  private static final double PRIOR_CHANCE = new Missing(0, 0).chance();

  private static final long NEAR_NANOS = 1_000_000_000L;

  private final String capture;
  private final PacketTable table;
  private final Clocks clocks;
  private final Span there;
  private final Drops drops;
  private final Missing fromClient;
  private final Missing fromBroker;
  private final PacketOrder order;

  CrossingRule(
      String capture,
      PacketTable table,
      Clocks clocks,
      Span there,
      Drops drops,
      Missing fromClient,
      Missing fromBroker) {
    this.capture = capture;
    this.table = table;
    this.clocks = clocks;
    this.there = there;
    this.drops = drops;
    this.fromClient = fromClient;
    this.fromBroker = fromBroker;
    order = new PacketOrder(table, clocks.fromClientArrivesHere());
  }

  /**
   * Says it.
   *
   * @return null when nothing can be said
   */
  Crossing of(ResetObservation reset, FlowWindow flow, FlowThere flowThere) {
    List<SeenPacket> packets = flow.packets();
    int place = placeOf(reset.packet().frame(), packets);
    if (place < 0) {
      return null;
    }
    SeenPacket packet = packets.get(place);
    return table.isThere(packet) ? crossed(packet, flow) : absent(reset, place, flow, flowThere);
  }

  private static int placeOf(long frame, List<SeenPacket> packets) {
    for (int i = 0; i < packets.size(); i++) {
      if (packets.get(i).frame() == frame) {
        return i;
      }
    }
    return -1;
  }

  // ---- it is in both

  private Crossing crossed(SeenPacket reset, FlowWindow flow) {
    List<Long> frames = List.of(table.frameThere(reset));
    if (!table.isUnmistakable(reset)) {
      return new Crossing(Kind.CROSSED, capture, frames, List.of(), -1, -1, 0, false, -1);
    }
    ClockPiece piece = clocks.atHere(reset.frame());
    if (piece == null || !piece.there().holds(table.frameThere(reset))) {
      return new Crossing(Kind.CROSSED, capture, frames, List.of(), -1, -1, 0, false, -1);
    }
    ClockLine line = piece.line();
    long shortest = Math.round(line.boundNanos());
    long transit = line.transitNanos(reset.nanos(), table.nanosThere(reset), arrivesHere(reset));
    boolean tooFast = isTooFast(transit, line.driftBoundAt(reset.nanos()), shortest);
    if (tooFast) {
      return new Crossing(
          Kind.TOO_FAST, capture, frames, List.of(), transit, shortest, 0, false, -1);
    }
    SeenPacket overtaken = order.overtaken(reset, flow.packets());
    return overtaken == null
        ? new Crossing(Kind.CROSSED, capture, frames, List.of(), transit, shortest, 0, false, -1)
        : new Crossing(
            Kind.OVERTAKING,
            capture,
            List.of(table.frameThere(overtaken), frames.get(0)),
            List.of(overtaken.frame()),
            transit,
            shortest,
            0,
            false,
            -1);
  }

  /**
   * Whether it took less time than any other packet of its direction can. One that was put in
   * between arrives at the one end before the other by less than the path takes; more is an error
   * of the clocks.
   *
   * @param transit nanoseconds; less than 0 when it was there later than here
   * @param drift by how much the clocks' skew may change that
   * @param shortest transit of its direction
   */
  static boolean isTooFast(long transit, double drift, long shortest) {
    double most = transit + drift;
    return most >= -shortest
        && most < TOO_FAST_SHARE * shortest
        && shortest - most >= TOO_FAST_NANOS;
  }

  private boolean arrivesHere(SeenPacket packet) {
    return packet.fromClient() == clocks.fromClientArrivesHere();
  }

  // ---- it is here only

  private Crossing absent(ResetObservation reset, int place, FlowWindow flow, FlowThere flowThere) {
    SeenPacket packet = flow.packets().get(place);
    boolean arrives = arrivesHere(packet);
    ClockPiece piece = clocks.atHere(packet.frame());
    if (piece == null) {
      return null;
    }
    ClockLine line = piece.line();
    long then = line.thereNanos(packet.nanos());
    long bound = line.boundAt(packet.nanos());
    // one that arrived here had left there before; one that left here would arrive there later
    long margin = arrives ? bound : Math.max(bound, Missing.margin(line));
    List<SeenPacket> around = around(place, flow.packets());
    if (flowThere == null
        || around == null
        || !there.complete()
        || !there.in(piece.there()).covers(then, margin)
        || drops.near(then, NEAR_NANOS)) {
      return null;
    }
    long alive = arrives ? flowThere.aliveFrame(packet.fromClient(), then + bound) : -1;
    boolean later = alive >= 0 && piece.there().holds(alive);
    return new Crossing(
        arrives ? Kind.MADE_BETWEEN : Kind.STOPPED,
        capture,
        around.stream().map(table::frameThere).toList(),
        around.stream().map(SeenPacket::frame).toList(),
        -1,
        -1,
        arrives ? chance(reset, place, flow, flowThere) : 1,
        mayHaveGoneElsewhere(reset, flow),
        later ? alive : -1);
  }

  private double chanceMissed(boolean client) {
    return (client ? fromClient : fromBroker).chance();
  }

  /** That the other capture missed all that it lacks of this end of the connection. */
  private double chance(ResetObservation reset, int place, FlowWindow flow, FlowThere flowThere) {
    boolean client = flow.packets().get(place).fromClient();
    long absent =
        flow.packets().stream()
            .filter(each -> each.isReset() && each.fromClient() == client && !table.isThere(each))
            .map(SeenPacket::identity)
            .distinct()
            .count();
    double chance = Math.pow(chanceMissed(client), Math.min(absent, MOST_ABSENT));
    return chance
        * (triggerIsAbsent(reset, flow) ? chanceMissed(!client) : 1)
        * (hasTwin(client, flowThere) ? PRIOR_CHANCE : 1);
  }

  /** A packet that its claimed sender never got is not answered by that sender. */
  private boolean triggerIsAbsent(ResetObservation reset, FlowWindow flow) {
    int place = reset.trigger() == null ? -1 : placeOf(reset.trigger().frame(), flow.packets());
    if (place < 0) {
      return false;
    }
    SeenPacket trigger = flow.packets().get(place);
    return trigger.payloadLength() <= SMALL && !trigger.isReset() && !table.isThere(trigger);
  }

  /** Whether the packet that it answers is not there, for whatever reason. */
  private boolean mayHaveGoneElsewhere(ResetObservation reset, FlowWindow flow) {
    if (reset.trigger() == null) {
      return false;
    }
    int place = placeOf(reset.trigger().frame(), flow.packets());
    return place < 0 || !table.isThere(flow.packets().get(place));
  }

  /** Whether a reset of the other direction arrived there and never left here. */
  private boolean hasTwin(boolean client, FlowThere flowThere) {
    return flowThere.resets().stream()
        .anyMatch(each -> each.fromClient() != client && table.slot(each.identity()) < 0);
  }

  /**
   * The packets of the same direction before and after the reset, as far as there are any.
   *
   * @return null when one that should be there is not, or none is before
   */
  private List<SeenPacket> around(int place, List<SeenPacket> packets) {
    List<SeenPacket> around = new ArrayList<>(2);
    boolean before = false;
    SeenPacket reset = packets.get(place);
    for (int i = 0; i < packets.size(); i++) {
      SeenPacket packet = packets.get(i);
      if (packet.fromClient() != reset.fromClient() || packet.isReset()) {
        continue;
      }
      boolean found = table.isThere(packet);
      if (!found && packet.mustArriveAsItIs()) {
        return null;
      }
      if (found && i < place) {
        if (before) {
          around.set(0, packet);
        } else {
          around.add(packet);
        }
        before = true;
      } else if (found && around.size() == 1) {
        around.add(packet);
      }
    }
    return before ? around : null;
  }
}
