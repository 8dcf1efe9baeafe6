package io.rstscope.testing;

import io.rstscope.testing.Layer.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

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

  /** A packet that begins with its IP header. */
  public static Packets raw() {
    return new Packets();
  }

  /** Link type NULL of a little-endian host: macOS says 30 for IPv6. */
  public static Packets loopback(int addressFamily) {
    return new Packets().header(4, b -> b.putInt(Integer.reverseBytes(addressFamily)));
  }

  /** Link type LOOP, or NULL of a big-endian host. */
  public static Packets loopbackNetworkOrder(int addressFamily) {
    return new Packets().header(4, b -> b.putInt(addressFamily));
  }

  /** Linux cooked capture, version 1, on an Ethernet device. */
  public static Packets cooked(int packetType) {
    return new Packets()
        .add(
            Kind.PAYLOAD,
            16,
            (b, next) ->
                mac(b.putShort((short) packetType).putShort((short) 1).putShort((short) 6))
                    .putShort((short) next.etherType));
  }

  /** Linux cooked capture, version 2, on an Ethernet device. */
  public static Packets cookedV2(int packetType, int interfaceIndex) {
    return new Packets()
        .add(
            Kind.PAYLOAD,
            20,
            (b, next) ->
                mac(
                    b.putShort((short) next.etherType)
                        .putShort((short) 0)
                        .putInt(interfaceIndex)
                        .putShort((short) 1)
                        .put((byte) packetType)
                        .put((byte) 6)));
  }

  public Packets vlan(int id) {
    return tag(Kind.VLAN, id);
  }

  /** An 802.1ad tag; a {@link #vlan} follows it. */
  public Packets serviceVlan(int id) {
    return tag(Kind.SERVICE_VLAN, id);
  }

  /** A tag announced by 0x9100; a {@link #vlan} follows it. */
  public Packets oldServiceVlan(int id) {
    return tag(Kind.OLD_SERVICE_VLAN, id);
  }

  public Packets mpls(int label) {
    return add(
        Kind.MPLS, 4, (b, next) -> b.putInt(label << 12 | (next == Kind.MPLS ? 0 : 0x100) | 64));
  }

  public Packets pppoe(int session) {
    return add(
        Kind.PPPOE,
        8,
        (b, next) ->
            b.put((byte) 0x11)
                .put((byte) 0)
                .putShort((short) session)
                .putShort((short) (b.capacity() - 6))
                .putShort((short) (next == Kind.IPV4 ? 0x0021 : 0x0057)));
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
    return extension(Kind.HOP_BY_HOP, length, length / 8 - 1);
  }

  public Packets routing(int length) {
    return extension(Kind.ROUTING, length, length / 8 - 1);
  }

  public Packets destinationOptions(int length) {
    return extension(Kind.DESTINATION_OPTIONS, length, length / 8 - 1);
  }

  public Packets mobility(int length) {
    return extension(Kind.MOBILITY, length, length / 8 - 1);
  }

  /** Authentication header; {@code length} a multiple of 4. */
  public Packets authentication(int length) {
    return extension(Kind.AUTHENTICATION, length, length / 4 - 2);
  }

  /** IPv6 fragment header; {@code offset} in bytes, a multiple of 8. */
  public Packets fragmentHeader(int id, int offset, boolean more) {
    return add(
        Kind.FRAGMENT,
        8,
        (b, next) ->
            b.put((byte) next.protocol)
                .put((byte) 0)
                .putShort((short) (offset | (more ? 1 : 0)))
                .putInt(id));
  }

  /** A UDP header without checksum. */
  public Packets udp(int sourcePort, int destinationPort) {
    return add(
        Kind.UDP,
        8,
        (b, next) ->
            b.putShort((short) sourcePort)
                .putShort((short) destinationPort)
                .putShort((short) b.capacity())
                .putShort((short) 0));
  }

  /** A VXLAN header in UDP; an {@link #innerEthernet} follows. */
  public Packets vxlan(int network) {
    return header(8, b -> b.putInt(0x08000000).putInt(network << 8));
  }

  /** A GENEVE header in UDP; {@code optionsLength} a multiple of 4. */
  public Packets geneve(int network, int optionsLength) {
    return add(
        Kind.PAYLOAD,
        8 + optionsLength,
        (b, next) ->
            b.putShort((short) (optionsLength / 4 << 8))
                .putShort((short) next.etherType)
                .putInt(network << 8));
  }

  /**
   * GRE; {@code flags} are the high bits of its first word: 0x8000 checksum, 0x2000 key, 0x1000.
   */
  public Packets gre(int flags) {
    return add(
        Kind.GRE,
        4 + 4 * Integer.bitCount(flags & 0xb000),
        (b, next) -> b.putShort((short) flags).putShort((short) next.etherType));
  }

  /** What GRE calls ERSPAN, without a header: type I. */
  public Packets erspanOne() {
    return add(Kind.ERSPAN, 0, (b, next) -> {});
  }

  /** The header of ERSPAN type II. */
  public Packets erspan(int session) {
    return add(Kind.ERSPAN, 8, (b, next) -> b.putInt(0x1000_0000 | session).putInt(0));
  }

  /** The header of ERSPAN type III, with or without its platform specific subheader. */
  public Packets erspanThree(int session, boolean subheader) {
    return add(
        Kind.ERSPAN_III,
        subheader ? 20 : 12,
        (b, next) ->
            b.putInt(0x2000_0000 | session)
                .putInt(0)
                .putInt((next == Kind.ETHERNET ? 0 : 2 << 10) | (subheader ? 1 : 0)));
  }

  /** An Ethernet header, within a tunnel. */
  public Packets innerEthernet(long source, long destination) {
    return add(
        Kind.ETHERNET,
        14,
        (b, next) ->
            b.putShort((short) (destination >> 32))
                .putInt((int) destination)
                .putShort((short) (source >> 32))
                .putInt((int) source)
                .putShort((short) next.etherType));
  }

  /** A TCP header: an ACK with window 502 and sequence number 1, unless told otherwise. */
  public Packets tcp(int sourcePort, int destinationPort) {
    tcp = new TcpLayer(ip, sourcePort, destinationPort);
    layers.add(tcp);
    return this;
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

  private Packets ip(IpLayer layer, Kind kind) {
    if (layer.kind() != kind) {
      throw new IllegalArgumentException("addresses are not " + kind);
    }
    ip = layer;
    layers.add(layer);
    return this;
  }

  private Packets tag(Kind kind, int id) {
    return add(kind, 4, (b, next) -> b.putShort((short) id).putShort((short) next.etherType));
  }

  private Packets extension(Kind kind, int length, int lengthField) {
    return add(kind, length, (b, next) -> b.put((byte) next.protocol).put((byte) lengthField));
  }

  private Packets header(int length, Consumer<ByteBuffer> encoder) {
    return add(Kind.PAYLOAD, length, (b, next) -> encoder.accept(b));
  }

  /** Adds a header; the encoder's buffer has room for all that it carries, too. */
  private Packets add(Kind kind, int length, BiConsumer<ByteBuffer, Kind> encoder) {
    layers.add(new SimpleLayer(kind, length, encoder));
    return this;
  }

  private static ByteBuffer mac(ByteBuffer buffer) {
    return buffer.putShort((short) (CLIENT_MAC >> 32)).putInt((int) CLIENT_MAC).putShort((short) 0);
  }

  private record SimpleLayer(Kind kind, int length, BiConsumer<ByteBuffer, Kind> encoder)
      implements Layer {
    @Override
    public byte[] encode(Kind next, byte[] inner) {
      ByteBuffer buffer = ByteBuffer.allocate(length + inner.length);
      encoder.accept(buffer, next);
      return buffer.position(length).put(inner).array();
    }
  }

  /** The packet. */
  public byte[] bytes() {
    byte[] packet = payload;
    Kind next = Kind.PAYLOAD;
    for (int i = layers.size() - 1; i >= 0; i--) {
      packet = layers.get(i).encode(next, packet);
      next = layers.get(i).kind();
    }
    return packet;
  }
}
