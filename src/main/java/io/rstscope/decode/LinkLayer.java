package io.rstscope.decode;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.LinkType;
import io.rstscope.wire.EtherType;
import io.rstscope.wire.EthernetHeader;
import io.rstscope.wire.LinuxCookedHeader;
import io.rstscope.wire.LinuxCookedV2Header;
import io.rstscope.wire.LoopbackHeader;
import io.rstscope.wire.MplsLabel;
import io.rstscope.wire.PktapHeader;
import io.rstscope.wire.PppHeader;
import io.rstscope.wire.PppoeHeader;
import io.rstscope.wire.VlanTag;

/** Takes off what comes before IP: MAC address, VLAN and direction are found here. */
final class LinkLayer {
  private static final int MAC_LENGTH = 6;

  private LinkLayer() {}

  /** Takes off the outermost header, that of the link type. */
  static int outermost(int linkType, Cursor cursor, Segment segment) {
    return switch (linkType) {
      case LinkType.ETHERNET -> outerEthernet(cursor, segment);
      case LinkType.LINUX_SLL2 -> cookedV2(cursor, segment);
      case LinkType.LINUX_SLL -> cooked(cursor, segment);
      case LinkType.RAW, LinkType.RAW_BSD, LinkType.RAW_OPENBSD -> rawIp(cursor);
      case LinkType.IPV4 -> EtherType.IPV4;
      case LinkType.IPV6 -> EtherType.IPV6;
      case LinkType.NULL, LinkType.LOOP -> loopback(linkType, cursor);
      case LinkType.PPP, LinkType.PPP_HDLC -> ppp(cursor);
      case LinkType.PKTAP -> pktap(cursor, segment);
      default -> NextHeader.UNSUPPORTED_LINK_TYPE;
    };
  }

  private static int outerEthernet(Cursor cursor, Segment segment) {
    if (cursor.has(EthernetHeader.LENGTH)) {
      segment.mac = EthernetHeader.source(cursor.data, cursor.offset);
    }
    return ethernet(cursor);
  }

  static int ethernet(Cursor cursor) {
    if (!cursor.has(EthernetHeader.LENGTH)) {
      return cursor.missing(EthernetHeader.LENGTH);
    }
    int etherType = EthernetHeader.etherType(cursor.data, cursor.offset);
    cursor.skip(EthernetHeader.LENGTH);
    return etherType;
  }

  private static int cooked(Cursor cursor, Segment segment) {
    if (!cursor.has(LinuxCookedHeader.LENGTH)) {
      return cursor.missing(LinuxCookedHeader.LENGTH);
    }
    byte[] data = cursor.data;
    int header = cursor.offset;
    if (LinuxCookedHeader.addressLength(data, header) == MAC_LENGTH) {
      segment.mac = LinuxCookedHeader.address(data, header);
    }
    direct(LinuxCookedHeader.packetType(data, header), segment);
    cursor.skip(LinuxCookedHeader.LENGTH);
    return LinuxCookedHeader.protocol(data, header);
  }

  private static int cookedV2(Cursor cursor, Segment segment) {
    if (!cursor.has(LinuxCookedV2Header.LENGTH)) {
      return cursor.missing(LinuxCookedV2Header.LENGTH);
    }
    byte[] data = cursor.data;
    int header = cursor.offset;
    if (LinuxCookedV2Header.addressLength(data, header) == MAC_LENGTH) {
      segment.mac = LinuxCookedV2Header.address(data, header);
    }
    direct(LinuxCookedV2Header.packetType(data, header), segment);
    cursor.skip(LinuxCookedV2Header.LENGTH);
    return LinuxCookedV2Header.protocol(data, header);
  }

  private static void direct(int packetType, Segment segment) {
    direct(
        packetType <= LinuxCookedHeader.PACKET_TYPE_LAST_RECEIVED,
        packetType == LinuxCookedHeader.PACKET_TYPE_OUTGOING,
        segment);
  }

  /** What the container says of the direction goes before what a header says. */
  private static void direct(boolean inbound, boolean outbound, Segment segment) {
    if (segment.direction != CapturedPacket.DIRECTION_UNKNOWN) {
      return;
    }
    if (outbound) {
      segment.direction = CapturedPacket.OUTBOUND;
    } else if (inbound) {
      segment.direction = CapturedPacket.INBOUND;
    }
  }

