package io.rstscope.capture;

import static io.rstscope.capture.CaptureBuilder.PCAP_MICROSECONDS;
import static io.rstscope.capture.CaptureBuilder.PCAP_MODIFIED;
import static io.rstscope.capture.CaptureBuilder.PCAP_NANOSECONDS;
import static io.rstscope.capture.CaptureBuilder.bigEndian;
import static io.rstscope.capture.CaptureBuilder.littleEndian;
import static io.rstscope.capture.CaptureBuilder.payload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcapReaderTest {
  private static final byte[] DATA = payload(61, 3);

  private static CaptureBuilder header() {
    return littleEndian().pcapHeader(PCAP_MICROSECONDS, LinkType.ETHERNET);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldReadMicrosecondsInBothByteOrders(boolean big) {
    CaptureBuilder order = big ? bigEndian() : littleEndian();
    byte[] capture =
        order
            .pcapHeader(PCAP_MICROSECONDS, LinkType.LINUX_SLL2)
            .pcapPacket(1_700_000_001L, 999_999, 77, DATA)
            .bytes();

    assertEquals(
        new Reading.Packet(1, 1_700_000_001_999_999_000L, 276, 0, 0, 0, 77, Reading.list(DATA)),
        Reading.of(capture).only());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldReadNanosecondsInBothByteOrders(boolean big) {
    CaptureBuilder order = big ? bigEndian() : littleEndian();
    byte[] capture =
        order.pcapHeader(PCAP_NANOSECONDS, 1).pcapPacket(5, 123_456_789, 61, DATA).bytes();

    assertEquals(5_123_456_789L, Reading.of(capture).only().timeNanos());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldPassOverTheExtraFieldsOfTheModifiedVariant(boolean big) {
    CaptureBuilder builder = (big ? bigEndian() : littleEndian()).pcapHeader(PCAP_MODIFIED, 1);
    for (int i = 0; i < 3; i++) {
      builder.u32(7, i, DATA.length, 90, 2).u16(0x800).raw((byte) 4, (byte) 0).raw(DATA);
    }

    Reading reading = Reading.of(builder.bytes());

    assertEquals(List.of(7_000_000_000L, 7_000_001_000L, 7_000_002_000L), reading.times());
    assertEquals(Reading.list(DATA), reading.packets().get(2).bytes());
    assertNull(reading.failure());
  }

  @Test
  void shouldCountFramesFromOne() {
    byte[] capture =
        header()
            .pcapPacket(9, 0, 61, DATA)
            .pcapPacket(8, 0, 61, DATA)
            .pcapPacket(7, 0, 0, payload(0, 0))
            .bytes();

    assertEquals(List.of(1L, 2L, 3L), Reading.of(capture).frames());
  }

  @Test
  void shouldTakeSecondsAsUnsigned() {
    byte[] capture = header().pcapPacket(0xffff_fffeL, 0, 61, DATA).bytes();

    assertEquals(4_294_967_294_000_000_000L, Reading.of(capture).only().timeNanos());
  }

  @Test
  void shouldMaskTheFcsLengthAboveTheLinkType() {
    byte[] capture =
        littleEndian()
            .pcapHeader(PCAP_MICROSECONDS, 0x2400_0000 | LinkType.ETHERNET)
            .pcapPacket(1, 0, 61, DATA)
            .bytes();

    assertEquals(LinkType.ETHERNET, Reading.of(capture).only().linkType());
  }

  @Test
  void shouldAcceptPacketsBeyondTheSnapLength() {
    byte[] capture =
        littleEndian()
            .u32(PCAP_MICROSECONDS)
            .u16(2, 4)
            .u32(0, 0, 20, 1)
            .pcapPacket(1, 0, 61, DATA)
            .bytes();

    assertEquals(61, Reading.of(capture).only().bytes().size());
  }

  @Test
  void shouldReadTheLongestPacketOfLibpcap() {
    byte[] longest = payload(262_144, 5);
    byte[] capture =
        header().pcapPacket(1, 0, 262_144, longest).pcapPacket(2, 0, 262_144, longest).bytes();

    Reading reading = Reading.of(capture);

    assertEquals(List.of(1L, 2L), reading.frames());
    assertEquals(Reading.list(longest), reading.packets().get(1).bytes());
  }

  @ParameterizedTest
  @CsvSource({"2, 3", "2, 2", "543, 0"})
  void shouldTellSwappedLengthsOfOldVersionsApart(int major, int minor) {
    byte[] capture =
        littleEndian()
            .pcapHeader(PCAP_MICROSECONDS, major, minor, 1)
            .u32(1, 0, 99, DATA.length)
            .raw(DATA)
            .bytes();

    Reading.Packet packet = Reading.of(capture).only();

    assertEquals(99, packet.originalLength());
    assertEquals(Reading.list(DATA), packet.bytes());
  }

  @ParameterizedTest
  @CsvSource({"2, 5", "1, 9", "3, 0", "543, 1", "0, 0"})
  void shouldRefuseVersionsThatLibpcapRefuses(int major, int minor) {
    byte[] capture = littleEndian().pcapHeader(PCAP_MICROSECONDS, major, minor, 1).bytes();

    assertEquals(
        "version " + major + "." + minor + " of pcap is not supported",
        Reading.of(capture).reason());
  }

  @Test
  void shouldRefuseALinkTypeThatIsNotSupported() {
    byte[] capture = littleEndian().pcapHeader(PCAP_MICROSECONDS, 127).bytes();

    assertEquals("link type 127 is not supported", Reading.of(capture).reason());
  }

  @ParameterizedTest
  @CsvSource({
    "10, link type 10 (FDDI)",
    "117, 'link type 117 (PFLOG: OpenBSD''s pf)'",
    "192, link type 192 (PPI)",
    "239, 'link type 239 (NFLOG: Linux''s netfilter)'"
  })
  void shouldNameTheLinkTypeThatIsNotSupported(int linkType, String name) {
    byte[] capture = littleEndian().pcapHeader(PCAP_MICROSECONDS, linkType).bytes();

    assertEquals(name + " is not supported", Reading.of(capture).reason());
  }

  @ParameterizedTest
  @ValueSource(ints = {LinkType.PPP, LinkType.PPP_HDLC, LinkType.PKTAP})
  void shouldReadLinkTypesOfModemsAndMacs(int linkType) {
    byte[] capture =
        littleEndian().pcapHeader(PCAP_MICROSECONDS, linkType).pcapPacket(1, 0, 61, DATA).bytes();

    assertEquals(linkType, Reading.of(capture).only().linkType());
  }

  @ParameterizedTest
  @CsvSource({
    "262145, 300000, 'damaged: a packet claims 262145 captured bytes of 300000, and 262144 is the most'",
    "-1, -1, 'damaged: a packet claims 4294967295 captured bytes of 4294967295'"
  })
  void shouldSayWhereLengthsLie(int captured, int original, String reason) {
    CaptureBuilder builder = header().pcapPacket(1, 0, 61, DATA);
    int offset = builder.size();
    builder.u32(2, 0, captured, original).raw(DATA);

    Reading reading = Reading.of(builder.bytes());

    assertEquals(1, reading.packets().size());
    assertEquals(reason, reading.reason());
    assertEquals(offset, reading.failure().offset());
    assertTrue(reading.failure().getMessage().startsWith("test: at byte " + offset + ": "));
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 0, -1})
  void shouldReadOnAsTcpdumpDoesWhenLessWasOnTheWireThanCaptured(int original) {
    CaptureBuilder builder = header();
    builder.u32(2, 0, 8, original).raw(new byte[8]).pcapPacket(3, 0, 61, DATA);

    Reading reading = Reading.of(builder.bytes());

    assertEquals("regular end", reading.reason());
    assertEquals(2, reading.packets().size());
    assertEquals(8, reading.packets().get(0).originalLength());
  }

  @Test
  void shouldEndWhereAHeaderIsNotFollowedByPackets() {
    Reading reading = Reading.of(header().bytes());

    assertEquals("regular end", reading.reason());
    assertEquals(List.of(), reading.packets());
  }
}
