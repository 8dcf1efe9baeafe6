package io.rstscope.testing.mutants;

import io.rstscope.testing.Recorded;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** A change to the packets of a capture; random numbers decide where and how. */
interface Mutation {
  List<Recorded> apply(List<Recorded> packets, Random random);

  /** The same change to all packets, or to about one in so many. */
  static List<Recorded> some(
      List<Recorded> packets, Random random, int oneIn, UnaryOperator<Recorded> change) {
    return packets.stream()
        .map(packet -> random.nextInt(oneIn) == 0 ? change.apply(packet) : packet)
        .toList();
  }

  /** One of the values. */
  static int oneOf(Random random, int... values) {
    return values[random.nextInt(values.length)];
  }
}
