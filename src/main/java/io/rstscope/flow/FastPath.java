package io.rstscope.flow;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.LinkType;
import io.rstscope.wire.Bytes;
import io.rstscope.wire.EtherType;
import io.rstscope.wire.EthernetHeader;
import io.rstscope.wire.IpProtocol;
import io.rstscope.wire.Ipv4Header;
import io.rstscope.wire.TcpHeader;
import io.rstscope.wire.TcpOptions;

/**
 * A short way for the packets that nearly all are: Ethernet, IPv4 without options and in one piece,
 * TCP without options or with timestamps only, all headers captured and no length that lies.
 *
 * <p>It finds everything where it usually is and leaves all else to {@link SegmentDecoder}, which
 * would come to the same.
 */
final class FastPath {
  /** The packet is not one of these; the segment means nothing. */
  static final int NOT_TAKEN = 0;

  private static final int IP = EthernetHeader.LENGTH;
  private static final int TCP = IP + Ipv4Header.MINIMUM_LENGTH;
  private static final int OPTIONS = TCP + TcpHeader.MINIMUM_LENGTH;

  /** EtherType, and version and length of an IPv4 header without options. */
  private static final int IPV4_WITHOUT_OPTIONS = EtherType.IPV4 << 8 | 0x45;

  /** Whether it is a fragment (16 bits), TTL and protocol (8 bits each), without the TTL. */
  private static final int WHOLE_AND_PROTOCOL = 0x3fff_00ff;

  private FastPath() {}

  /**
   * Decodes a packet if it is one of these.
   *
   * @return {@link Step#SEGMENT}, {@link Step#OTHER} or {@link #NOT_TAKEN}
   */
  static int decode(CapturedPacket packet, Segment segment, PortSet ports) {
    byte[] data = packet.data;
    int frame = packet.offset;
    int captured = packet.capturedLength;
    if (captured < OPTIONS || packet.linkType != LinkType.ETHERNET) {
      return NOT_TAKEN;
    }
    // EtherType, version and length, type of service, total length, identification
    long first = Bytes.i64(data, frame + EthernetHeader.ETHER_TYPE);
    int second = Bytes.i32(data, frame + IP + Ipv4Header.FLAGS_AND_FRAGMENT_OFFSET);
    int end = IP + ((int) first >>> 16);
    if (first >>> 40 != IPV4_WITHOUT_OPTIONS
        || (second & WHOLE_AND_PROTOCOL) != IpProtocol.TCP
        || end < OPTIONS
        || end > packet.originalLength) {
      return NOT_TAKEN;
    }
    int bothPorts = Bytes.i32(data, frame + TCP);
    if (!ports.contains(bothPorts >>> 16) && !ports.contains(bothPorts & 0xffff)) {
      return Step.OTHER;
    }
    int payload = TCP + TcpHeader.headerLength(data, frame + TCP);
    int capturedEnd = Math.min(captured, end);
    if (payload > capturedEnd || !takeOptions(data, frame, payload - OPTIONS, segment)) {
      return NOT_TAKEN;
    }
    segment.sourcePort = bothPorts >>> 16;
    segment.destinationPort = bothPorts & 0xffff;
    takeHeaders(data, frame, segment);
    segment.data = data;
    segment.payloadOffset = frame + payload;
    segment.payloadCaptured = capturedEnd - payload;
    segment.payloadLength = end - payload;
    SegmentDecoder.start(packet, segment);
    segment.mac = EthernetHeader.source(data, frame);
    return Step.SEGMENT;
  }

  /** Whether there are none but timestamps; a negative length is not. */
  private static boolean takeOptions(byte[] data, int frame, int length, Segment segment) {
    boolean timestamps = TcpOptions.areTimestampsOnly(data, frame + OPTIONS, length);
    segment.timestamps = timestamps;
    segment.tsVal =
        timestamps
            ? TcpOptions.timestampValue(data, TcpOptions.paddedTimestamps(frame + OPTIONS))
            : 0;
    return timestamps || length == 0;
  }

  private static void takeHeaders(byte[] data, int frame, Segment segment) {
    segment.ipVersion = 4;
    segment.ttl = Ipv4Header.timeToLive(data, frame + IP);
    segment.ipId = Ipv4Header.identification(data, frame + IP);
    segment.dontFragment = Ipv4Header.dontFragment(data, frame + IP);
    segment.flowLabel = -1;
    segment.sourceHigh = 0;
    segment.sourceLow = Ipv4Header.source(data, frame + IP);
    segment.destinationHigh = 0;
    segment.destinationLow = Ipv4Header.destination(data, frame + IP);
    segment.sequence = TcpHeader.sequence(data, frame + TCP);
    segment.acknowledgement = TcpHeader.acknowledgement(data, frame + TCP);
    segment.flags = TcpHeader.flags(data, frame + TCP);
    segment.window = TcpHeader.window(data, frame + TCP);
  }
}
