package io.rstscope.testing.mutants;

import io.rstscope.testing.Packets;
import io.rstscope.testing.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Other TCP segments than hosts would send: resets anywhere, connections opened anew. */
final class SegmentMutations {
  private SegmentMutations() {}

  /** Any flags. */
  static List<Recorded> flags(List<Recorded> packets, Random random) {
    return Mutation.some(packets, random, 12, packet -> packet.withFlags(random.nextInt(256)));
  }

  /** Resets in between, some of them beside the window. */
  static List<Recorded> resets(List<Recorded> packets, Random random) {
    return more(packets, random, Packets.RST);
  }

  /** SYNs in between: of other connections with the same ports, or late ones. */
  static List<Recorded> syns(List<Recorded> packets, Random random) {
    return more(packets, random, Packets.SYN);
  }

  private static List<Recorded> more(List<Recorded> packets, Random random, int flag) {
    List<Recorded> all = new ArrayList<>();
    for (Recorded packet : packets) {
      all.add(packet);
      if (random.nextInt(10) == 0) {
        int offset = Mutation.oneOf(random, 0, 0, 1, -1, 1000, 70_000, random.nextInt());
        int flags = flag | (random.nextBoolean() ? Packets.ACK : 0);
        all.add(packet.withFlags(flags).withSequenceMoved(offset));
      }
    }
    return all;
  }

  /** Other TTLs. */
  static List<Recorded> hops(List<Recorded> packets, Random random) {
    return Mutation.some(packets, random, 6, packet -> packet.withTtl(random.nextInt(256)));
  }
}
