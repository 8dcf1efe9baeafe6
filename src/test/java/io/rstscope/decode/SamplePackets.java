package io.rstscope.decode;

import io.rstscope.capture.LinkType;
import io.rstscope.testing.Packets;
import java.util.ArrayList;
import java.util.List;

/** The same segment, in each wrapping that the decoder takes off. */
final class SamplePackets {
  static final String PAYLOAD = "AMQP\0\0\11\1";

  private static final String CLIENT = "10.0.0.1";
  private static final String BROKER = "10.0.0.2";
  private static final String CLIENT6 = "2001:db8::1";
  private static final String BROKER6 = "2001:db8::2";
  private static final String A = "198.51.100.1";
  private static final String B = "198.51.100.2";
  private static final long OTHER_MAC = 0x02_00_00_00_00_99L;

  private SamplePackets() {}

  record Sample(String name, int linkType, byte[] bytes, boolean tunnelled) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Sample> all() {
    List<Sample> samples = new ArrayList<>();
    samples.addAll(plain());
    samples.addAll(tunnelled());
    return samples;
  }

  static List<Sample> plain() {
    return List.of(
        plain("Ethernet, IPv4", LinkType.ETHERNET, ipv4(Packets.ethernet())),
        plain("Ethernet, IPv6", LinkType.ETHERNET, ipv6(Packets.ethernet())),
        plain("VLAN", LinkType.ETHERNET, ipv4(Packets.ethernet().vlan(5))),
        plain("QinQ", LinkType.ETHERNET, ipv6(Packets.ethernet().serviceVlan(5).vlan(6))),
        plain("old QinQ", LinkType.ETHERNET, ipv4(Packets.ethernet().oldServiceVlan(5).vlan(6))),
        plain("MPLS", LinkType.ETHERNET, ipv4(Packets.ethernet().mpls(16).mpls(17).mpls(18))),
        plain("MPLS, IPv6", LinkType.ETHERNET, ipv6(Packets.ethernet().mpls(0xfffff))),
        plain("PPPoE", LinkType.ETHERNET, ipv4(Packets.ethernet().pppoe(9))),
        plain("PPPoE, IPv6", LinkType.ETHERNET, ipv6(Packets.ethernet().vlan(7).pppoe(9))),
        plain("raw IPv4", LinkType.RAW, ipv4(Packets.raw())),
        plain("raw IPv6", LinkType.RAW, ipv6(Packets.raw())),
        plain("raw, BSD", LinkType.RAW_BSD, ipv4(Packets.raw())),
        plain("raw, OpenBSD", LinkType.RAW_OPENBSD, ipv6(Packets.raw())),
        plain("IPV4", LinkType.IPV4, ipv4(Packets.raw())),
        plain("IPV6", LinkType.IPV6, ipv6(Packets.raw())),
        plain("null, little endian", LinkType.NULL, ipv6(Packets.loopback(30))),
        plain("null, big endian", LinkType.NULL, ipv4(Packets.loopbackNetworkOrder(2))),
        plain("loop", LinkType.LOOP, ipv6(Packets.loopbackNetworkOrder(24))),
        plain("cooked", LinkType.LINUX_SLL, ipv4(Packets.cooked(4))),
        plain("cooked 2", LinkType.LINUX_SLL2, ipv6(Packets.cookedV2(0, 3))),
        plain("cooked, VLAN", LinkType.LINUX_SLL, ipv4(Packets.cooked(0).vlan(8))),
        plain("PPP", LinkType.PPP, ipv4(Packets.framedPpp())),
        plain("PPP, not framed", LinkType.PPP, ipv6(Packets.ppp(false))),
        plain("PPP, compressed protocol", LinkType.PPP, ipv4(Packets.ppp(true))),
        plain("PPP in HDLC", LinkType.PPP_HDLC, ipv6(Packets.framedPpp())),
        plain("PPP in HDLC, IPv6 compressed", LinkType.PPP_HDLC, ipv6(Packets.ppp(true))),
        plain("Cisco HDLC", LinkType.PPP_HDLC, ipv6(Packets.ciscoHdlc())),
        plain("PKTAP, raw IP", LinkType.PKTAP, ipv4(Packets.pktap(LinkType.RAW_BSD, 1))),
        plain("PKTAP, raw IPv6", LinkType.PKTAP, ipv6(Packets.pktap(LinkType.RAW_BSD, 2))),
        plain("IPv4 options", LinkType.ETHERNET, tcp(ip4(Packets.ethernet()).ipOptions(40))),
        plain("AH on IPv4", LinkType.RAW, tcp(ip4(Packets.raw()).authentication(24))),
        plain(
            "IPv6 extension headers",
            LinkType.ETHERNET,
            tcp(
                ip6(Packets.ethernet())
                    .hopByHop(8)
                    .destinationOptions(16)
                    .routing(40)
                    .authentication(28)
                    .mobility(8)
                    .destinationOptions(24))),
        plain(
            "atomic fragment",
            LinkType.RAW,
            tcp(ip6(Packets.raw()).fragmentHeader(0x12345678, 0, false))));
  }

