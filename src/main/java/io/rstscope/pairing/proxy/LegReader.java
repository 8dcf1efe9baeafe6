package io.rstscope.pairing.proxy;

import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.PacketSource;
import io.rstscope.decode.Segment;
import io.rstscope.decode.SegmentDecoder;
import io.rstscope.decode.Tuple;
import io.rstscope.net.PortSet;
import io.rstscope.net.Side;
import io.rstscope.reset.FlowObservation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Reads what flows of a capture carried. Used by one thread. */
final class LegReader {
  /** Each takes some kilobytes. */
  private static final int MOST_LEGS = 10_000;

  private record Direction(Leg leg, Side from) {}

  private final List<Leg> legs = new ArrayList<>();
  private final Map<Tuple, List<Direction>> directions = new HashMap<>();

  private LegReader(List<FlowObservation> flows) {
    flows.stream().filter(FlowObservation::handshakeSeen).limit(MOST_LEGS).forEach(this::follow);
  }

  private void follow(FlowObservation flow) {
    Leg leg = new Leg(flow);
    legs.add(leg);
    Tuple fromClient = Tuple.of(flow.client(), flow.broker());
    follow(fromClient, new Direction(leg, Side.CLIENT));
    follow(fromClient.reversed(), new Direction(leg, Side.BROKER));
  }

  private void follow(Tuple tuple, Direction direction) {
    directions.computeIfAbsent(tuple, any -> new ArrayList<>(1)).add(direction);
  }

  /**
   * Reads them.
   *
   * @param flows of the capture
   * @param source the capture; where it cannot be read further, what came before is taken
   * @return those that were captured from their begin and carried something
   */
  static List<Leg> read(
      List<FlowObservation> flows, PacketSource source, PortSet ports, BooleanSupplier stop) {
    LegReader reader = new LegReader(flows);
    SegmentDecoder decoder = new SegmentDecoder(ports);
    CapturedPacket packet = new CapturedPacket();
    Segment segment = new Segment();
    Tuple key = new Tuple();
    try {
      while (!stop.getAsBoolean() && source.next(packet)) {
        if (decoder.decode(packet, segment)) {
          add(segment, reader.directions.get(key.refill(segment)));
        }
      }
    } catch (CaptureException e) {
      // told when it was read first
    }
    return reader.legs.stream().filter(Leg::isWhole).toList();
  }

  private static void add(Segment segment, List<Direction> candidates) {
    if (candidates == null) {
      return;
    }
    for (Direction direction : candidates) {
      if (direction.leg.covers(segment)) {
        direction.leg.stream(direction.from).add(segment);
        return;
      }
    }
  }
}
