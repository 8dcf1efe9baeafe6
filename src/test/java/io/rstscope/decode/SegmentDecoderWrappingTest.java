package io.rstscope.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.LinkType;
import io.rstscope.decode.SamplePackets.Sample;
import io.rstscope.testing.Packets;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Link types, tags, extension headers and tunnels around a segment. */
class SegmentDecoderWrappingTest {
  static List<Sample> samples() {
    return SamplePackets.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldFindTheSameSegmentInEachWrapping(Sample sample) {
    DecodedPacket result = DecodedPacket.of(sample.linkType(), sample.bytes());
    assertTrue(result.decoded, result.counters());
    Segment segment = result.segment;
    assertEquals(40_000, segment.sourcePort);
    assertEquals(5672, segment.destinationPort);
    assertEquals(0xfffffff0, segment.sequence);
    assertEquals(0x80000001, segment.acknowledgement);
    assertEquals(Segment.PSH | Segment.ACK, segment.flags);
    assertEquals(511, segment.window);
    assertTrue(segment.timestamps);
    assertEquals(0x11223344, segment.tsVal);
    assertEquals(61, segment.ttl);
    assertEquals(SamplePackets.PAYLOAD, result.payload());
    assertEquals(SamplePackets.PAYLOAD.length(), segment.payloadLength);
    assertEquals(sample.tunnelled(), segment.tunnelled);
    assertFalse(segment.fragment);
    assertInnermostAddresses(segment);
  }

  private static void assertInnermostAddresses(Segment segment) {
    if (segment.ipVersion == 4) {
      assertEquals(List.of(0L, 0x0a000001L), List.of(segment.sourceHigh, segment.sourceLow));
      assertEquals(
          List.of(0L, 0x0a000002L), List.of(segment.destinationHigh, segment.destinationLow));
      assertEquals(0xfffe, segment.ipId);
      assertEquals(-1, segment.flowLabel);
    } else {
      long prefix = 0x20010db8_00000000L;
      assertEquals(6, segment.ipVersion);
      assertEquals(List.of(prefix, 1L), List.of(segment.sourceHigh, segment.sourceLow));
      assertEquals(List.of(prefix, 2L), List.of(segment.destinationHigh, segment.destinationLow));
      assertEquals(0xabcde, segment.flowLabel);
    }
    assertTrue(segment.dontFragment);
  }

  @ParameterizedTest
  @CsvSource({"PPPoE, 18", "VXLAN, 38", "'GENEVE, options, IP', 38"})
  void shouldEndThePacketWhereTheEnvelopeEnds(String name, int lengthAt) {
    Sample sample = sample(name);
    ByteBuffer envelope = ByteBuffer.wrap(sample.bytes());
    envelope.putShort(lengthAt, (short) (envelope.getShort(lengthAt) - 2));

    DecodedPacket shorter = DecodedPacket.of(sample.linkType(), envelope.array());

    assertTrue(shorter.decoded);
    assertEquals(SamplePackets.PAYLOAD.length() - 2, shorter.segment.payloadLength);
  }

  @ParameterizedTest
  @CsvSource({"PPPoE, 18, 1", "VXLAN, 38, 7", "VXLAN, 38, 0", "'GENEVE, options, IP', 38, 7"})
  void shouldCallAnEnvelopeMalformedThatHasNoRoom(String name, int lengthAt, int length) {
    Sample sample = sample(name);
    ByteBuffer envelope = ByteBuffer.wrap(sample.bytes()).putShort(lengthAt, (short) length);

    assertEquals(
        1, DecodedPacket.of(sample.linkType(), envelope.array()).decoder.malformed(), name);
  }

  @ParameterizedTest
  @CsvSource({"ERSPAN II, 42", "ERSPAN III, 42"})
  void shouldNotReadAMirrorHeaderOfAnUnknownVersion(String name, int versionAt) {
    Sample sample = sample(name);
    sample.bytes()[versionAt] ^= 0x40;

    assertEquals(1, DecodedPacket.of(sample.linkType(), sample.bytes()).decoder.otherPackets());
  }

  private static Sample sample(String name) {
    return samples().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void shouldTakeTheMacFromTheOutermostFrame() {
    for (Sample sample : SamplePackets.all()) {
      boolean hasMac =
          switch (sample.linkType()) {
            case LinkType.ETHERNET, LinkType.LINUX_SLL, LinkType.LINUX_SLL2 -> true;
            default -> false;
          };
      assertEquals(
          hasMac ? Packets.CLIENT_MAC : Segment.NO_MAC,
          DecodedPacket.of(sample.linkType(), sample.bytes()).segment.mac,
          sample.name());
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "2, 1", "3, 1", "4, 2", "5, 0", "255, 0"})
  void shouldKnowTheDirectionFromTheCookedPacketType(int packetType, int direction) {
    Packets cooked = SamplePackets.tcp(Packets.cooked(packetType).ipv4("10.0.0.1", "10.0.0.2"));
    Packets cookedV2 =
        SamplePackets.tcp(Packets.cookedV2(packetType, 1).ipv4("10.0.0.1", "10.0.0.2"));
    assertEquals(direction, DecodedPacket.of(LinkType.LINUX_SLL, cooked).segment.direction);
    assertEquals(direction, DecodedPacket.of(LinkType.LINUX_SLL2, cookedV2).segment.direction);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "0, 0"})
  void shouldReadWhatIsBehindThePktapHeader(int flags, int direction) {
    Packets packet =
        Packets.pktap(LinkType.ETHERNET, flags)
            .innerEthernet(Packets.CLIENT_MAC, Packets.BROKER_MAC)
            .vlan(5)
            .ipv4("10.0.0.1", "10.0.0.2");

    DecodedPacket result = DecodedPacket.of(LinkType.PKTAP, SamplePackets.tcp(packet));

    assertTrue(result.decoded);
    assertEquals(direction, result.segment.direction);
    assertEquals(Packets.CLIENT_MAC, result.segment.mac);
  }

  @ParameterizedTest
  @ValueSource(ints = {LinkType.PKTAP, 127, -1, Integer.MIN_VALUE})
  void shouldNotDecodeALinkTypeBehindPktapThatItDoesNotKnow(int linkType) {
    Packets packet = Packets.pktap(linkType, 1).ipv4("10.0.0.1", "10.0.0.2");

    SegmentDecoder decoder = DecodedPacket.of(LinkType.PKTAP, SamplePackets.tcp(packet)).decoder;

    assertEquals(1, decoder.unsupportedLinkType());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 107, 100_000, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
  void shouldCallAPktapHeaderMalformedWhoseLengthCannotBe(int length) {
    Sample sample = sample("PKTAP, raw IP");
    ByteBuffer.wrap(sample.bytes()).putInt(0, Integer.reverseBytes(length));

    assertEquals(1, DecodedPacket.of(LinkType.PKTAP, sample.bytes()).decoder.malformed());
  }

  @Test
  void shouldPassOverAPktapRecordThatIsNoPacket() {
    Sample sample = sample("PKTAP, raw IP");
    sample.bytes()[4] = 0;

    assertEquals(1, DecodedPacket.of(LinkType.PKTAP, sample.bytes()).decoder.otherPackets());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ff03c021", "c021", "ff03002d", "0f000806", "ff030020", "0ff00800"})
  void shouldPassOverWhatElsePppCarries(String header) {
    byte[] lcp = HexFormat.of().parseHex(header + "45000028".repeat(10));

    assertEquals(1, DecodedPacket.of(LinkType.PPP, lcp).decoder.otherPackets());
  }

  @Test
  void shouldPreferTheDirectionThatTheContainerSays() {
    DecodedPacket result =
        DecodedPacket.of(
            LinkType.LINUX_SLL, SamplePackets.tcp(Packets.cooked(4).ipv4("10.0.0.1", "10.0.0.2")));
    result.packet.direction = CapturedPacket.INBOUND;
    assertTrue(result.decoder.decode(result.packet, result.segment));
    assertEquals(CapturedPacket.INBOUND, result.segment.direction);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 0", "2, 1, 0", "3, 0, 1", "4, 0, 1", "50, 0, 1"})
  void shouldFollowTwoLevelsOfTunnelsAndNoMore(int levels, int segments, int others) {
    Packets packet = Packets.ethernet();
    for (int i = 0; i < levels; i++) {
      packet
          .ipv4("192.0.2.1", "192.0.2.2")
          .udp(50_000, 4789)
          .vxlan(i)
          .innerEthernet(Packets.CLIENT_MAC, Packets.BROKER_MAC);
    }

    SegmentDecoder decoder =
        DecodedPacket.of(LinkType.ETHERNET, SamplePackets.tcp(packet.ipv4("10.0.0.1", "10.0.0.2")))
            .decoder;

    assertEquals(segments, decoder.segments());
    assertEquals(others, decoder.otherPackets());
  }

  @Test
  void shouldCountTheTunnelsOfEachPacketAnew() {
    Sample nested = sample("VXLAN in VXLAN");
    DecodedPacket result = DecodedPacket.of(nested.linkType(), nested.bytes());

    assertTrue(result.decoder.decode(result.packet, result.segment));
    assertEquals(2, result.decoder.segments());
  }

  @Test
  void shouldForgetTheTunnelOfThePacketBefore() {
    Sample tunnel = SamplePackets.tunnelled().get(0);
    DecodedPacket result = DecodedPacket.of(tunnel.linkType(), tunnel.bytes());
    byte[] plain = SamplePackets.plain().get(0).bytes();
    result.packet.data = plain;
    result.packet.offset = 0;
    result.packet.capturedLength = plain.length;
    result.packet.originalLength = plain.length;
    assertTrue(result.decoder.decode(result.packet, result.segment));
    assertFalse(result.segment.tunnelled);
    assertEquals(2, result.decoder.segments());
  }

  @Test
  void shouldCallALongChainOfHeadersMalformed() {
    Packets packet = Packets.raw().ipv6("::1", "::2");
    for (int i = 0; i < 100; i++) {
      packet.destinationOptions(8);
    }
    assertEquals(1, DecodedPacket.of(LinkType.RAW, SamplePackets.tcp(packet)).decoder.malformed());
  }

  @Test
  void shouldCountALinkTypeThatIsNotDecoded() {
    byte[] bytes = SamplePackets.plain().get(0).bytes();
    DecodedPacket result = DecodedPacket.of(147, bytes);
    assertFalse(result.decoded);
    assertEquals(1, result.decoder.unsupportedLinkType());
  }
}