  static List<Sample> tunnelled() {
    return List.of(
        tunnel("VXLAN", ipv4(frame(outer4().udp(50_000, 4789).vxlan(77)))),
        tunnel("VXLAN, Linux port", ipv6(frame(outer6().udp(50_000, 8472).vxlan(0xffffff)))),
        tunnel("VXLAN, VLAN within", ipv4(frame(outer4().udp(50_000, 4789).vxlan(77)).vlan(5))),
        tunnel("GENEVE", ipv4(frame(outer4().udp(50_000, 6081).geneve(77, 0)))),
        tunnel("GENEVE, options, IP", ipv6(outer4().udp(50_000, 6081).geneve(77, 252))),
        tunnel("GRE", ipv4(outer4().gre(0))),
        tunnel("GRE, IPv6, all words", ipv6(outer6().gre(0xb000))),
        tunnel("GRE, Ethernet, key", ipv4(frame(outer4().gre(0x2000)))),
        tunnel("GRE, MPLS", ipv4(outer4().gre(0).mpls(16))),
        tunnel("ERSPAN I", ipv4(frame(outer4().gre(0).erspanOne()))),
        tunnel("ERSPAN II", ipv4(frame(outer4().gre(0x1000).erspan(3)).vlan(5))),
        tunnel("ERSPAN III", ipv6(frame(outer4().gre(0x1000).erspanThree(3, false)))),
        tunnel("ERSPAN III, long", ipv4(frame(outer4().gre(0x1000).erspanThree(3, true)))),
        tunnel("ERSPAN III, IP", ipv4(outer4().gre(0x1000).erspanThree(3, false))),
        tunnel("4 in 4", ipv4(outer4())),
        tunnel("6 in 4", ipv6(outer4())),
        tunnel("4 in 6", ipv4(outer6())),
        tunnel("6 in 6, behind options", ipv6(outer6().destinationOptions(8))),
        tunnel("VXLAN in VXLAN", ipv4(frame(vxlan(frame(vxlan(outer4())).ipv4(A, B))))),
        tunnel("GENEVE in ERSPAN", ipv6(mirrored().ipv4(A, B).udp(50_000, 6081).geneve(7, 4))),
        tunnel("VXLAN in GRE", ipv6(frame(vxlan(outer6().gre(0x2000).ipv4(A, B))))),
        tunnel("4 in 4 in 4", ipv4(outer4().ipv4(A, B).ttl(9))));
  }

  /** What all samples end with. */
  static Packets tcp(Packets packet) {
    return packet
        .tcp(40_000, 5672)
        .flags(Packets.PSH | Packets.ACK)
        .seq(0xfffffff0)
        .ack(0x80000001)
        .window(511)
        .timestamps(0x11223344, 0xa0b0c0d0)
        .payload(PAYLOAD);
  }

  private static Packets ip4(Packets packet) {
    return packet.ipv4(CLIENT, BROKER).ttl(61).id(0xfffe);
  }

  private static Packets ip6(Packets packet) {
    return packet.ipv6(CLIENT6, BROKER6).ttl(61).flowLabel(0xabcde);
  }

  private static Packets ipv4(Packets packet) {
    return tcp(ip4(packet));
  }

  private static Packets ipv6(Packets packet) {
    return tcp(ip6(packet));
  }

  private static Packets outer4() {
    return Packets.ethernet().ipv4("192.0.2.1", "192.0.2.2").ttl(255).id(9).df(false);
  }

  private static Packets outer6() {
    return Packets.ethernet().ipv6("2001:db8:f::1", "2001:db8:f::2").ttl(255).flowLabel(9);
  }

  private static Packets vxlan(Packets packet) {
    return packet.udp(50_000, 4789).vxlan(77);
  }

  private static Packets mirrored() {
    return frame(outer4().gre(0x1000).erspan(3));
  }

  private static Packets frame(Packets packet) {
    return packet.innerEthernet(OTHER_MAC, OTHER_MAC);
  }

  private static Sample plain(String name, int linkType, Packets packet) {
    return new Sample(name, linkType, packet.bytes(), false);
  }

  private static Sample tunnel(String name, Packets packet) {
    return new Sample(name, LinkType.ETHERNET, packet.bytes(), true);
  }
}
