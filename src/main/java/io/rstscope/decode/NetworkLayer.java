package io.rstscope.decode;

import io.rstscope.wire.Ipv4Header;
import io.rstscope.wire.Ipv6ExtensionHeader;
import io.rstscope.wire.Ipv6Header;

/** Takes off IP headers; those of an inner packet replace what an outer one said. */
final class NetworkLayer {
  private NetworkLayer() {}

  static int ipv4(Cursor cursor, Segment segment) {
    if (!cursor.has(Ipv4Header.MINIMUM_LENGTH)) {
      return cursor.missing(Ipv4Header.MINIMUM_LENGTH);
    }
    byte[] data = cursor.data;
    int header = cursor.offset;
    int headerLength = Ipv4Header.headerLength(data, header);
    int totalLength = Ipv4Header.totalLength(data, header);
    if (Ipv4Header.version(data, header) != 4
        || headerLength < Ipv4Header.MINIMUM_LENGTH
        || (totalLength != 0 && totalLength < headerLength)) {
      return NextHeader.MALFORMED;
    }
    if (totalLength != 0) {
      cursor.limit(totalLength);
    }
    if (Ipv4Header.fragmentOffset(data, header) != 0) {
      return NextHeader.LATER_FRAGMENT;
    }
    segment.ipVersion = 4;
    segment.ttl = Ipv4Header.timeToLive(data, header);
    segment.ipId = Ipv4Header.identification(data, header);
    segment.dontFragment = Ipv4Header.dontFragment(data, header);
    segment.flowLabel = -1;
    segment.fragment |= Ipv4Header.moreFragments(data, header);
    segment.sourceHigh = 0;
    segment.sourceLow = Ipv4Header.source(data, header);
    segment.destinationHigh = 0;
    segment.destinationLow = Ipv4Header.destination(data, header);
    cursor.skip(headerLength);
    return NextHeader.IP_PROTOCOL | Ipv4Header.protocol(data, header);
  }

  static int ipv6(Cursor cursor, Segment segment) {
    if (!cursor.has(Ipv6Header.LENGTH)) {
      return cursor.missing(Ipv6Header.LENGTH);
    }
    byte[] data = cursor.data;
    int header = cursor.offset;
    if (Ipv6Header.version(data, header) != 6) {
      return NextHeader.MALFORMED;
    }
    segment.ipVersion = 6;
    segment.ttl = Ipv6Header.hopLimit(data, header);
    segment.ipId = -1;
    segment.dontFragment = true;
    segment.flowLabel = Ipv6Header.flowLabel(data, header);
    segment.sourceHigh = Ipv6Header.sourceHigh(data, header);
    segment.sourceLow = Ipv6Header.sourceLow(data, header);
    segment.destinationHigh = Ipv6Header.destinationHigh(data, header);
    segment.destinationLow = Ipv6Header.destinationLow(data, header);
    cursor.skip(Ipv6Header.LENGTH);
    int payloadLength = Ipv6Header.payloadLength(data, header);
    if (payloadLength != 0) {
      cursor.limit(payloadLength);
    }
    return NextHeader.IP_PROTOCOL | Ipv6Header.nextHeader(data, header);
  }

  static int extension(Cursor cursor) {
    if (!cursor.has(Ipv6ExtensionHeader.MINIMUM_LENGTH)) {
      return cursor.missing(Ipv6ExtensionHeader.MINIMUM_LENGTH);
    }
    int header = cursor.offset;
    cursor.skip(Ipv6ExtensionHeader.length(cursor.data, header));
    return NextHeader.IP_PROTOCOL | Ipv6ExtensionHeader.nextHeader(cursor.data, header);
  }

  static int authentication(Cursor cursor) {
    if (!cursor.has(Ipv6ExtensionHeader.MINIMUM_LENGTH)) {
      return cursor.missing(Ipv6ExtensionHeader.MINIMUM_LENGTH);
    }
    int header = cursor.offset;
    cursor.skip(Ipv6ExtensionHeader.authenticationLength(cursor.data, header));
    return NextHeader.IP_PROTOCOL | Ipv6ExtensionHeader.nextHeader(cursor.data, header);
  }

  static int fragment(Cursor cursor, Segment segment) {
    if (!cursor.has(Ipv6ExtensionHeader.MINIMUM_LENGTH)) {
      return cursor.missing(Ipv6ExtensionHeader.MINIMUM_LENGTH);
    }
    byte[] data = cursor.data;
    int header = cursor.offset;
    if (Ipv6ExtensionHeader.fragmentOffset(data, header) != 0) {
      return NextHeader.LATER_FRAGMENT;
    }
    segment.ipId = Ipv6ExtensionHeader.identification(data, header) & 0xffff;
    segment.fragment |= Ipv6ExtensionHeader.moreFragments(data, header);
    cursor.skip(Ipv6ExtensionHeader.MINIMUM_LENGTH);
    return NextHeader.IP_PROTOCOL | Ipv6ExtensionHeader.nextHeader(data, header);
  }
}
