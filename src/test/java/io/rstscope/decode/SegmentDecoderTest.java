package io.rstscope.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.LinkType;
import io.rstscope.testing.Packets;
import io.rstscope.wire.MptcpOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a segment holds, and where the decoder believes which length. */
class SegmentDecoderTest {
  private static final int ETHERNET = 14;
  private static final int IPV4 = 20;

  @Test
  void shouldCopyWhatTheCaptureSaysOfThePacket() {
    DecodedPacket result = decode(ipv4().tcp(1, 5672));
    CapturedPacket packet = result.packet;
    packet.timeNanos = 1_700_000_000_123_456_789L;
    packet.frame = 3_000_000_001L;
    packet.interfaceId = 7;
    packet.direction = CapturedPacket.OUTBOUND;
    assertTrue(result.decoder.decode(packet, result.segment));
    assertEquals(1_700_000_000_123_456_789L, result.segment.timeNanos);
    assertEquals(3_000_000_001L, result.segment.frame);
    assertEquals(7, result.segment.interfaceId);
    assertEquals(CapturedPacket.OUTBOUND, result.segment.direction);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255})
  void shouldReadFlagsTtlAndFieldsAtTheirBounds(int value) {
    Segment segment =
        decode(
                ipv4()
                    .ttl(value)
                    .id(value * 257)
                    .df(value == 1)
                    .tcp(5672, 65_535)
                    .flags(value)
                    .seq(-value)
                    .window(value * 257))
            .segment;
    assertEquals(value, segment.ttl);
    assertEquals(value * 257, segment.ipId);
    assertEquals(value == 1, segment.dontFragment);
    assertEquals(5672, segment.sourcePort);
    assertEquals(65_535, segment.destinationPort);
    assertEquals(value, segment.flags);
    assertEquals(-value, segment.sequence);
    assertEquals(value * 257, segment.window);
  }

  @Test
  void shouldPassOverOtherPortsAndProtocols() {
    DecodedPacket result = decode(ipv4().tcp(5671, 5673));
    assertFalse(result.decoded);
    assertEquals(1, result.decoder.otherPackets());
    assertEquals(1, decode(ipv4().udp(5672, 5672)).decoder.otherPackets());
  }

  @Test
  void shouldReadTheOptionsOfASyn() {
    Segment segment =
        decode(
                ipv4()
                    .tcp(40_000, 5672)
                    .flags(Packets.SYN)
                    .mss(1460)
                    .sackPermitted()
                    .timestamps(5, 0)
                    .wscale(7))
            .segment;
    assertTrue(segment.timestamps);
    assertEquals(5, segment.tsVal);
    assertEquals(1, segment.sequenceLength());
  }

  @Test
  void shouldNotKeepOptionsOfTheSegmentBefore() {
    DecodedPacket result =
        decode(ipv4().tcp(1, 5672).flags(Packets.SYN).timestamps(5, 6).wscale(7));
    byte[] bare = ipv4().tcp(1, 5672).bytes();
    result.packet.data = bare;
    result.packet.offset = 0;
    result.packet.capturedLength = bare.length;
    result.packet.originalLength = bare.length;
    assertTrue(result.decoder.decode(result.packet, result.segment));
    assertFalse(result.segment.timestamps);
    assertEquals(0, result.segment.tsVal);
  }

  @Test
  void shouldSayThatOptionsAreCutWhereTheyMayHoldTimestamps() {
    Packets syn = ipv4().tcp(1, 5672).mss(1460).sackPermitted().timestamps(5, 6).wscale(7);
    DecodedPacket result = decode(syn);
    assertFalse(result.segment.optionsCut);

    result.packet.capturedLength = 66;
    assertTrue(result.decoder.decode(result.packet, result.segment));
    assertTrue(result.segment.optionsCut);

    result.packet.capturedLength = 74;
    assertTrue(result.decoder.decode(result.packet, result.segment));
    assertFalse(result.segment.optionsCut);
    assertTrue(result.segment.timestamps);
  }

  @Test
  void shouldReadWhatMptcpSaysOfAResetWhereverItIsCut() {
    byte[] packet =
        ipv4().tcp(1, 5672).flags(Packets.RST).timestamps(7, 9).tcpOption(30, 4, 0x81, 6).bytes();

    for (int captured = 0; captured <= packet.length; captured++) {
      DecodedPacket cut = DecodedPacket.cut(LinkType.RAW, packet, captured, (byte) 6);
      int expected = captured == packet.length ? 0x106 : MptcpOption.NONE;
      assertTrue(!cut.decoded || cut.segment.mptcpReset == expected, "cut at " + captured);
    }
  }

  @Test
  void shouldReadItFromResetsOnly() {
    Packets fin = ipv4().tcp(1, 5672).flags(Packets.FIN).tcpOption(30, 4, 0x81, 6);

    assertEquals(MptcpOption.NONE, decode(fin).segment.mptcpReset);
  }

  @Test
  void shouldKeepThePayloadWhenOptionsLie() {
    Segment segment = decode(ipv4().tcp(1, 5672).tcpOption(254, 77, 1, 1).payload("x")).segment;
    assertEquals(1, segment.payloadLength);
  }

  @Test
  void shouldNotTakePaddingForPayload() {
    byte[] padded = Arrays.copyOf(ipv4().tcp(1, 5672).flags(Packets.RST).bytes(), 60);
    DecodedPacket result = DecodedPacket.of(LinkType.ETHERNET, padded);
    assertEquals(0, result.segment.payloadLength);
    assertEquals(0, result.segment.payloadCaptured);
  }

  @Test
  void shouldEndThePayloadWithTheFrameWhenTheIpLengthIsLarger() {
    DecodedPacket result = decode(ipv4().ipLength(60_000).tcp(1, 5672).payload("abc"));
    assertEquals(3, result.segment.payloadLength);
    assertEquals("abc", result.payload());
  }

  @Test
  void shouldTakeTheLengthOfTheFrameWhenIpSaysNone() {
    byte[] large = new byte[100_001];
    DecodedPacket ipv4 = decode(ipv4().ipLength(0).tcp(1, 5672).payload(large));
    assertEquals(100_001, ipv4.segment.payloadLength);
    DecodedPacket ipv6 =
        decode(
            Packets.ethernet()
                .ipv6("::1", "::2")
                .ipLength(0)
                .hopByHop(8)
                .tcp(1, 5672)
                .payload(large));
    assertEquals(100_001, ipv6.segment.payloadLength);
    assertEquals(100_001, ipv6.segment.payloadCaptured);
  }

  @Test
  void shouldNotBelieveAFrameOfGigabytes() {
    byte[] bytes = ipv4().ipLength(0).tcp(1, 5672).payload("abc").bytes();
    Segment segment = DecodedPacket.claiming(LinkType.ETHERNET, bytes, Integer.MAX_VALUE).segment;
    assertEquals((1 << 20) - ETHERNET - IPV4 - 20, segment.payloadLength);
    assertEquals(3, segment.payloadCaptured);
  }

  @Test
  void shouldKnowThePayloadLengthWhenTheSnapLengthCutIt() {
    byte[] bytes = ipv4().tcp(1, 5672).timestamps(1, 2).payload("0123456789").bytes();
    Segment segment =
        DecodedPacket.cut(LinkType.ETHERNET, bytes, bytes.length - 7, (byte) 0xff).segment;
    assertEquals(10, segment.payloadLength);
    assertEquals(3, segment.payloadCaptured);
    assertTrue(segment.timestamps);
  }

  @Test
  void shouldDecodeAHeaderCutBehindItsWindow() {
    byte[] bytes = ipv4().tcp(1, 5672).window(77).timestamps(1, 2).payload("0123456789").bytes();
    int window = ETHERNET + IPV4 + 16;
    DecodedPacket whole = DecodedPacket.cut(LinkType.ETHERNET, bytes, window, (byte) 0xff);
    assertTrue(whole.decoded);
    assertEquals(77, whole.segment.window);
    assertEquals(10, whole.segment.payloadLength);
    assertEquals(0, whole.segment.payloadCaptured);
    assertFalse(whole.segment.timestamps);
    DecodedPacket cut = DecodedPacket.cut(LinkType.ETHERNET, bytes, window - 1, (byte) 0xff);
    assertFalse(cut.decoded);
    assertEquals(1, cut.decoder.cutHeaders());
  }

  @Test
  void shouldDecodeTheFirstFragmentAndCountTheOthers() {
    DecodedPacket first = decode(ipv4().fragment(0, true).tcp(1, 5672).payload("01234567"));
    assertTrue(first.decoded);
    assertTrue(first.segment.fragment);
    assertFalse(first.segment.dontFragment);
    DecodedPacket later = decode(ipv4().fragment(65_528, false).tcp(1, 5672));
    assertFalse(later.decoded);
    assertEquals(1, later.decoder.laterFragments());
  }

  @Test
  void shouldDecodeTheFirstFragmentOfIpv6() {
    DecodedPacket first =
        decode(
            Packets.ethernet()
                .ipv6("::1", "::2")
                .fragmentHeader(0x1234_5678, 0, true)
                .tcp(1, 5672));
    assertTrue(first.segment.fragment);
    assertEquals(0x5678, first.segment.ipId);
    DecodedPacket later =
        decode(Packets.ethernet().ipv6("::1", "::2").fragmentHeader(1, 8, false).tcp(1, 5672));
    assertEquals(1, later.decoder.laterFragments());
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 20, 24, 32})
  void shouldDecodeAResetWhoseHeaderGoesOnInTheNextFragment(int bytesOfTcp) {
    Packets reset =
        ipv4()
            .fragment(0, true)
            .ipLength(IPV4 + bytesOfTcp)
            .tcp(1, 5672)
            .timestamps(7, 8)
            .flags(Packets.RST)
            .window(77);
    DecodedPacket first = decode(reset);
    assertTrue(first.decoded);
    assertEquals(Segment.RST, first.segment.flags);
    assertEquals(77, first.segment.window);
    assertEquals(0, first.segment.payloadLength);
    assertEquals(bytesOfTcp == 32, first.segment.timestamps);
  }

  @Test
  void shouldMarkTheSegmentWhenTheTunnelWasFragmented() {
    Segment segment =
        decode(ipv4().fragment(0, true).ipv4("10.0.0.1", "10.0.0.2").df(true).tcp(1, 5672)).segment;
    assertTrue(segment.fragment);
    assertTrue(segment.dontFragment);
  }

  @Test
  void shouldCallHeadersThatCannotBeMalformed() {
    byte[] good = ipv4().tcp(1, 5672).payload("x").bytes();
    assertMalformed(patched(good, ETHERNET, 0x44), "IPv4 header shorter than its least");
    assertMalformed(patched(good, ETHERNET, 0x65), "IP version");
    assertMalformed(patched(good, ETHERNET + 3, 19), "IPv4 packet shorter than its header");
    assertMalformed(patched(good, ETHERNET + 3, 39), "TCP header cut by the IP length");
    assertMalformed(patched(good, ETHERNET + IPV4 + 12, 0x40), "TCP header too short");
    assertMalformed(patched(good, ETHERNET + IPV4 + 12, 0xf0), "TCP header beyond its packet");
    assertMalformed(Arrays.copyOf(good, ETHERNET - 1), "frame shorter than its header");
  }

  private static void assertMalformed(byte[] bytes, String why) {
    DecodedPacket result = DecodedPacket.of(LinkType.ETHERNET, bytes);
    assertFalse(result.decoded, why);
    assertEquals(1, result.decoder.malformed(), why);
  }

  private static byte[] patched(byte[] bytes, int at, int value) {
    byte[] patched = bytes.clone();
    patched[at] = (byte) value;
    return patched;
  }

  private static Packets ipv4() {
    return Packets.ethernet().ipv4("10.0.0.1", "10.0.0.2");
  }

  private static DecodedPacket decode(Packets packet) {
    return DecodedPacket.of(LinkType.ETHERNET, packet);
  }
}
