package io.rstscope.decode;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.LinkType;
import io.rstscope.net.PortSet;
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
  static final int TCP = IP + Ipv4Header.MINIMUM_LENGTH;
  private static final int OPTIONS = TCP + TcpHeader.MINIMUM_LENGTH;

  /** Version and length of an IPv4 header without options. */
  private static final int WITHOUT_OPTIONS = 0x45;

  /** The flag More Fragments, and the offset of a fragment. */
  private static final int FRAGMENT = 0x3fff;

  private static final int DONT_FRAGMENT = 0x4000;

  private FastPath() {}

  /**
   * Decodes a packet if it is one of these, and adds its segment to the batch.
   *
   * @return {@link NextHeader#SEGMENT}, {@link NextHeader#OTHER} or {@link #NOT_TAKEN}
   */
  static int decode(
      CapturedPacket packet, PortSet ports, PayloadGlance glance, SegmentBatch batch) {
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
      return NextHeader.OTHER;
    }
    int payload = payload(data, frame, Math.min(packet.capturedLength, end));
    if (payload < 0) {
      return NOT_TAKEN;
    }
    long[] to = batch.free(data, packet.frame);
    int at = batch.end();
    long lower = key(Bytes.i64(data, frame + IP + Ipv4Header.SOURCE), bothPorts, to, at);
    tcp(packet, payload, end, to, at);
    int captured = Math.min(packet.capturedLength, end) - payload;
    to[at + SegmentBatch.PLACE] = SegmentBatch.place(frame + payload, captured, packet.interfaceId);
    if (captured > 0) {
      int found = glance.take(data, frame + payload, captured, end - payload);
      to[at + SegmentBatch.GLANCE_AND_PORTS] |= SegmentBatch.word(found, 0);
    }
    boolean dontFragment = (ip & DONT_FRAGMENT) != 0;
    to[at + SegmentBatch.FLAGS_AND_WAY] |=
        lower
            | SegmentBatch.way(
                ttlAndProtocol >>> 8,
                packet.interfaceId,
                packet.direction,
                payload > OPTIONS,
                dontFragment);
    to[at + SegmentBatch.MAC_AND_ID] = macAndType & ~0xffffL | ip >>> 16 & 0xffff;
    batch.keep();
    return NextHeader.SEGMENT;
  }

  /**
   * Where the payload begins in the frame; -1 when the header has other options than timestamps, or
   * is not all there.
   */
  private static int payload(byte[] data, int frame, int capturedEnd) {
    int payload = TCP + TcpHeader.headerLength(data, frame + TCP);
    boolean usual =
        payload == OPTIONS
            || payload <= capturedEnd
                && TcpOptions.areTimestampsOnly(data, frame + OPTIONS, payload - OPTIONS);
    return usual && payload <= capturedEnd ? payload : -1;
  }

  /**
   * Writes what the TCP header says.
   *
   * @param payload where in the frame the payload begins
   * @param end where it ended on the wire
   */
  private static void tcp(CapturedPacket packet, int payload, int end, long[] to, int at) {
    byte[] data = packet.data;
    int frame = packet.offset;
    // flags, window
    int control = Bytes.i32(data, frame + TCP + TcpHeader.DATA_OFFSET);
    int tsVal =
        payload > OPTIONS
            ? TcpOptions.timestampValue(data, TcpOptions.paddedTimestamps(frame + OPTIONS))
            : 0;
    to[at + SegmentBatch.TIME] = packet.timeNanos;
    to[at + SegmentBatch.NUMBERS] = Bytes.i64(data, frame + TCP + TcpHeader.SEQUENCE);
    to[at + SegmentBatch.TS_VAL_AND_FRAME] = SegmentBatch.word(tsVal, (int) packet.frame);
    to[at + SegmentBatch.FLAGS_AND_WAY] =
        SegmentBatch.flags(control >>> 16 & 0xff, end - payload, control & 0xffff);
  }

  /**
   * Writes what identifies the flow.
   *
   * @param addresses source, destination
   * @param ports the same
   * @return the mark that says whether the source is the lower end, or 0
   */
  private static long key(long addresses, int ports, long[] to, int at) {
    long source = addresses >>> 32;
    long destination = addresses & 0xffff_ffffL;
    boolean lower = source == destination ? ports >>> 16 < (ports & 0xffff) : source < destination;
    long keyAddresses = lower ? addresses : Long.rotateLeft(addresses, 32);
    int keyPorts = lower ? ports : Integer.rotateLeft(ports, 16);
    to[at + SegmentBatch.ADDRESSES] = keyAddresses;
    to[at + SegmentBatch.GLANCE_AND_PORTS] = keyPorts & 0xffff_ffffL;
    return lower ? SegmentBatch.SOURCE_IS_LOWER : 0;
  }
}
