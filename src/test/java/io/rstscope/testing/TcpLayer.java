package io.rstscope.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** A TCP header; its options are padded to a multiple of four bytes, as they must be. */
final class TcpLayer implements Layer {
  private final IpLayer ip;
  private final int sourcePort;
  private final int destinationPort;
  int sequence = 1;
  int acknowledgement;
  int flags = 0x10;
  int window = 502;
  final ByteArrayOutputStream options = new ByteArrayOutputStream();

  TcpLayer(IpLayer ip, int sourcePort, int destinationPort) {
    this.ip = ip;
    this.sourcePort = sourcePort;
    this.destinationPort = destinationPort;
  }

  @Override
  public Kind kind() {
    return Kind.TCP;
  }

  @Override
  public byte[] encode(Kind next, byte[] inner) {
    int headerLength = 20 + (options.size() + 3) / 4 * 4;
    byte[] segment =
        ByteBuffer.allocate(headerLength + inner.length)
            .putShort((short) sourcePort)
            .putShort((short) destinationPort)
            .putInt(sequence)
            .putInt(acknowledgement)
            .put((byte) (headerLength / 4 << 4))
            .put((byte) flags)
            .putShort((short) window)
            .putInt(0)
            .put(options.toByteArray())
            .position(headerLength)
            .put(inner)
            .array();
    int checksum = Checksum.of(ip.pseudoHeader(Kind.TCP, segment.length), segment);
    ByteBuffer.wrap(segment).putShort(16, (short) checksum);
    return segment;
  }
}
