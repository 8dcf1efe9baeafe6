package io.rstscope.flow;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.LinkType;
import io.rstscope.wire.EtherType;
import io.rstscope.wire.EthernetHeader;
import io.rstscope.wire.LinuxCookedHeader;
import io.rstscope.wire.LinuxCookedV2Header;
import io.rstscope.wire.LoopbackHeader;
import io.rstscope.wire.MplsLabel;
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
      default -> Step.UNSUPPORTED_LINK_TYPE;
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

  /** What the container says of the direction goes before what the cooked header says. */
  private static void direct(int packetType, Segment segment) {
    if (segment.direction != CapturedPacket.DIRECTION_UNKNOWN) {
      return;
    }
    if (packetType == LinuxCookedHeader.PACKET_TYPE_OUTGOING) {
      segment.direction = CapturedPacket.OUTBOUND;
    } else if (packetType <= LinuxCookedHeader.PACKET_TYPE_LAST_RECEIVED) {
      segment.direction = CapturedPacket.INBOUND;
    }
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
      default -> Step.OTHER;
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
