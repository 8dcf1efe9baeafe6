package io.rstscope.tshark;

import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.PacketSource;
import io.rstscope.decode.Segment;
import io.rstscope.decode.SegmentDecoder;
import io.rstscope.net.PortSet;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The TCP packets on the broker's port that our decoder finds in a capture. */
final class Decoded {
  private Decoded() {}

  /** By their frame numbers. */
  static Map<Long, TcpPacket> packets(Path capture) throws IOException, CaptureException {
    Map<Long, TcpPacket> packets = new LinkedHashMap<>();
    SegmentDecoder decoder = new SegmentDecoder(PortSet.parse("5672"));
    CapturedPacket packet = new CapturedPacket();
    Segment segment = new Segment();
    try (PacketSource source =
        CaptureFiles.read(capture.toString(), Files.newInputStream(capture))) {
      while (source.next(packet)) {
        if (decoder.decode(packet, segment)) {
          packets.put(packet.frame, packet(segment));
        }
      }
    }
    return packets;
  }

  private static TcpPacket packet(Segment segment) throws IOException {
    boolean ipv4 = segment.ipVersion == 4;
    return new TcpPacket(
        segment.frame,
        segment.timeNanos,
        segment.mac,
        address(ipv4, segment.sourceHigh, segment.sourceLow),
        segment.sourcePort,
        address(ipv4, segment.destinationHigh, segment.destinationLow),
        segment.destinationPort,
        segment.ttl,
        ipv4 ? segment.ipId : -1,
        segment.flags,
        segment.sequence,
        segment.acknowledgement,
        segment.window,
        segment.timestamps ? segment.tsVal & 0xffff_ffffL : -1,
        segment.payloadLength);
  }

  private static String address(boolean ipv4, long high, long low) throws IOException {
    byte[] address =
        ipv4
            ? ByteBuffer.allocate(4).putInt((int) low).array()
            : ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    return InetAddress.getByAddress(address).getHostAddress();
  }
}