  /** Takes off what macOS put before the packet, and then the packet's own outermost header. */
  private static int pktap(Cursor cursor, Segment segment) {
    if (!cursor.has(PktapHeader.MINIMUM_LENGTH)) {
      return cursor.missing(PktapHeader.MINIMUM_LENGTH);
    }
    byte[] data = cursor.data;
    int header = cursor.offset;
    int length = PktapHeader.length(data, header);
    if (length < PktapHeader.MINIMUM_LENGTH || length > cursor.wireLength()) {
      return NextHeader.MALFORMED;
    }
    if (PktapHeader.recordType(data, header) != PktapHeader.PACKET) {
      return NextHeader.OTHER;
    }
    direct(PktapHeader.isInbound(data, header), PktapHeader.isOutbound(data, header), segment);
    cursor.skip(length);
    int linkType = PktapHeader.linkType(data, header);
    return linkType == LinkType.PKTAP
        ? NextHeader.UNSUPPORTED_LINK_TYPE
        : outermost(linkType, cursor, segment);
  }

  /** Address and control may be left out; where two bytes are missing, no IP follows either. */
  private static int ppp(Cursor cursor) {
    byte[] data = cursor.data;
    if (cursor.has(PppHeader.FRAMING)) {
      if (PppHeader.isCisco(data, cursor.offset)) {
        return ciscoHdlc(cursor);
      }
      if (PppHeader.isFramed(data, cursor.offset)) {
        cursor.skip(PppHeader.FRAMING);
      }
    }
    if (!cursor.has(PppHeader.PROTOCOL)) {
      return cursor.missing(PppHeader.PROTOCOL);
    }
    int etherType = PppHeader.etherType(data, cursor.offset);
    cursor.skip(PppHeader.protocolLength(data, cursor.offset));
    return etherType;
  }

  private static int ciscoHdlc(Cursor cursor) {
    if (!cursor.has(PppHeader.CISCO_LENGTH)) {
      return cursor.missing(PppHeader.CISCO_LENGTH);
    }
    int header = cursor.offset;
    cursor.skip(PppHeader.CISCO_LENGTH);
    return PppHeader.ciscoEtherType(cursor.data, header);
  }

  private static int loopback(int linkType, Cursor cursor) {
    if (!cursor.has(LoopbackHeader.LENGTH)) {
      return cursor.missing(LoopbackHeader.LENGTH);
    }
    int family =
        linkType == LinkType.NULL
            ? LoopbackHeader.familyOfEitherOrder(cursor.data, cursor.offset)
            : LoopbackHeader.family(cursor.data, cursor.offset);
    cursor.skip(LoopbackHeader.LENGTH);
    return LoopbackHeader.etherType(family);
  }

  /** IP of the version that its first byte says. */
  static int rawIp(Cursor cursor) {
    if (!cursor.has(1)) {
      return cursor.missing(1);
    }
    return switch (cursor.data[cursor.offset] >> 4) {
      case 4 -> EtherType.IPV4;
      case 6 -> EtherType.IPV6;
      default -> NextHeader.OTHER;
    };
  }

  static int vlan(Cursor cursor) {
    if (!cursor.has(VlanTag.LENGTH)) {
      return cursor.missing(VlanTag.LENGTH);
    }
    int tag = cursor.offset;
    cursor.skip(VlanTag.LENGTH);
    return VlanTag.etherType(cursor.data, tag);
  }

  static int mpls(Cursor cursor) {
    if (!cursor.has(MplsLabel.LENGTH)) {
      return cursor.missing(MplsLabel.LENGTH);
    }
    boolean last = MplsLabel.isLast(cursor.data, cursor.offset);
    cursor.skip(MplsLabel.LENGTH);
    return last ? rawIp(cursor) : EtherType.MPLS;
  }

  static int pppoe(Cursor cursor) {
    if (!cursor.has(PppoeHeader.LENGTH)) {
      return cursor.missing(PppoeHeader.LENGTH);
    }
    int etherType = PppoeHeader.etherType(cursor.data, cursor.offset);
    // Linux also cuts off what comes behind it (pppoe_rcv)
    cursor.limit(PppoeHeader.PPP_PROTOCOL + PppoeHeader.payloadLength(cursor.data, cursor.offset));
    cursor.skip(PppoeHeader.LENGTH);
    return etherType;
  }
}
