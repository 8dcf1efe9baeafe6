package io.rstscope.capture;

import static io.rstscope.capture.CaptureBuilder.PCAP_MICROSECONDS;
import static io.rstscope.capture.CaptureBuilder.PCAP_MODIFIED;
import static io.rstscope.capture.CaptureBuilder.bigEndian;
import static io.rstscope.capture.CaptureBuilder.littleEndian;
import static io.rstscope.capture.CaptureBuilder.payload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Old pcap files whose packet headers are longer than their magic says. */
class PcapVariantTest {
  private static final long SECONDS = 945_000_000L;
  private static final byte[] DATA = payload(61, 3);

  @TempDir private Path folder;

  private Reading file(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("old.pcap"), content);
    try (PacketSource source = CaptureFiles.open(file.toString())) {
      return Reading.of(source);
    }
  }

  /** Packets a second apart, with headers of that many bytes. */
  private static byte[] capture(CaptureBuilder builder, int magic, int header, int packets) {
    builder.pcapHeader(magic, LinkType.ETHERNET);
    for (int i = 0; i < packets; i++) {
      builder.u32(SECONDS + i, i, DATA.length, 90).raw(payload(header - 16, i)).raw(DATA);
    }
    return builder.bytes();
  }

  private static int magic(PcapVariant variant) {
    boolean modified = variant == PcapVariant.MODIFIED || variant == PcapVariant.SUSE_6_3;
    return modified ? PCAP_MODIFIED : PCAP_MICROSECONDS;
  }

  private static void assertPackets(int packets, Reading reading) {
    assertEquals("regular end", reading.reason());
    assertEquals(packets, reading.packets().size());
    for (int i = 0; i < packets; i++) {
      Reading.Packet packet = reading.packets().get(i);
      assertEquals((SECONDS + i) * 1_000_000_000L + i * 1_000L, packet.timeNanos());
      assertEquals(90, packet.originalLength());
      assertEquals(Reading.list(DATA), packet.bytes());
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldReadEachVariantInBothByteOrders(PcapVariant variant) throws IOException {
    for (CaptureBuilder order : List.of(littleEndian(), bigEndian())) {
      assertPackets(5, file(capture(order, magic(variant), variant.packetHeader, 5)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldTellAVariantByTwoPackets(PcapVariant variant) throws IOException {
    assertPackets(2, file(capture(littleEndian(), magic(variant), variant.packetHeader, 2)));
  }

  /** What looks like a Nokia's only packet may be a usual one, and the beginning of the next. */
  @Test
  void shouldNotTellAVariantByOnePacket() throws IOException {
    byte[] cut = Arrays.copyOf(capture(littleEndian(), PCAP_MICROSECONDS, 16, 2), 24 + 16 + 61 + 4);

    Reading reading = file(cut);

    assertEquals(Reading.list(DATA), reading.only().bytes());
    assertEquals("cut short inside a packet header", reading.reason());
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 20, 24, 28})
  void shouldTakeAPipeForWhatItsMagicSays(int header) {
    Reading usual = Reading.of(capture(littleEndian(), PCAP_MICROSECONDS, header, 3));
    Reading modified = Reading.of(capture(littleEndian(), PCAP_MODIFIED, header, 3));

    assertEquals(header == 16, usual.packets().size() == 3 && usual.failure() == null);
    assertEquals(header == 24, modified.packets().size() == 3 && modified.failure() == null);
  }

  /** The second packet lies: no variant is tried for it that others would not bear out. */
  @Test
  void shouldSayWhereADamagedCaptureIsDamaged() throws IOException {
    byte[] damaged = capture(littleEndian(), PCAP_MICROSECONDS, 16, 5);
    Arrays.fill(damaged, 24 + 16 + 61 + 8, 24 + 16 + 61 + 12, (byte) 0xff);

    Reading reading = file(damaged);

    assertEquals(Reading.list(DATA), reading.only().bytes());
    assertEquals(24 + 16 + 61, reading.failure().offset());
    assertEquals("damaged: a packet claims 4294967295 captured bytes of 90", reading.reason());
  }

  @ParameterizedTest
  @CsvSource({"nokiapcap", "rh6_1pcap", "suse6_3pcap", "modpcap"})
  void shouldReadWhatEditcapWritesAsTheOriginal(String format) throws Exception {
    byte[] usual = capture(littleEndian(), PCAP_MICROSECONDS, 16, 4);
    Path original = Files.write(folder.resolve("usual.pcap"), usual);

    byte[] converted = Files.readAllBytes(Path.of(Editcap.convert(original.toString(), format)));

    assertNotEquals(usual.length, converted.length);
    assertPackets(4, file(converted));
  }
}
