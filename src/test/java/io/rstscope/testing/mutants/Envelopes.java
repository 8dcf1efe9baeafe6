package io.rstscope.testing.mutants;

import io.rstscope.capture.LinkType;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Recorded;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The same IP packets on another link, behind tags, in tunnels. */
final class Envelopes {
  private static final UnaryOperator<Packets> NOTHING = packet -> packet;

  private Envelopes() {}

  /** All packets in one envelope of that link type. */
  static List<Recorded> wrap(List<Recorded> packets, int linkType, Random random) {
    Supplier<Packets> link = link(linkType, packets.get(0).isIpv6(), random);
    UnaryOperator<Packets> tags = hasEtherType(linkType) ? tags(random) : NOTHING;
    UnaryOperator<Packets> tunnels = NOTHING;
    // link types IPV4, IPV6, NULL and LOOP say which IP version follows
    if (hasEtherType(linkType) || linkType == LinkType.RAW) {
      for (int deep = Mutation.oneOf(random, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2); deep > 0; deep--) {
        UnaryOperator<Packets> outer = tunnels;
        UnaryOperator<Packets> inner = tunnel(random);
        tunnels = packet -> inner.apply(outer.apply(packet));
      }
    }
    UnaryOperator<Packets> all = tunnels;
    return packets.stream()
        .map(packet -> wrap(packet, linkType, all.apply(tags.apply(link.get()))))
        .toList();
  }

  /** The lengths in the envelope are those of the packet before the snap length cut it. */
  private static Recorded wrap(Recorded packet, int linkType, Packets envelope) {
    byte[] captured = packet.ipPacket();
    int missing = packet.originalLength() - packet.bytes().length;
    byte[] whole = envelope.carrying(Arrays.copyOf(captured, captured.length + missing)).bytes();
    return packet.in(linkType, Arrays.copyOf(whole, whole.length - missing));
  }

  private static boolean hasEtherType(int linkType) {
    return linkType == LinkType.ETHERNET
        || linkType == LinkType.LINUX_SLL
        || linkType == LinkType.LINUX_SLL2;
  }

  private static Supplier<Packets> link(int linkType, boolean ipv6, Random random) {
    int family = ipv6 ? Mutation.oneOf(random, 10, 24, 28, 30) : 2;
    boolean bigEndian = linkType == LinkType.LOOP || random.nextBoolean();
    return switch (linkType) {
      case LinkType.ETHERNET -> Packets::ethernet;
      case LinkType.LINUX_SLL -> () -> Packets.cooked(random.nextInt(5));
      case LinkType.LINUX_SLL2 -> () -> Packets.cookedV2(random.nextInt(5), 2);
      case LinkType.NULL, LinkType.LOOP ->
          () -> bigEndian ? Packets.loopbackNetworkOrder(family) : Packets.loopback(family);
      default -> Packets::raw;
    };
  }

  private static UnaryOperator<Packets> tags(Random random) {
    return switch (random.nextInt(14)) {
      case 0 -> packet -> packet.vlan(7);
      case 1 -> packet -> packet.serviceVlan(7).vlan(9);
      case 2 -> packet -> packet.oldServiceVlan(7).vlan(9);
      case 3 -> packet -> packet.mpls(16);
      case 4 -> packet -> packet.vlan(7).mpls(1600).mpls(17);
      case 5 -> packet -> packet.pppoe(17);
      case 6 -> packet -> packet.vlan(7).pppoe(17);
      default -> NOTHING;
    };
  }

  private static UnaryOperator<Packets> tunnel(Random random) {
    UnaryOperator<Packets> outer =
        random.nextInt(4) == 0
            ? packet -> packet.ipv6("2001:db8:63::1", "2001:db8:63::2").ttl(200)
            : packet -> packet.ipv4("192.0.2.1", "192.0.2.2").ttl(200);
    UnaryOperator<Packets> inner =
        switch (random.nextInt(9)) {
          case 0 -> packet -> frame(packet.udp(50_000, 4789).vxlan(42));
          case 1 -> packet -> frame(packet.udp(50_000, 8472).vxlan(42));
          case 2 -> packet -> frame(packet.udp(50_000, 6081).geneve(42, 4 * random.nextInt(9)));
          case 3 -> packet -> packet.udp(50_000, 6081).geneve(42, 4 * random.nextInt(9));
          case 4 -> packet -> packet.gre(random.nextInt(16) << 12 & 0xb000);
          case 5 -> packet -> frame(packet.gre(random.nextInt(16) << 12 & 0xb000));
          case 6 -> packet -> frame(packet.gre(0x1000).erspan(5));
          case 7 -> packet -> frame(packet.gre(0x1000).erspanThree(5, random.nextBoolean()));
          default -> NOTHING;
        };
    return packet -> inner.apply(outer.apply(packet));
  }

  private static Packets frame(Packets packet) {
    return packet.innerEthernet(Packets.BROKER_MAC, Packets.CLIENT_MAC);
  }
}
