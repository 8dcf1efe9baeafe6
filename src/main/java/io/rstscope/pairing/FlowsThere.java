package io.rstscope.pairing;

import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.PacketSource;
import io.rstscope.decode.Segment;
import io.rstscope.decode.SegmentDecoder;
import io.rstscope.decode.Tuple;
import io.rstscope.pairing.clock.Clocks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;

/**
 * The second reading of the other capture: it follows the flows that both have, at whatever
 * addresses they are there.
 *
 * <p>Used by one thread.
 */
final class FlowsThere {
  /** A SYN is sent again for so long. */
  private static final long SLACK_NANOS = 4_000_000_000L;

  private record Direction(FlowThere flow, boolean fromClient) {}

  private final Map<FlowWindow, FlowThere> flows = new IdentityHashMap<>();
  private final Map<Tuple, List<Direction>> directions = new HashMap<>();

  FlowsThere(List<FlowWindow> windows, Clocks clocks) {
    for (FlowWindow window : windows) {
      Tuple fromClient = window.tupleThere();
      if (fromClient != null) {
        FlowThere flow =
            new FlowThere(
                clocks.earliestThere(window.flow().startedNanos()) - SLACK_NANOS,
                clocks.latestThere(window.flow().lastNanos()));
        flows.put(window, flow);
        put(fromClient, new Direction(flow, true));
        put(fromClient.reversed(), new Direction(flow, false));
      }
    }
  }

  private void put(Tuple tuple, Direction direction) {
    directions.computeIfAbsent(tuple, any -> new ArrayList<>(1)).add(direction);
  }

  /** Reads it to its end, or as far as it can be read. */
  void read(PacketSource source, Here here, BooleanSupplier stop) {
    SegmentDecoder decoder = new SegmentDecoder(here.ports());
    ToLongFunction<Segment> identities = here.numbering().identities();
    CapturedPacket packet = new CapturedPacket();
    Segment segment = new Segment();
    Tuple key = new Tuple();
    try {
      while (!stop.getAsBoolean() && source.next(packet)) {
        if (decoder.decode(packet, segment)) {
          long identity = identities.applyAsLong(segment);
          List<Direction> found = directions.get(key.refill(segment));
          if (found != null) {
            found.forEach(each -> each.flow.add(segment, each.fromClient, identity));
          }
        }
      }
    } catch (CaptureException e) {
      // told when it was searched
    }
  }

  /** Null when the flow is not there. */
  FlowThere of(FlowWindow window) {
    return flows.get(window);
  }
}
