package io.rstscope.capture;

import static io.rstscope.capture.CaptureBuilder.SECTION_HEADER;
import static io.rstscope.capture.CaptureBuilder.bigEndian;
import static io.rstscope.capture.CaptureBuilder.littleEndian;
import static io.rstscope.capture.CaptureBuilder.payload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcapngReaderTest {
  private static final byte[] DATA = payload(61, 3);

  private static CaptureBuilder ethernet() {
    return littleEndian().section().interfaceDescription(LinkType.ETHERNET);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldReadEnhancedPacketsInBothByteOrders(boolean big) {
    byte[] capture =
        (big ? bigEndian() : littleEndian())
            .section()
            .interfaceDescription(LinkType.LINUX_SLL)
            .enhancedPacket(0, 1_700_000_001_999_999L, 77, DATA)
            .bytes();

    assertEquals(
        new Reading.Packet(1, 1_700_000_001_999_999_000L, 113, 0, 0, 0, 77, Reading.list(DATA)),
        Reading.of(capture).only());
  }

  @Test
  void shouldGiveEachInterfaceItsLinkTypeAndTime() {
    CaptureBuilder nanoseconds =
        littleEndian().option(9, littleEndian().raw((byte) 9)).endOfOptions();
    CaptureBuilder laterBySeconds =
        littleEndian()
            .option(2, littleEndian().raw((byte) 'e'))
            .option(14, littleEndian().u64(1_000));
    byte[] capture =
        littleEndian()
            .section()
            .interfaceDescription(LinkType.ETHERNET, 0, nanoseconds)
            .interfaceDescription(LinkType.RAW, 0, laterBySeconds)
            .enhancedPacket(1, 5, 61, DATA)
            .enhancedPacket(0, 7, 61, DATA)
            .bytes();

    Reading reading = Reading.of(capture);

    assertEquals(List.of(1_000_000_005_000L, 7L), reading.times());
    assertEquals(LinkType.RAW, reading.packets().get(0).linkType());
    assertEquals(LinkType.ETHERNET, reading.packets().get(1).linkType());
  }

  @Test
  void shouldCountInterfacesOverSectionsOfEitherByteOrder() {
    byte[] second =
        bigEndian()
            .section()
            .interfaceDescription(LinkType.RAW)
            .enhancedPacket(0, 2_000_000, 61, DATA)
            .bytes();
    byte[] capture =
        littleEndian()
            .section()
            .interfaceDescription(LinkType.ETHERNET)
            .interfaceDescription(LinkType.ETHERNET)
            .enhancedPacket(1, 1_000_000, 61, DATA)
            .raw(second)
            .bytes();

    Reading reading = Reading.of(capture);

    assertEquals(
        List.of(1, 2), reading.packets().stream().map(Reading.Packet::interfaceId).toList());
    assertEquals(List.of(1_000_000_000L, 2_000_000_000L), reading.times());
    assertEquals(List.of(1L, 2L), reading.frames());
  }

  @Test
  void shouldForgetTheInterfacesOfTheSectionBefore() {
    byte[] capture = ethernet().section().enhancedPacket(0, 1, 61, DATA).bytes();

    assertEquals(
        "damaged: a packet of interface 0, and its section describes 0",
        Reading.of(capture).reason());
  }

  @Test
  void shouldGiveASimplePacketTheTimeBeforeAndItsSnapLength() {
    byte[] capture =
        littleEndian()
            .section()
            .interfaceDescription(LinkType.ETHERNET, 40, littleEndian())
            .simplePacket(30, payload(30, 1))
            .enhancedPacket(0, 9, 61, DATA)
            .simplePacket(1_000, payload(40, 2))
            .bytes();

    Reading reading = Reading.of(capture);

    assertEquals(List.of(1L, 9_000L, 9_000L), reading.times());
    assertEquals(Reading.list(payload(30, 1)), reading.packets().get(0).bytes());
    assertEquals(Reading.list(payload(40, 2)), reading.packets().get(2).bytes());
    assertEquals(1_000, reading.packets().get(2).originalLength());
    assertEquals(
        List.of("2 simple packet blocks have no time: nothing is concluded from times"),
        reading.warnings());
  }

  @Test
  void shouldMarkThePacketsThatHaveNoTime() throws CaptureException {
    byte[] capture =
        ethernet()
            .simplePacket(30, payload(30, 1))
            .enhancedPacket(0, 9, 61, DATA)
            .simplePacket(30, payload(30, 2))
            .obsoletePacket(0, 0, 9, 61, DATA, littleEndian())
            .bytes();
    CapturedPacket packet = new CapturedPacket();
    List<Boolean> timed = new ArrayList<>();
    PacketCounts counts = new PacketCounts();

    try (PacketSource source = CaptureFiles.read("test", new ByteArrayInputStream(capture))) {
      while (source.next(packet)) {
        timed.add(packet.timed);
        counts.add(packet);
      }
    }

    assertEquals(List.of(false, true, false, true), timed);
    assertEquals(2, counts.untimed());
  }

  @Test
  void shouldNotWarnOfTimesThatAreThere() {
    byte[] capture = ethernet().enhancedPacket(0, 9, 61, DATA).bytes();

    assertEquals(List.of(), Reading.of(capture).warnings());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "2, 2", "3, 0", "0xfffffff1, 1"})
  void shouldTakeTheDirectionFromTheFlags(String flags, int direction) {
    CaptureBuilder options = littleEndian().option(2, littleEndian().u32(Long.decode(flags)));
    byte[] enhanced = ethernet().enhancedPacket(0, 1, 61, DATA, options.endOfOptions()).bytes();
    byte[] obsolete = ethernet().obsoletePacket(0, 0, 1, 61, DATA, options).bytes();

    assertEquals(direction, Reading.of(enhanced).only().direction());
    assertEquals(direction, Reading.of(obsolete).only().direction());
  }

  @Test
  void shouldTellLosses() {
    CaptureBuilder drops = littleEndian().option(4, littleEndian().u64(5_000_000_000L));
    byte[] capture =
        ethernet()
            .enhancedPacket(0, 1, 61, DATA, drops)
            .obsoletePacket(0, 17, 2, 61, DATA, littleEndian())
            .obsoletePacket(0, 0xffff, 3, 61, DATA, littleEndian())
            .enhancedPacket(0, 4, 61, DATA)
            .bytes();

    assertEquals(
        List.of(5_000_000_000L, 17L, 0L, 0L),
        Reading.of(capture).packets().stream().map(Reading.Packet::dropped).toList());
  }

  @Test
  void shouldSkipBlocksThatHoldNoPacketWhateverTheirSize() {
    byte[] capture =
        ethernet()
            .block(5, littleEndian().u32(0, 0, 0))
            .block(0x7777_7777, littleEndian().raw(new byte[3_000_000]))
            .block(4, littleEndian())
            .enhancedPacket(0, 1, 61, DATA)
            .bytes();

    assertEquals(Reading.list(DATA), Reading.of(capture).only().bytes());
  }

  /** Seen with tshark 4.0.17, which shows these blocks as frames of their own. */
  @ParameterizedTest
  @ValueSource(ints = {9, 0x204, 0x216, 0xbad, 0x4000_0bad})
  void shouldCountBlocksThatWiresharkCountsAsFrames(int type) {
    byte[] capture =
        ethernet()
            .enhancedPacket(0, 1, 61, DATA)
            .block(type, littleEndian().u32(32_473, 0, 0))
            .enhancedPacket(0, 2, 61, DATA)
            .bytes();

    assertEquals(List.of(1L, 3L), Reading.of(capture).frames());
  }

  @Test
  void shouldDeliverPacketsOfAnUnsupportedLinkTypeWithAWarning() {
    byte[] capture = ethernet().interfaceDescription(127).enhancedPacket(1, 1, 61, DATA).bytes();

    Reading reading = Reading.of(capture);

    assertEquals(127, reading.only().linkType());
    assertEquals(
        List.of(
            "interface 1 has link type 127, which is not supported: its packets are not looked at"),
        reading.warnings());
  }

  @Test
  void shouldTakeABlockLengthWithoutPaddingAsRoundedUp() {
    byte[] capture =
        ethernet()
            .u32(6, 93, 0, 0, 1, DATA.length, DATA.length)
            .raw(DATA)
            .pad()
            .u32(93)
            .enhancedPacket(0, 2, 61, DATA)
            .bytes();

    Reading reading = Reading.of(capture);

    assertEquals(List.of(1_000L, 2_000L), reading.times());
    assertNull(reading.failure());
  }

  @ParameterizedTest
  @CsvSource({"0", "11", "31"})
  void shouldRefuseABlockTooShortForItsKind(int length) {
    CaptureBuilder builder = ethernet();
    int offset = builder.size();
    builder.u32(6, length).raw(new byte[40]);

    Reading reading = Reading.of(builder.bytes());

    assertEquals(
        "damaged: a block claims " + length + " bytes, and its kind has at least 32",
        reading.reason());
    assertEquals(offset, reading.failure().offset());
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 99})
  void shouldRefuseABlockWhoseLengthsDiffer(int type) {
    CaptureBuilder block = littleEndian().block(type, littleEndian().raw(new byte[24]));
    byte[] bytes = block.bytes();
    bytes[bytes.length - 4]++;

    assertEquals(
        "damaged: a block claims 36 bytes at its begin, and 37 at its end",
        Reading.of(ethernet().raw(bytes).bytes()).reason());
  }

  @Test
  void shouldRefuseAPacketLongerThanItsBlock() {
    CaptureBuilder body = littleEndian().u32(0, 0, 0, 9, 9).raw(new byte[8]);

    assertEquals(
        "damaged: a packet claims 9 captured bytes, and its block has room for 8",
        Reading.of(ethernet().block(6, body).bytes()).reason());
    assertEquals(
        "damaged: a packet claims 12 captured bytes, and its block has room for 8",
        Reading.of(ethernet().simplePacket(12, new byte[8]).bytes()).reason());
  }

  @Test
  void shouldRefuseLengthsThatLie() {
    CaptureBuilder negative = littleEndian().u32(0, 0, 0, -1, -1).raw(new byte[8]);

    assertEquals(
        "damaged: a packet claims 4294967295 captured bytes of 4294967295",
        Reading.of(ethernet().block(6, negative).bytes()).reason());
  }

  @Test
  void shouldReadOnAsTsharkDoesWhenLessWasOnTheWireThanCaptured() {
    CaptureBuilder shorter = littleEndian().u32(0, 0, 0, 8, 7).raw(new byte[8]);

    Reading reading = Reading.of(ethernet().block(2, shorter).bytes());

    assertEquals("regular end", reading.reason());
    assertEquals(8, reading.packets().get(0).originalLength());
  }

  @Test
  void shouldRefuseAPacketBlockThatNoToolWrites() {
    byte[] capture = ethernet().block(6, littleEndian().raw(new byte[600_000])).bytes();

    assertEquals("damaged: a block of type 6 claims 600012 bytes", Reading.of(capture).reason());
  }

  @Test
  void shouldRefuseOptionsThatLie() {
    CaptureBuilder options = littleEndian().u16(2, 5).u32(1);

    assertEquals(
        "damaged: an option claims 5 bytes, and 4 are left in its block",
        Reading.of(ethernet().enhancedPacket(0, 1, 61, DATA, options).bytes()).reason());
    assertEquals(
        "damaged: an option claims 5 bytes, and 4 are left in its block",
        Reading.of(littleEndian().section().interfaceDescription(1, 0, options).bytes()).reason());
  }

  @Test
  void shouldRefuseAnInterfaceThatIsNotDescribed() {
    byte[] beyond = ethernet().enhancedPacket(1, 1, 61, DATA).bytes();
    byte[] negative = ethernet().enhancedPacket(-1, 1, 61, DATA).bytes();

    assertEquals(
        "damaged: a packet of interface 1, and its section describes 1",
        Reading.of(beyond).reason());
    assertEquals(
        "damaged: a packet of interface 4294967295, and its section describes 1",
        Reading.of(negative).reason());
  }

  @Test
  void shouldRefuseOtherVersionsAndByteOrders() {
    CaptureBuilder version = littleEndian().u32(0x1a2b3c4d).u16(2, 0).u64(-1);
    CaptureBuilder order = littleEndian().u32(0x1a2b3c4e).u16(1, 0).u64(-1);

    assertEquals(
        "version 2.0 of pcapng is not supported",
        Reading.of(littleEndian().block(SECTION_HEADER, version).bytes()).reason());
    assertEquals(
        "damaged: a section header without byte order magic",
        Reading.of(littleEndian().block(SECTION_HEADER, order).bytes()).reason());
  }
}
