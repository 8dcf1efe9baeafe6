package io.rstscope.testing.mutants;

import io.rstscope.testing.Recorded;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;

/** What IP allows between its header and TCP's: options, extension headers, fragments. */
final class NetworkMutations {
  private static final int IPV4_HEADER = 20;
  private static final int IPV6_HEADER = 40;
  private static final int NO_OPERATION = 1;
  private static final int MORE_FRAGMENTS = 0x2000;
  private static final int FRAGMENT_HEADER = 44;

  private NetworkMutations() {}

  /** IPv4 options, or one to three IPv6 extension headers. */
  static List<Recorded> options(List<Recorded> packets, Random random) {
    return Mutation.some(
        packets,
        random,
        Mutation.oneOf(random, 1, 4),
        packet ->
            packet.isIpv6()
                ? extended(packet, random)
                : withOptions(packet, 1 + random.nextInt(10)));
  }

  private static Recorded withOptions(Recorded packet, int words) {
    byte[] ip = packet.ipPacket();
    byte[] options = new byte[4 * words];
    Arrays.fill(options, (byte) NO_OPERATION);
    byte[] longer = insert(ip, IPV4_HEADER, options);
    longer[0] += (byte) words;
    addToLength(longer, 2, options.length);
    return packet.withIpPacket(longer);
  }

  private static Recorded extended(Recorded packet, Random random) {
    byte[] ip = packet.ipPacket();
    for (int headers = 1 + random.nextInt(3); headers > 0; headers--) {
      int kind = Mutation.oneOf(random, 0, 43, 51, 60, 135);
      int length = kind == 51 ? 4 * (3 + random.nextInt(5)) : 8 * (1 + random.nextInt(3));
      byte[] header = new byte[length];
      header[1] = (byte) (kind == 51 ? length / 4 - 2 : length / 8 - 1);
      ip = chained(ip, kind, header);
    }
    return packet.withIpPacket(ip);
  }

  /** With that extension header before all others. */
  private static byte[] chained(byte[] ip, int kind, byte[] header) {
    header[0] = ip[6];
    byte[] longer = insert(ip, IPV6_HEADER, header);
    longer[6] = (byte) kind;
    addToLength(longer, 4, header.length);
    return longer;
  }

  /** Packets in two fragments, the second one following or lost; some in one (RFC 6946). */
  static List<Recorded> fragments(List<Recorded> packets, Random random) {
    List<Recorded> all = new ArrayList<>();
    for (Recorded packet : packets) {
      BiFunction<Recorded, Random, List<Recorded>> fragments =
          packet.isIpv6() ? NetworkMutations::ipv6Fragments : NetworkMutations::ipv4Fragments;
      all.addAll(random.nextInt(5) == 0 ? fragments.apply(packet, random) : List.of(packet));
    }
    return all;
  }

  private static List<Recorded> ipv4Fragments(Recorded packet, Random random) {
    byte[] ip = packet.ipPacket();
    int payload = ip.length - IPV4_HEADER;
    int first = 8 * (1 + random.nextInt(Math.max(payload / 8, 1)));
    if (first >= payload) {
      return List.of(packet);
    }
    byte[] head = Arrays.copyOf(ip, IPV4_HEADER + first);
    ByteBuffer.wrap(head).putShort(2, (short) head.length).putShort(6, (short) MORE_FRAGMENTS);
    byte[] tail =
        insert(Arrays.copyOf(ip, IPV4_HEADER), IPV4_HEADER, behind(ip, IPV4_HEADER + first));
    ByteBuffer.wrap(tail).putShort(2, (short) tail.length).putShort(6, (short) (first / 8));
    return pair(packet, head, tail, random);
  }

  private static List<Recorded> ipv6Fragments(Recorded packet, Random random) {
    byte[] ip = packet.ipPacket();
    int payload = ip.length - IPV6_HEADER;
    int first = 8 * (1 + random.nextInt(Math.max(payload / 8, 1)));
    byte[] header = ByteBuffer.allocate(8).putInt(4, random.nextInt()).array();
    if (first >= payload) {
      return List.of(packet.withIpPacket(chained(ip, FRAGMENT_HEADER, header)));
    }
    header[3] = 1;
    byte[] head = chained(Arrays.copyOf(ip, IPV6_HEADER + first), FRAGMENT_HEADER, header.clone());
    ByteBuffer.wrap(head).putShort(4, (short) (8 + first));
    ByteBuffer.wrap(header).putShort(2, (short) first);
    byte[] rest =
        insert(Arrays.copyOf(ip, IPV6_HEADER), IPV6_HEADER, behind(ip, IPV6_HEADER + first));
    byte[] tail = chained(rest, FRAGMENT_HEADER, header);
    ByteBuffer.wrap(tail).putShort(4, (short) (tail.length - IPV6_HEADER));
    return pair(packet, head, tail, random);
  }

  private static List<Recorded> pair(Recorded packet, byte[] head, byte[] tail, Random random) {
    List<Recorded> both = new ArrayList<>(List.of(packet.withIpPacket(head)));
    if (random.nextInt(4) > 0) {
      both.add(random.nextInt(2), packet.withIpPacket(tail));
    }
    return both;
  }

  private static byte[] behind(byte[] ip, int from) {
    return Arrays.copyOfRange(ip, from, ip.length);
  }

  private static byte[] insert(byte[] into, int at, byte[] more) {
    byte[] longer = Arrays.copyOf(into, into.length + more.length);
    System.arraycopy(into, at, longer, at + more.length, into.length - at);
    System.arraycopy(more, 0, longer, at, more.length);
    return longer;
  }

  private static void addToLength(byte[] ip, int at, int more) {
    ByteBuffer packet = ByteBuffer.wrap(ip);
    packet.putShort(at, (short) (packet.getShort(at) + more));
  }
}
