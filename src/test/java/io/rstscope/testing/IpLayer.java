package io.rstscope.testing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** An IPv4 or IPv6 header, of whichever version its addresses are. */
final class IpLayer implements Layer {
  final byte[] source;
  final byte[] destination;
  int ttl = 64;
  int id = 1;
  boolean dontFragment = true;
  boolean moreFragments;
  int fragmentOffset;
  int flowLabel;
  int optionsLength;

  /** -1 for the right one. */
  int length = -1;

  IpLayer(String source, String destination) {
    this.source = address(source);
    this.destination = address(destination);
  }

  @Override
  public Kind kind() {
    return source.length == 4 ? Kind.IPV4 : Kind.IPV6;
  }

  @Override
  public byte[] encode(Kind next, byte[] inner) {
    return kind() == Kind.IPV4 ? ipv4(next, inner) : ipv6(next, inner);
  }

  /**
   * What is summed up before a TCP or UDP header (RFC 9293, section 3.1; RFC 8200, section 8.1).
   */
  byte[] pseudoHeader(Kind next, int segmentLength) {
    return ByteBuffer.allocate(2 * source.length + 8)
        .put(source)
        .put(destination)
        .putInt(segmentLength)
        .putInt(next.protocol)
        .array();
  }

  private byte[] ipv4(Kind next, byte[] inner) {
    int headerLength = 20 + optionsLength;
    int right = headerLength + inner.length;
    byte[] packet =
        ByteBuffer.allocate(right)
            .put((byte) (0x40 | headerLength / 4))
            .put((byte) 0)
            .putShort((short) (length < 0 ? right : length))
            .putShort((short) id)
            .putShort((short) ((dontFragment ? 0x4000 : 0) | fragmentBits()))
            .put((byte) ttl)
            .put((byte) next.protocol)
            .putShort((short) 0)
            .put(source)
            .put(destination)
            .put(noOperations())
            .put(inner)
            .array();
    int checksum = Checksum.of(Arrays.copyOf(packet, headerLength));
    ByteBuffer.wrap(packet).putShort(10, (short) checksum);
    return packet;
  }

  private int fragmentBits() {
    return (moreFragments ? 0x2000 : 0) | fragmentOffset / 8;
  }

  private byte[] noOperations() {
    byte[] options = new byte[optionsLength];
    Arrays.fill(options, (byte) 1);
    return options;
  }

  private byte[] ipv6(Kind next, byte[] inner) {
    return ByteBuffer.allocate(40 + inner.length)
        .putInt(6 << 28 | flowLabel)
        .putShort((short) (length < 0 ? inner.length : length))
        .put((byte) next.protocol)
        .put((byte) ttl)
        .put(source)
        .put(destination)
        .put(inner)
        .array();
  }

  private static byte[] address(String literal) {
    try {
      return InetAddress.getByName(literal).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
