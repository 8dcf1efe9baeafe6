package io.rstscope.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field of every header: where it lies, how wide it is, and that no neighbour leaks in. */
class HeaderFieldsTest {
  private static final int HEADER = 3;
  private static final int LONGEST = 64;

  interface LongField {
    long read(byte[] data, int offset);
  }

  interface BooleanField {
    boolean read(byte[] data, int offset);
  }

  /**
   * @param bit where the field begins, from the first bit of the header
   * @param width bits
   * @param unit what the accessor multiplies the field by
   * @param plus what it adds then
   */
  record Field(String name, LongField accessor, int bit, int width, int unit, int plus) {
    @Override
    public String toString() {
      return name;
    }

    long mask() {
      return -1L >>> 64 - width;
    }
  }

  static Stream<Field> fields() {
    return Stream.of(
        field("Ethernet source", EthernetHeader::source, 48, 48),
        field("Ethernet type", EthernetHeader::etherType, 96, 16),
        field("VLAN type", VlanTag::etherType, 16, 16),
        field("SLL packet type", LinuxCookedHeader::packetType, 0, 16),
        field("SLL address length", LinuxCookedHeader::addressLength, 32, 16),
        field("SLL address", LinuxCookedHeader::address, 48, 48),
        field("SLL protocol", LinuxCookedHeader::protocol, 112, 16),
        field("SLL2 protocol", LinuxCookedV2Header::protocol, 0, 16),
        field("SLL2 packet type", LinuxCookedV2Header::packetType, 80, 8),
        field("SLL2 address length", LinuxCookedV2Header::addressLength, 88, 8),
        field("SLL2 address", LinuxCookedV2Header::address, 96, 48),
        bits32("loopback family", LoopbackHeader::family, 0),
        flag("MPLS last", MplsLabel::isLast, 23),
        flag("PPP protocol compressed", (data, at) -> PppHeader.protocolLength(data, at) == 1, 7),
        field("Cisco HDLC type", PppHeader::ciscoEtherType, 16, 16),
        field("PPPoE length", PppoeHeader::payloadLength, 32, 16),
        field("IPv4 version", Ipv4Header::version, 0, 4),
        scaled("IPv4 header length", Ipv4Header::headerLength, 4, 4, 4, 0),
        field("IPv4 total length", Ipv4Header::totalLength, 16, 16),
        field("IPv4 identification", Ipv4Header::identification, 32, 16),
        flag("IPv4 don't fragment", Ipv4Header::dontFragment, 49),
        flag("IPv4 more fragments", Ipv4Header::moreFragments, 50),
        scaled("IPv4 fragment offset", Ipv4Header::fragmentOffset, 51, 13, 8, 0),
        field("IPv4 time to live", Ipv4Header::timeToLive, 64, 8),
        field("IPv4 protocol", Ipv4Header::protocol, 72, 8),
        field("IPv4 source", Ipv4Header::source, 96, 32),
        field("IPv4 destination", Ipv4Header::destination, 128, 32),
        field("IPv6 version", Ipv6Header::version, 0, 4),
        field("IPv6 flow label", Ipv6Header::flowLabel, 12, 20),
        field("IPv6 payload length", Ipv6Header::payloadLength, 32, 16),
        field("IPv6 next header", Ipv6Header::nextHeader, 48, 8),
        field("IPv6 hop limit", Ipv6Header::hopLimit, 56, 8),
        field("IPv6 source, high", Ipv6Header::sourceHigh, 64, 64),
        field("IPv6 source, low", Ipv6Header::sourceLow, 128, 64),
        field("IPv6 destination, high", Ipv6Header::destinationHigh, 192, 64),
        field("IPv6 destination, low", Ipv6Header::destinationLow, 256, 64),
        field("extension next header", Ipv6ExtensionHeader::nextHeader, 0, 8),
        scaled("extension length", Ipv6ExtensionHeader::length, 8, 8, 8, 8),
        scaled("AH length", Ipv6ExtensionHeader::authenticationLength, 8, 8, 4, 8),
        scaled("IPv6 fragment offset", Ipv6ExtensionHeader::fragmentOffset, 16, 13, 8, 0),
        flag("IPv6 more fragments", Ipv6ExtensionHeader::moreFragments, 31),
        bits32("IPv6 identification", Ipv6ExtensionHeader::identification, 32),
        field("TCP source port", TcpHeader::sourcePort, 0, 16),
        field("TCP destination port", TcpHeader::destinationPort, 16, 16),
        bits32("TCP sequence", TcpHeader::sequence, 32),
        bits32("TCP acknowledgement", TcpHeader::acknowledgement, 64),
        scaled("TCP header length", TcpHeader::headerLength, 96, 4, 4, 0),
        field("TCP flags", TcpHeader::flags, 104, 8),
        field("TCP window", TcpHeader::window, 112, 16),
        field("TCP option kind", TcpOptions::kind, 0, 8),
        field("TCP option length", TcpOptions::length, 8, 8),
        bits32("TCP timestamp value", TcpOptions::timestampValue, 16),
        field("UDP destination port", UdpHeader::destinationPort, 16, 16),
        field("UDP length", UdpHeader::datagramLength, 32, 16),
        flag("VXLAN valid", VxlanHeader::isValid, 4),
        field("GENEVE version", GeneveHeader::version, 0, 2),
        scaled("GENEVE header length", GeneveHeader::headerLength, 2, 6, 4, 8),
        field("GENEVE protocol", GeneveHeader::protocol, 16, 16),
        flag("GRE sequence present", GreHeader::hasSequence, 3),
        field("GRE protocol", GreHeader::protocol, 16, 16),
        field("ERSPAN III frame type", ErspanHeader::frameType, 81, 5),
        field("ERSPAN version", ErspanHeader::version, 0, 4),
        scaled("ERSPAN III length", ErspanHeader::typeThreeLength, 95, 1, 8, 12));
  }

  @ParameterizedTest
  @MethodSource("fields")
  void shouldReadTheFieldAndNothingElse(Field field) {
    for (byte neighbours : new byte[] {0, (byte) 0xff}) {
      for (long value : new long[] {0, 1, 0x5a5a_5a5a_5a5a_5a5bL, field.mask() - 1, -1}) {
        long stored = value & field.mask();
        byte[] data = new byte[HEADER + LONGEST];
        Arrays.fill(data, neighbours);
        store(data, HEADER * 8 + field.bit, field.width, stored);
        assertEquals(
            stored * field.unit + field.plus,
            field.accessor.read(data, HEADER),
            () -> field + " of " + Long.toHexString(stored));
      }
    }
  }

  private static void store(byte[] data, int bit, int width, long value) {
    for (int i = 0; i < width; i++) {
      int at = bit + i;
      int mask = 0x80 >> at % 8;
      boolean one = (value >>> width - 1 - i & 1) != 0;
      data[at / 8] = (byte) (one ? data[at / 8] | mask : data[at / 8] & ~mask);
    }
  }

  private static Field field(String name, LongField accessor, int bit, int width) {
    return new Field(name, accessor, bit, width, 1, 0);
  }

  /** A field that is returned as an int of any sign. */
  private static Field bits32(String name, LongField accessor, int bit) {
    return field(name, (data, offset) -> accessor.read(data, offset) & 0xffff_ffffL, bit, 32);
  }

  private static Field scaled(
      String name, LongField accessor, int bit, int width, int unit, int plus) {
    return new Field(name, accessor, bit, width, unit, plus);
  }

  private static Field flag(String name, BooleanField accessor, int bit) {
    return field(name, (data, offset) -> accessor.read(data, offset) ? 1 : 0, bit, 1);
  }
}
