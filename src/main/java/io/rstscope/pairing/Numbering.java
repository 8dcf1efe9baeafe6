package io.rstscope.pairing;

import io.rstscope.decode.Segment;
import io.rstscope.decode.Tuple;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/** From what the sequence numbers of packets are counted when two captures are compared. */
public enum Numbering {
  /** As they are in the packets. */
  AS_SENT {
    @Override
    ToLongFunction<Segment> identities() {
      return segment -> PacketIdentity.of(segment, 0, 0);
    }
  },

  /** From each side's SYN, since firewalls put others in the place of weak ones. */
  SINCE_SYN {
    @Override
    ToLongFunction<Segment> identities() {
      return new SinceSyn()::identity;
    }
  };

  /** Gives the identities of one reading of a capture, packet after packet. */
  abstract ToLongFunction<Segment> identities();

  private static final class SinceSyn {
    /** Connections that open later are not known. */
    private static final int MOST = 100_000;

    private final Map<Tuple, Integer> initial = new HashMap<>();
    private final Tuple key = new Tuple();

    long identity(Segment segment) {
      key.refill(segment);
      if (segment.has(Segment.SYN) && initial.size() < MOST) {
        initial.put(key.copy(), segment.sequence);
      }
      int own = initial.getOrDefault(key, 0);
      int others = segment.has(Segment.ACK) ? initial.getOrDefault(key.reversed(), 0) : 0;
      return PacketIdentity.of(segment, own, others);
    }
  }
}
