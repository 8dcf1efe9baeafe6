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
 * <p>It finds everything where it usually is, by few wide loads, and leaves all else to {@link
 * SegmentDecoder}, which would come to the same.
 */
final class FastPath {
  /** The packet is not one of these; the segment means nothing. */
  static final int NOT_TAKEN = 0;

  private static final int IP = EthernetHeader.LENGTH;
  private static final int TCP = IP + Ipv4Header.MINIMUM_LENGTH;
  private static final int OPTIONS = TCP + TcpHeader.MINIMUM_LENGTH;

  /** Version and length of an IPv4 header without options. */
  private static final int WITHOUT_OPTIONS = 0x45;

  /** The flag More Fragments, and the offset of a fragment. */
  private static final int FRAGMENT = 0x3fff;

  private static final int DONT_FRAGMENT = 0x4000;

  private FastPath() {}

  /**
   * Decodes a packet if it is one of these.
   *
   * @return {@link Step#SEGMENT}, {@link Step#OTHER} or {@link #NOT_TAKEN}
   */
  static int decode(CapturedPacket packet, Segment segment, PortSet ports) {
    byte[] data = packet.data;
    int frame = packet.offset;
    if (packet.capturedLength < OPTIONS || packet.linkType != LinkType.ETHERNET) {
      return NOT_TAKEN;
    }
    long macAndType = Bytes.i64(data, frame + EthernetHeader.SOURCE);
    // version and length, type of service, total length, identification, whether it is a fragment
    long ip = Bytes.i64(data, frame + IP);
    int ttlAndProtocol = Bytes.u16(data, frame + IP + Ipv4Header.TIME_TO_LIVE);
    int end = IP + ((int) (ip >>> 32) & 0xffff);
    if ((macAndType & 0xffff) != EtherType.IPV4
        || ip >>> 56 != WITHOUT_OPTIONS
        || (ip & FRAGMENT) != 0
        || (ttlAndProtocol & 0xff) != IpProtocol.TCP
        || end < OPTIONS
        || end > packet.originalLength) {
      return NOT_TAKEN;
    }
    int bothPorts = Bytes.i32(data, frame + TCP);
    if (!ports.contains(bothPorts >>> 16) && !ports.contains(bothPorts & 0xffff)) {
      return Step.OTHER;
    }
    if (!takeTcp(data, frame, Math.min(packet.capturedLength, end), segment)) {
      return NOT_TAKEN;
    }
    segment.payloadLength = end - (segment.payloadOffset - frame);
    segment.sourcePort = bothPorts >>> 16;
    segment.destinationPort = bothPorts & 0xffff;
    SegmentDecoder.start(packet, segment);
    segment.mac = macAndType >>> 16;
    takeIp(ip, ttlAndProtocol >>> 8, Bytes.i64(data, frame + IP + Ipv4Header.SOURCE), segment);
    return Step.SEGMENT;
  }

  private static void takeIp(long ip, int ttl, long addresses, Segment segment) {
    segment.ipVersion = 4;
    segment.ttl = ttl;
    segment.ipId = (int) ip >>> 16;
    segment.dontFragment = (ip & DONT_FRAGMENT) != 0;
    segment.flowLabel = -1;
    segment.sourceHigh = 0;
    segment.sourceLow = addresses >>> 32;
    segment.destinationHigh = 0;
    segment.destinationLow = addresses & 0xffff_ffffL;
  }

  /** Returns false when the header has other options than timestamps, or is not all there. */
  private static boolean takeTcp(byte[] data, int frame, int capturedEnd, Segment segment) {
    // length in words (4 bits, and 4 more), flags, window
    int control = Bytes.i32(data, frame + TCP + TcpHeader.DATA_OFFSET);
    int payload = TCP + (control >>> 28) * Integer.BYTES;
    if (payload > capturedEnd || !takeOptions(data, frame, payload - OPTIONS, segment)) {
      return false;
    }
    long numbers = Bytes.i64(data, frame + TCP + TcpHeader.SEQUENCE);
    segment.sequence = (int) (numbers >>> 32);
    segment.acknowledgement = (int) numbers;
    segment.flags = control >>> 16 & 0xff;
    segment.window = control & 0xffff;
    segment.data = data;
    segment.payloadOffset = frame + payload;
    segment.payloadCaptured = capturedEnd - payload;
    return true;
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
}
