package io.rstscope.decode;

import io.rstscope.wire.ErspanHeader;
import io.rstscope.wire.EtherType;
import io.rstscope.wire.GeneveHeader;
import io.rstscope.wire.GreHeader;
import io.rstscope.wire.UdpHeader;
import io.rstscope.wire.VxlanHeader;

/** Takes off the headers between an outer IP packet and the one it carries. */
final class Tunnels {
  /** Levels that are followed: an overlay network, and the mirror port or VPN that carries it. */
  private static final int MAXIMUM_LEVELS = 2;

  private Tunnels() {}

  /** Enters a tunnel in which {@code inner} follows at once. */
  static int enter(int inner, Cursor cursor, Segment segment) {
    if (cursor.tunnels == MAXIMUM_LEVELS) {
      return NextHeader.OTHER;
    }
    cursor.tunnels++;
    segment.tunnelled = true;
    return inner;
  }

  static int udp(Cursor cursor, Segment segment) {
    if (!cursor.has(UdpHeader.LENGTH)) {
      return cursor.missing(UdpHeader.LENGTH);
    }
    int header = cursor.offset;
    cursor.skip(UdpHeader.LENGTH);
    return switch (UdpHeader.destinationPort(cursor.data, header)) {
      case VxlanHeader.PORT, VxlanHeader.LINUX_PORT -> vxlan(header, cursor, segment);
      case GeneveHeader.PORT -> geneve(header, cursor, segment);
      default -> NextHeader.OTHER;
    };
  }

  /**
   * Ends the packet where the datagram ends; false when its length cannot be. As Linux does ({@code
   * __udp4_lib_rcv}, {@code __udp6_lib_rcv}), 0 counts as none over IPv6 (RFC 2675, section 4).
   */
  private static boolean endWithDatagram(int udp, Cursor cursor, Segment segment) {
    int length = UdpHeader.datagramLength(cursor.data, udp);
    if (length >= UdpHeader.LENGTH) {
      cursor.limit(length - UdpHeader.LENGTH);
      return true;
    }
    return length == 0 && segment.ipVersion == 6;
  }

  private static int vxlan(int udp, Cursor cursor, Segment segment) {
    if (!endWithDatagram(udp, cursor, segment)) {
      return NextHeader.MALFORMED;
    }
    if (!cursor.has(VxlanHeader.LENGTH)) {
      return cursor.missing(VxlanHeader.LENGTH);
    }
    if (!VxlanHeader.isValid(cursor.data, cursor.offset)) {
      return NextHeader.OTHER;
    }
    cursor.skip(VxlanHeader.LENGTH);
    return enter(EtherType.ETHERNET, cursor, segment);
  }

  private static int geneve(int udp, Cursor cursor, Segment segment) {
    if (!endWithDatagram(udp, cursor, segment)) {
      return NextHeader.MALFORMED;
    }
    if (!cursor.has(GeneveHeader.MINIMUM_LENGTH)) {
      return cursor.missing(GeneveHeader.MINIMUM_LENGTH);
    }
    int header = cursor.offset;
    if (GeneveHeader.version(cursor.data, header) != 0) {
      return NextHeader.OTHER;
    }
    cursor.skip(GeneveHeader.headerLength(cursor.data, header));
    return enter(GeneveHeader.protocol(cursor.data, header), cursor, segment);
  }

  static int gre(Cursor cursor, Segment segment) {
    if (!cursor.has(GreHeader.MINIMUM_LENGTH)) {
      return cursor.missing(GreHeader.MINIMUM_LENGTH);
    }
    byte[] data = cursor.data;
    int header = cursor.offset;
    if (!GreHeader.isPlain(data, header)) {
      return NextHeader.OTHER;
    }
    cursor.skip(GreHeader.headerLength(data, header));
    return switch (GreHeader.protocol(data, header)) {
      case EtherType.ERSPAN -> erspan(GreHeader.hasSequence(data, header), cursor, segment);
      case EtherType.ERSPAN_III -> erspanThree(cursor, segment);
      default -> enter(GreHeader.protocol(data, header), cursor, segment);
    };
  }

  private static int erspan(boolean typeTwo, Cursor cursor, Segment segment) {
    if (typeTwo) {
      if (!cursor.has(ErspanHeader.TYPE_II_LENGTH)) {
        return cursor.missing(ErspanHeader.TYPE_II_LENGTH);
      }
      if (ErspanHeader.version(cursor.data, cursor.offset) != ErspanHeader.TYPE_II_VERSION) {
        return NextHeader.OTHER;
      }
      cursor.skip(ErspanHeader.TYPE_II_LENGTH);
    }
    return enter(EtherType.ETHERNET, cursor, segment);
  }

  private static int erspanThree(Cursor cursor, Segment segment) {
    if (!cursor.has(ErspanHeader.TYPE_III_MINIMUM_LENGTH)) {
      return cursor.missing(ErspanHeader.TYPE_III_MINIMUM_LENGTH);
    }
    int header = cursor.offset;
    if (ErspanHeader.version(cursor.data, header) != ErspanHeader.TYPE_III_VERSION) {
      return NextHeader.OTHER;
    }
    cursor.skip(ErspanHeader.typeThreeLength(cursor.data, header));
    return switch (ErspanHeader.frameType(cursor.data, header)) {
      case ErspanHeader.FRAME_ETHERNET -> enter(EtherType.ETHERNET, cursor, segment);
      case ErspanHeader.FRAME_IP -> enter(LinkLayer.rawIp(cursor), cursor, segment);
      default -> NextHeader.OTHER;
    };
  }
}
