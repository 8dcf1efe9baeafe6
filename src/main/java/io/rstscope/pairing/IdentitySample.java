package io.rstscope.pairing;

import io.rstscope.decode.Segment;
import io.rstscope.decode.Tuple;
import java.util.HashMap;
import java.util.Map;

/**
 * Packets of one capture that pass a path as they are, chosen by their identities: another capture
 * chooses the same ones, so that what was lost on the way can be counted. Bounded whatever the
 * capture holds; nothing is made for a packet that is not chosen.
 */
final class IdentitySample {
  private static final int MOST = 1 << 16;

  /** One packet: all but its place among the chosen ones. */
  record Chosen(long identity, long frame, long nanos, boolean fromClient, Tuple flow) {}

  private final Map<Long, Chosen> chosen = new HashMap<>();
  private final Map<Tuple, Tuple> flows = new HashMap<>();
  private final Tuple key = new Tuple();
  private long mask;

  void add(Segment segment, boolean fromClient, long identity) {
    if ((identity & mask) != 0
        || segment.payloadLength > 0
        || segment.has(Segment.RST)
        || chosen.containsKey(identity)) {
      return;
    }
    chosen.put(
        identity,
        new Chosen(
            identity, segment.frame, segment.timeNanos, fromClient, flow(segment, fromClient)));
    if (chosen.size() > MOST) {
      narrow(mask << 1 | 1);
    }
  }

  /** One instance for all packets of a flow, from its client. */
  private Tuple flow(Segment segment, boolean fromClient) {
    key.refill(segment);
    Tuple flow = fromClient ? key : key.reversed();
    return flows.computeIfAbsent(flow, any -> flow == key ? key.copy() : flow);
  }

  private void narrow(long narrower) {
    mask = narrower;
    chosen.keySet().removeIf(identity -> (identity & narrower) != 0);
    flows.clear();
  }

  /** Leaves both with what both would have chosen. */
  void alignWith(IdentitySample other) {
    long narrower = Math.max(mask, other.mask);
    narrow(narrower);
    other.narrow(narrower);
  }

  boolean holds(Chosen packet) {
    return chosen.containsKey(packet.identity());
  }

  /** In no order. */
  Iterable<Chosen> packets() {
    return chosen.values();
  }
}
