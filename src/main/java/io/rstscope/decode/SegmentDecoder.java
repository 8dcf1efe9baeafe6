package io.rstscope.decode;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.net.PortSet;
import io.rstscope.wire.EtherType;
import io.rstscope.wire.IpProtocol;
import io.rstscope.wire.Ipv6ExtensionHeader;
import io.rstscope.wire.MptcpOption;
import java.util.List;

/**
 * Finds the TCP segments of some ports among captured packets, whatever lies around them: VLAN
 * tags, MPLS labels, PPPoE, extension headers and two levels of tunnels (VXLAN, GENEVE, GRE,
 * ERSPAN, IP in IP).
 *
 * <p>No bytes make it fail, and it reads none that were not captured. Where lengths differ, the
 * smaller is believed:
 *
 * <ul>
 *   <li>a length of IP, PPPoE or a tunnel's UDP smaller than the frame ends the packet: the rest is
 *       padding;
 *   <li>one larger than the frame was on the wire is a lie, or a capture whose lengths were edited:
 *       the payload ends with the frame;
 *   <li>an IP length of 0 means none (segmentation left to the card, BIG TCP, jumbograms): the
 *       payload ends with the frame.
 * </ul>
 *
 * <p>Every packet is counted once, by how it ended: {@link #segments}, {@link #otherPackets},
 * {@link #laterFragments}, {@link #cutHeaders}, {@link #malformed} or {@link #unsupportedLinkType}.
 *
 * <p>Owned by the thread that decodes; allocates nothing after its construction.
 */
public final class SegmentDecoder {
  /** More headers than honest packets have: who nests deeper wants to keep us busy. */
  private static final int MAXIMUM_HEADERS = 24;

  private final PortSet ports;
  private final PayloadGlance glance;
  private final OtherPorts otherPorts = new OtherPorts();
  private final Cursor cursor = new Cursor();

  /** Filled on the long way. */
  private final Segment scratch = new Segment();

  private final SegmentBatch one = new SegmentBatch();

  private long segments;
  private long otherPackets;
  private long laterFragments;
  private long cutHeaders;
  private long malformed;
  private long unsupportedLinkType;

  /**
   * @param ports segments to or from these are decoded
   */
  public SegmentDecoder(PortSet ports) {
    this(ports, PayloadGlance.NONE);
  }

  /**
   * @param ports segments to or from these are decoded
   * @param glance is taken at the payload of each
   */
  public SegmentDecoder(PortSet ports, PayloadGlance glance) {
    this.ports = ports;
    this.glance = glance;
  }

  /**
   * Decodes a packet.
   *
   * @param segment is filled; means nothing when the result is false
   * @return whether the packet is a TCP segment, or the first fragment of one, to or from one of
   *     the ports, captured at least up to its window
   */
  public boolean decode(CapturedPacket packet, Segment segment) {
    one.clear();
    boolean taken = decode(packet, one);
    if (taken) {
      one.read(0, segment);
    }
    return taken;
  }

  /**
   * The same.
   *
   * @param batch the segment is added to it; its packet lies in the same array as those of all
   *     segments before it
   */
  public boolean decode(CapturedPacket packet, SegmentBatch batch) {
    int end = FastPath.decode(packet, ports, glance, batch);
    if (end == FastPath.NOT_TAKEN) {
      end = takeApart(packet, scratch);
      if (end == NextHeader.SEGMENT) {
        batch.add(scratch, glance);
      }
    } else if (end == NextHeader.OTHER) {
      int frame = packet.offset;
      otherPorts.count(packet.data, frame + FastPath.TCP, frame + packet.capturedLength);
    }
    if (end == NextHeader.SEGMENT) {
      segments++;
      return true;
    }
    count(end);
    return false;
  }

  /** How decoding ends, as {@link NextHeader} numbers it, for any packet. */
  int takeApart(CapturedPacket packet, Segment segment) {
    cursor.start(packet);
    start(packet, segment);
    int next = LinkLayer.outermost(packet.linkType, cursor, segment);
    for (int headers = 0; next >= 0; headers++) {
      next = headers < MAXIMUM_HEADERS ? takeOff(next, segment) : NextHeader.MALFORMED;
    }
    return next;
  }

