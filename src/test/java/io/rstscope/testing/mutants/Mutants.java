package io.rstscope.testing.mutants;

import io.rstscope.capture.LinkType;
import io.rstscope.testing.Recorded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import java.util.stream.Stream;

/** Makes mutants of captures: the same for the same captures, seed and number. */
public final class Mutants {
  /** Longer captures take part with so many packets of theirs. */
  private static final int MOST_PACKETS = 150;

  private static final List<Chance> WITHIN =
      List.of(
          new Chance("flags", 6, SegmentMutations::flags),
          new Chance("resets", 4, SegmentMutations::resets),
          new Chance("SYNs", 6, SegmentMutations::syns),
          new Chance("hops", 6, SegmentMutations::hops),
          new Chance("IP options", 5, NetworkMutations::options),
          new Chance("fragments", 8, NetworkMutations::fragments));

  private static final List<Chance> WRAPPED =
      List.of(
          new Chance("flips", 4, Noise::flips),
          new Chance("bytes", 4, Noise::bytes),
          new Chance("lengths", 4, Noise::lengths),
          new Chance("snap length", 6, Noise::snapLength),
          new Chance("loss", 5, Disorder::loss),
          new Chance("repetition", 5, Disorder::repetition),
          new Chance("overtaking", 5, Disorder::overtaking),
          new Chance("clock", 5, Disorder::clock));

  /** A mutation that one in so many captures undergoes. */
  private record Chance(String name, int oneIn, Mutation mutation) {}

  private record Original(Path file, List<Recorded> packets) {}

  private final List<Original> originals;
  private final long seed;

  /**
   * @param folder of the captures
   */
  public Mutants(Path folder, long seed) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      originals =
          files
              .filter(file -> file.toString().matches(".*\\.pcap(ng)?"))
              .sorted()
              .map(file -> new Original(file.getFileName(), Recorded.read(file)))
              .toList();
    }
    this.seed = seed;
  }

  /** The mutant with that number, on whichever link. */
  public Mutant get(int number) {
    return get(number, -1);
  }

  /**
   * The mutant with that number. Each number has networks of its own, so that several may be in one
   * capture.
   *
   * @param linkType one for both versions of IP, or -1 for any
   */
  public Mutant get(int number, int linkType) {
    Random random = new Random(seed * 1_000_003 + number);
    Original original = originals.get(random.nextInt(originals.size()));
    StringJoiner story = new StringJoiner(", ", original.file + ": ", "");
    List<Recorded> packets =
        some(original.packets, random).stream().map(packet -> packet.inNetwork(number)).toList();
    packets = mutate(packets, WITHIN, random, story);
    int link = linkType < 0 ? anyLink(packets.get(0).isIpv6(), random) : linkType;
    packets = Envelopes.wrap(packets, link, random);
    story.add("link type " + link);
    packets = mutate(packets, WRAPPED, random, story);
    return new Mutant(story.toString(), packets);
  }

  private static List<Recorded> some(List<Recorded> packets, Random random) {
    int from = random.nextInt(Math.max(packets.size() - MOST_PACKETS, 0) + 1);
    return packets.subList(from, Math.min(from + MOST_PACKETS, packets.size()));
  }

  private static int anyLink(boolean ipv6, Random random) {
    return switch (random.nextInt(14)) {
      case 0 -> LinkType.RAW;
      case 1 -> LinkType.RAW_BSD;
      case 2 -> LinkType.RAW_OPENBSD;
      case 3 -> LinkType.NULL;
      case 4 -> LinkType.LOOP;
      case 5 -> ipv6 ? LinkType.IPV6 : LinkType.IPV4;
      case 6, 7 -> LinkType.LINUX_SLL;
      case 8, 9 -> LinkType.LINUX_SLL2;
      default -> LinkType.ETHERNET;
    };
  }

  private static List<Recorded> mutate(
      List<Recorded> packets, List<Chance> chances, Random random, StringJoiner story) {
    List<Recorded> mutated = packets;
    for (Chance chance : chances) {
      if (random.nextInt(chance.oneIn) == 0) {
        mutated = chance.mutation.apply(mutated, random);
        story.add(chance.name);
      }
    }
    return mutated;
  }
}
