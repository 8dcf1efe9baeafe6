package io.rstscope.testing;

import io.rstscope.testing.Layer.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.BiConsumer;

/** The headers that need no more than their length and what follows them. */
final class Headers {
  private static final int PKTAP_LENGTH = 156;
  private static final byte[] INTERFACE = {'e', 'n', '0'};

  private Headers() {}

  /**
   * A header of {@code length} bytes.
   *
   * @param encoder writes it, and knows what follows; its buffer is as large as the header and all
   *     that it carries
   */
  private record Header(Kind kind, int length, BiConsumer<ByteBuffer, Kind> encoder)
      implements Layer {
    @Override
    public byte[] encode(Kind next, byte[] inner) {
      ByteBuffer buffer = ByteBuffer.allocate(length + inner.length);
      encoder.accept(buffer, next);
      return buffer.position(length).put(inner).array();
    }
  }

  static Layer ethernet(long source, long destination) {
    return new Header(
        Kind.ETHERNET,
        14,
        (b, next) -> mac(mac(b, destination), source).putShort((short) next.etherType));
  }

  static Layer loopback(int family) {
    return new Header(Kind.PAYLOAD, 4, (b, next) -> b.putInt(family));
  }

  /** PPP: the bytes before the protocol, and whether that is compressed. */
  static Layer ppp(byte[] framing, boolean compressed) {
    return new Header(
        Kind.PAYLOAD,
        framing.length + (compressed ? 1 : 2),
        (b, next) -> {
          int protocol = next == Kind.IPV4 ? 0x21 : 0x57;
          b.put(framing);
          if (!compressed) {
            b.put((byte) 0);
          }
          b.put((byte) protocol);
        });
  }

  static Layer ciscoHdlc() {
    return new Header(
        Kind.PAYLOAD, 4, (b, next) -> b.putShort((short) 0x0f00).putShort((short) next.etherType));
  }

  static Layer pktap(int linkType, int flags) {
    return new Header(
        Kind.PAYLOAD,
        PKTAP_LENGTH,
        (b, next) ->
            b.order(ByteOrder.LITTLE_ENDIAN)
                .putInt(PKTAP_LENGTH)
                .putInt(1)
                .putInt(linkType)
                .put(INTERFACE)
                .putInt(36, flags)
                .order(ByteOrder.BIG_ENDIAN));
  }

  static Layer cooked(int packetType, long source) {
    return new Header(
        Kind.PAYLOAD,
        16,
        (b, next) ->
            mac(b.putShort((short) packetType).putShort((short) 1).putShort((short) 6), source)
                .putShort((short) 0)
                .putShort((short) next.etherType));
  }

  static Layer cookedV2(int packetType, int interfaceIndex, long source) {
    return new Header(
        Kind.PAYLOAD,
        20,
        (b, next) ->
            mac(
                b.putShort((short) next.etherType)
                    .putShort((short) 0)
                    .putInt(interfaceIndex)
                    .putShort((short) 1)
                    .put((byte) packetType)
                    .put((byte) 6),
                source));
  }

  static Layer vlan(Kind kind, int id) {
    return new Header(
        kind, 4, (b, next) -> b.putShort((short) id).putShort((short) next.etherType));
  }

  static Layer mpls(int label) {
    return new Header(
        Kind.MPLS, 4, (b, next) -> b.putInt(label << 12 | (next == Kind.MPLS ? 0 : 0x100) | 64));
  }

  static Layer pppoe(int session) {
    return new Header(
        Kind.PPPOE,
        8,
        (b, next) ->
            b.putShort((short) 0x1100)
                .putShort((short) session)
                .putShort((short) (b.capacity() - 6))
                .putShort((short) (next == Kind.IPV4 ? 0x0021 : 0x0057)));
  }

  static Layer extension(Kind kind, int length) {
    return extension(kind, length, length / 8 - 1);
  }

  static Layer authentication(int length) {
    return extension(Kind.AUTHENTICATION, length, length / 4 - 2);
  }

  private static Layer extension(Kind kind, int length, int lengthField) {
    return new Header(
        kind, length, (b, next) -> b.put((byte) next.protocol).put((byte) lengthField));
  }

  static Layer fragment(int id, int offset, boolean more) {
    return new Header(
        Kind.FRAGMENT,
        8,
        (b, next) ->
            b.put((byte) next.protocol)
                .put((byte) 0)
                .putShort((short) (offset | (more ? 1 : 0)))
                .putInt(id));
  }

  static Layer udp(int sourcePort, int destinationPort) {
    return new Header(
        Kind.UDP,
        8,
        (b, next) ->
            b.putShort((short) sourcePort)
                .putShort((short) destinationPort)
                .putShort((short) b.capacity())
                .putShort((short) 0));
  }

  static Layer vxlan(int network) {
    return new Header(Kind.PAYLOAD, 8, (b, next) -> b.putInt(0x08000000).putInt(network << 8));
  }

  static Layer geneve(int network, int optionsLength) {
    return new Header(
        Kind.PAYLOAD,
        8 + optionsLength,
        (b, next) ->
            b.putShort((short) (optionsLength / 4 << 8))
                .putShort((short) next.etherType)
                .putInt(network << 8));
  }

  static Layer gre(int flags) {
    return new Header(
        Kind.GRE,
        4 + 4 * Integer.bitCount(flags & 0xb000),
        (b, next) -> b.putShort((short) flags).putShort((short) next.etherType));
  }

  static Layer erspanOne() {
    return new Header(Kind.ERSPAN, 0, (b, next) -> {});
  }

  static Layer erspan(int session) {
    return new Header(Kind.ERSPAN, 8, (b, next) -> b.putInt(0x1000_0000 | session).putInt(0));
  }

  static Layer erspanThree(int session, boolean subheader) {
    return new Header(
        Kind.ERSPAN_III,
        subheader ? 20 : 12,
        (b, next) ->
            b.putInt(0x2000_0000 | session)
                .putInt(0)
                .putInt((next == Kind.ETHERNET ? 0 : 2 << 10) | (subheader ? 1 : 0)));
  }

  private static ByteBuffer mac(ByteBuffer buffer, long address) {
    return buffer.putShort((short) (address >> 32)).putInt((int) address);
  }
}