  /** What the packet says before any header is looked at. */
  private static void start(CapturedPacket packet, Segment segment) {
    segment.timeNanos = packet.timeNanos;
    segment.frame = packet.frame;
    segment.interfaceId = packet.interfaceId;
    segment.direction = packet.direction;
    segment.mac = Segment.NO_MAC;
    segment.tunnelled = false;
    segment.fragment = false;
    segment.optionsCut = false;
    segment.mptcpReset = MptcpOption.NONE;
    segment.ahead = 0;
  }

  private int takeOff(int header, Segment segment) {
    return switch (header) {
      case EtherType.IPV4 -> NetworkLayer.ipv4(cursor, segment);
      case NextHeader.IP_PROTOCOL | IpProtocol.TCP -> tcp(segment);
      case EtherType.IPV6 -> NetworkLayer.ipv6(cursor, segment);
      case EtherType.ETHERNET -> LinkLayer.ethernet(cursor);
      case EtherType.VLAN, EtherType.SERVICE_VLAN, EtherType.OLD_SERVICE_VLAN ->
          LinkLayer.vlan(cursor);
      case EtherType.MPLS, EtherType.MPLS_UPSTREAM -> LinkLayer.mpls(cursor);
      case EtherType.PPPOE_SESSION -> LinkLayer.pppoe(cursor);
      case NextHeader.IP_PROTOCOL | IpProtocol.UDP -> Tunnels.udp(cursor, segment);
      case NextHeader.IP_PROTOCOL | IpProtocol.GRE -> Tunnels.gre(cursor, segment);
      case NextHeader.IP_PROTOCOL | IpProtocol.IPV4 ->
          Tunnels.enter(EtherType.IPV4, cursor, segment);
      case NextHeader.IP_PROTOCOL | IpProtocol.IPV6 ->
          Tunnels.enter(EtherType.IPV6, cursor, segment);
      case NextHeader.IP_PROTOCOL | Ipv6ExtensionHeader.FRAGMENT ->
          NetworkLayer.fragment(cursor, segment);
      case NextHeader.IP_PROTOCOL | Ipv6ExtensionHeader.AUTHENTICATION ->
          NetworkLayer.authentication(cursor);
      case NextHeader.IP_PROTOCOL | Ipv6ExtensionHeader.HOP_BY_HOP,
          NextHeader.IP_PROTOCOL | Ipv6ExtensionHeader.ROUTING,
          NextHeader.IP_PROTOCOL | Ipv6ExtensionHeader.DESTINATION_OPTIONS,
          NextHeader.IP_PROTOCOL | Ipv6ExtensionHeader.MOBILITY,
          NextHeader.IP_PROTOCOL | Ipv6ExtensionHeader.HOST_IDENTITY,
          NextHeader.IP_PROTOCOL | Ipv6ExtensionHeader.SHIM6 ->
          NetworkLayer.extension(cursor);
      default -> NextHeader.OTHER;
    };
  }

  private int tcp(Segment segment) {
    int end = TransportLayer.tcp(cursor, segment, ports);
    if (end == NextHeader.OTHER) {
      otherPorts.count(cursor.data, cursor.offset, cursor.capturedEnd);
    }
    return end;
  }

  private void count(int end) {
    switch (end) {
      case NextHeader.LATER_FRAGMENT -> laterFragments++;
      case NextHeader.CUT -> cutHeaders++;
      case NextHeader.MALFORMED -> malformed++;
      case NextHeader.UNSUPPORTED_LINK_TYPE -> unsupportedLinkType++;
      default -> otherPackets++;
    }
  }

  /** Packets that were segments of the ports. */
  public long segments() {
    return segments;
  }

  /** The busiest ports other than those asked for, first those that may be a broker's. */
  public List<OtherPort> otherPorts() {
    return otherPorts.busiest();
  }

  /** Packets that were something else: other ports, other protocols. */
  public long otherPackets() {
    return otherPackets;
  }

  /** IP fragments other than the first, of any protocol: their ports are not known. */
  public long laterFragments() {
    return laterFragments;
  }

  /** Packets that might have been segments, had the snap length not cut their headers. */
  public long cutHeaders() {
    return cutHeaders;
  }

  /** Packets with a header that does not fit, a length too small or a wrong IP version. */
  public long malformed() {
    return malformed;
  }

  /** Packets of a link type that is not decoded. */
  public long unsupportedLinkType() {
    return unsupportedLinkType;
  }
}
