package io.rstscope.testing.mutants;

import io.rstscope.testing.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What networks and clocks do to packets: lose, repeat, overtake, set back. */
final class Disorder {
  private static final long MILLISECOND = 1_000_000L;

  private Disorder() {}

  static List<Recorded> loss(List<Recorded> packets, Random random) {
    int oneIn = Mutation.oneOf(random, 2, 5, 20);
    return packets.stream().filter(packet -> random.nextInt(oneIn) > 0).toList();
  }

  /** Some packets once more, at once or later. */
  static List<Recorded> repetition(List<Recorded> packets, Random random) {
    List<Recorded> all = new ArrayList<>();
    for (Recorded packet : packets) {
      all.add(packet);
      if (random.nextInt(6) == 0) {
        all.add(packet.at(packet.nanos() + random.nextInt(400) * MILLISECOND));
      }
    }
    return all;
  }

  /** Some packets later than those that followed them, with the times of their places. */
  static List<Recorded> overtaking(List<Recorded> packets, Random random) {
    List<Recorded> all = new ArrayList<>(packets);
    for (int i = 0; i + 1 < all.size(); i++) {
      if (random.nextInt(8) == 0) {
        int later = Math.min(i + 1 + random.nextInt(5), all.size() - 1);
        Recorded first = all.get(i);
        all.set(i, all.get(later).at(first.nanos()));
        all.set(later, first.at(all.get(later).nanos()));
      }
    }
    return all;
  }

  /** A clock that is set, back or ahead, now and then. */
  static List<Recorded> clock(List<Recorded> packets, Random random) {
    List<Recorded> all = new ArrayList<>();
    long offset = 0;
    for (Recorded packet : packets) {
      if (random.nextInt(15) == 0) {
        offset += (random.nextInt(20_000) - 10_000) * MILLISECOND;
      }
      all.add(packet.at(packet.nanos() + offset));
    }
    return all;
  }
}
