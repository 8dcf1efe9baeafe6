package io.rstscope.testing;

import io.rstscope.testing.Layer.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds a packet from the outside in, with right lengths and checksums:
 *
 * <pre>{@code
 * Packets.ethernet().vlan(5).ipv4("10.0.0.1", "10.0.0.2").ttl(63)
 *     .tcp(40000, 5672).flags(Packets.RST).seq(7).payload("why").bytes()
 * }</pre>
 *
 * <p>A method that names a field speaks of the last header of that kind. Without {@link #payload} a
 * packet carries nothing.
 */
public final class Packets {
  public static final int FIN = 0x01;
  public static final int SYN = 0x02;
  public static final int RST = 0x04;
  public static final int PSH = 0x08;
  public static final int ACK = 0x10;

  /** Source address of {@link #ethernet()} and of cooked headers. */
  public static final long CLIENT_MAC = 0x02_00_00_00_00_01L;

  public static final long BROKER_MAC = 0x02_00_00_00_00_02L;

  private final List<Layer> layers = new ArrayList<>();
  private byte[] payload = {};
  private Kind payloadKind = Kind.PAYLOAD;
  private IpLayer ip;
  private TcpLayer tcp;

  private Packets() {}

  /** An Ethernet frame from {@link #CLIENT_MAC} to {@link #BROKER_MAC}. */
  public static Packets ethernet() {
    return ethernet(CLIENT_MAC, BROKER_MAC);
  }

  public static Packets ethernet(long source, long destination) {
    return new Packets().innerEthernet(source, destination);
  }

  /** Replaces the addresses of the Ethernet header that it begins with. */
  Packets macs(long source, long destination) {
    layers.set(0, Headers.ethernet(source, destination));
    return this;
  }

  /** A packet that begins with its IP header. */
  public static Packets raw() {
    return new Packets();
  }

  /** Link type NULL of a little-endian host: macOS says 30 for IPv6. */
  public static Packets loopback(int addressFamily) {
    return new Packets().add(Headers.loopback(Integer.reverseBytes(addressFamily)));
  }

  /** Link type LOOP, or NULL of a big-endian host. */
  public static Packets loopbackNetworkOrder(int addressFamily) {
    return new Packets().add(Headers.loopback(addressFamily));
  }

  /** PPP in HDLC-like framing. */
  public static Packets framedPpp() {
    return new Packets().add(Headers.ppp(new byte[] {(byte) 0xff, 3}, false));
  }

  /** PPP without address and control; the protocol in 8 bits if it is compressed. */
  public static Packets ppp(boolean compressed) {
    return new Packets().add(Headers.ppp(new byte[0], compressed));
  }

  /** What Cisco sends where others send PPP. */
  public static Packets ciscoHdlc() {
    return new Packets().add(Headers.ciscoHdlc());
  }

  /**
   * What macOS puts before a packet of interface {@code en0}.
   *
   * @param linkType what follows
   * @param flags 1 inbound, 2 outbound
   */
  public static Packets pktap(int linkType, int flags) {
    return new Packets().add(Headers.pktap(linkType, flags));
  }

  /** Linux cooked capture, version 1, on an Ethernet device. */
  public static Packets cooked(int packetType) {
    return new Packets().add(Headers.cooked(packetType, CLIENT_MAC));
  }

  /** Linux cooked capture, version 2, on an Ethernet device. */
  public static Packets cookedV2(int packetType, int interfaceIndex) {
    return new Packets().add(Headers.cookedV2(packetType, interfaceIndex, CLIENT_MAC));
  }

  public Packets vlan(int id) {
    return add(Headers.vlan(Kind.VLAN, id));
  }

  /** An 802.1ad tag; a {@link #vlan} follows it. */
  public Packets serviceVlan(int id) {
    return add(Headers.vlan(Kind.SERVICE_VLAN, id));
  }

  /** A tag announced by 0x9100; a {@link #vlan} follows it. */
  public Packets oldServiceVlan(int id) {
    return add(Headers.vlan(Kind.OLD_SERVICE_VLAN, id));
  }

  public Packets mpls(int label) {
    return add(Headers.mpls(label));
  }

  public Packets pppoe(int session) {
    return add(Headers.pppoe(session));
  }

  public Packets ipv4(String source, String destination) {
    return ip(new IpLayer(source, destination), Kind.IPV4);
  }

  public Packets ipv6(String source, String destination) {
    return ip(new IpLayer(source, destination), Kind.IPV6);
  }

  /** Time to live or hop limit. */
  public Packets ttl(int ttl) {
    ip.ttl = ttl;
    return this;
  }

  /** IPv4 identification. */
  public Packets id(int id) {
    ip.id = id;
    return this;
  }

  /** IPv4 Don't Fragment, set unless told otherwise. */
  public Packets df(boolean dontFragment) {
    ip.dontFragment = dontFragment;
    return this;
  }

  public Packets flowLabel(int flowLabel) {
    ip.flowLabel = flowLabel;
    return this;
  }

  /** Makes the IPv4 packet a fragment; {@code offset} in bytes, a multiple of 8. */
  public Packets fragment(int offset, boolean more) {
    ip.dontFragment = false;
    ip.fragmentOffset = offset;
    ip.moreFragments = more;
    return this;
  }

  /** IPv4 options, a multiple of 4 bytes of them. */
  public Packets ipOptions(int length) {
    ip.optionsLength = length;
    return this;
  }

  /** What the IP header says of its length, instead of what is right. */
  public Packets ipLength(int length) {
    ip.length = length;
    return this;
  }

  /** A hop-by-hop header; {@code length} a multiple of 8. So with those that follow. */
  public Packets hopByHop(int length) {
    return add(Headers.extension(Kind.HOP_BY_HOP, length));
  }

  public Packets routing(int length) {
    return add(Headers.extension(Kind.ROUTING, length));
  }

  public Packets destinationOptions(int length) {
    return add(Headers.extension(Kind.DESTINATION_OPTIONS, length));
  }

  public Packets mobility(int length) {
    return add(Headers.extension(Kind.MOBILITY, length));
  }

  /** Authentication header; {@code length} a multiple of 4. */
  public Packets authentication(int length) {
    return add(Headers.authentication(length));
  }

  /** IPv6 fragment header; {@code offset} in bytes, a multiple of 8. */
  public Packets fragmentHeader(int id, int offset, boolean more) {
    return add(Headers.fragment(id, offset, more));
  }

  /** A UDP header without checksum. */
  public Packets udp(int sourcePort, int destinationPort) {
    return add(Headers.udp(sourcePort, destinationPort));
  }

  /** A VXLAN header in UDP; an {@link #innerEthernet} follows. */
  public Packets vxlan(int network) {
    return add(Headers.vxlan(network));
  }

  /** A GENEVE header in UDP; {@code optionsLength} a multiple of 4. */
  public Packets geneve(int network, int optionsLength) {
    return add(Headers.geneve(network, optionsLength));
  }

  /**
   * GRE; {@code flags} are the high bits of its first word: 0x8000 checksum, 0x2000 key, 0x1000.
   */
  public Packets gre(int flags) {
    return add(Headers.gre(flags));
  }

  /** What GRE calls ERSPAN, without a header: type I. */
  public Packets erspanOne() {
    return add(Headers.erspanOne());
  }

  /** The header of ERSPAN type II. */
  public Packets erspan(int session) {
    return add(Headers.erspan(session));
  }

  /** The header of ERSPAN type III, with or without its platform specific subheader. */
  public Packets erspanThree(int session, boolean subheader) {
    return add(Headers.erspanThree(session, subheader));
  }

  /** An Ethernet header, within a tunnel. */
  public Packets innerEthernet(long source, long destination) {
    return add(Headers.ethernet(source, destination));
  }

  /** A TCP header: an ACK with window 502 and sequence number 1, unless told otherwise. */
  public Packets tcp(int sourcePort, int destinationPort) {
    tcp = new TcpLayer(ip, sourcePort, destinationPort);
    return add(tcp);
  }

  public Packets flags(int flags) {
    tcp.flags = flags;
    return this;
  }

  public Packets seq(int sequence) {
    tcp.sequence = sequence;
    return this;
  }

  public Packets ack(int acknowledgement) {
    tcp.acknowledgement = acknowledgement;
    return this;
  }

  public Packets window(int window) {
    tcp.window = window;
    return this;
  }

  /** The timestamps option, after two no-operations, as usual. */
  public Packets timestamps(int value, int echo) {
    return tcpOption(ByteBuffer.allocate(12).putInt(0x0101080a).putInt(value).putInt(echo).array());
  }

  /** The window scale option, after a no-operation. */
  public Packets wscale(int shift) {
    return tcpOption(1, 3, 3, shift);
  }

  public Packets mss(int bytes) {
    return tcpOption(2, 4, bytes >> 8, bytes);
  }

  public Packets sackPermitted() {
    return tcpOption(1, 1, 4, 2);
  }

  /** Bytes to add to the TCP options, right or wrong. */
  public Packets tcpOption(int... bytes) {
    for (int value : bytes) {
      tcp.options.write(value);
    }
    return this;
  }

  private Packets tcpOption(byte[] bytes) {
    tcp.options.writeBytes(bytes);
    return this;
  }

  public Packets payload(byte[] bytes) {
    payload = bytes;
    return this;
  }

  public Packets payload(String ascii) {
    return payload(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  /** An IP packet made before, of the version that its first byte says. */
  public Packets carrying(byte[] ipPacket) {
    payloadKind = ipPacket[0] >> 4 == 6 ? Kind.IPV6 : Kind.IPV4;
    return payload(ipPacket);
  }

  private Packets ip(IpLayer layer, Kind kind) {
    if (layer.kind() != kind) {
      throw new IllegalArgumentException("addresses are not " + kind);
    }
    ip = layer;
    return add(layer);
  }

  private Packets add(Layer layer) {
    layers.add(layer);
    return this;
  }

  /** The packet. */
  public byte[] bytes() {
    byte[] packet = payload;
    Kind next = payloadKind;
    for (int i = layers.size() - 1; i >= 0; i--) {
      packet = layers.get(i).encode(next, packet);
      next = layers.get(i).kind();
    }
    return packet;
  }
}
