package io.rstscope.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks that no tool writes: what they cost is bounded, and what comes before them is read. */
class HostilePcapngTest {
  private static final int ETHERNET = 1;
  private static final int IEEE_802_11 = 105;
  private static final byte[] DATA = CaptureBuilder.payload(60, 1);

  /** The same bytes, over and over again, without being anywhere in memory. */
  private static InputStream repeated(byte[] first, byte[] bytes, long times) {
    return new InputStream() {
      private long left = first.length + bytes.length * times;
      private ByteArrayInputStream part = new ByteArrayInputStream(first);

      @Override
      public int read() {
        throw new UnsupportedOperationException();
      }

      @Override
      public int read(byte[] target, int offset, int length) {
        if (left == 0) {
          return -1;
        }
        if (part.available() == 0) {
          part = new ByteArrayInputStream(bytes);
        }
        int n = part.read(target, offset, length);
        left -= n;
        return n;
      }
    };
  }

  private static CaptureBuilder packets() {
    return CaptureBuilder.littleEndian()
        .section()
        .interfaceDescription(ETHERNET)
        .enhancedPacket(0, 1, 60, DATA);
  }

  private static byte[] interfaces(int linkType, int count) {
    CaptureBuilder blocks = CaptureBuilder.littleEndian();
    for (int i = 0; i < count; i++) {
      blocks.interfaceDescription(linkType);
    }
    return blocks.bytes();
  }

  @Test
  void shouldRefuseASectionOfMillionsOfInterfaces() {
    byte[] thousand = interfaces(ETHERNET, 1_000);

    Reading reading = Reading.of(repeated(packets().bytes(), thousand, 5_000));

    assertEquals(1, reading.packets().size());
    assertEquals("damaged: a section describes more than 65536 interfaces", reading.reason());
  }

  @Test
  void shouldReadASectionOfAsManyInterfacesAsMayBe() {
    CaptureBuilder file = CaptureBuilder.littleEndian().section();
    file.raw(interfaces(ETHERNET, 65_536)).enhancedPacket(65_535, 1, 60, DATA);

    assertEquals(65_535, Reading.of(file.bytes()).only().interfaceId());
  }

  @Test
  void shouldTellOfTenInterfacesAndCountTheOthers() {
    CaptureBuilder section = CaptureBuilder.littleEndian().section();
    byte[] twenty = section.raw(interfaces(IEEE_802_11, 20)).bytes();

    Reading reading = Reading.of(repeated(new byte[0], twenty, 3_000));

    assertEquals("regular end", reading.reason());
    assertEquals(11, reading.warnings().size());
    assertTrue(reading.warnings().get(9).startsWith("interface 9 has link type 105"));
    assertEquals("so have 59990 more interfaces", reading.warnings().get(10));
  }

  @Test
  void shouldReadManySections() {
    byte[] section = packets().bytes();

    Reading reading = Reading.of(repeated(new byte[0], section, 5_000));

    assertEquals(5_000, reading.packets().size());
    assertEquals(4_999, reading.packets().get(4_999).interfaceId());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 4, 8, 11, 0x8000_0000L, 0xffff_ffffL})
  void shouldEndAtABlockThatClaimsALengthThatCannotBe(long length) {
    for (int type : new int[] {0x0a0d0d0a, 1, 2, 3, 4, 5, 6, 9, 10, 0xbad, 0x7777}) {
      CaptureBuilder file = packets();
      file.u32(type, length, 0x1a2b3c4d).u16(1, 0).raw(new byte[400]);

      Reading reading = Reading.of(file.bytes());

      assertEquals(1, reading.packets().size(), "type " + type);
      assertTrue(reading.reason().matches("(damaged|cut short).*"), reading.reason());
      assertEquals(packets().size(), reading.failure().offset());
    }
  }

  /** The second length of the outer block is what the inner one takes for its own. */
  @Test
  void shouldGoByTheFirstLengthWhereBlocksOverlap() {
    CaptureBuilder inner = packets().body().u32(0x7777, 24).raw(new byte[12]).u32(24);

    Reading reading =
        Reading.of(packets().block(0x7777, inner).enhancedPacket(0, 2, 60, DATA).bytes());

    assertEquals("regular end", reading.reason());
    assertEquals(2, reading.packets().size());
  }

  @Test
  void shouldPassOverHundredThousandOptions() {
    CaptureBuilder options = packets().body();
    for (int i = 0; i < 100_000; i++) {
      options.u16(1, 0);
    }

    Reading reading =
        Reading.of(
            packets()
                .interfaceDescription(ETHERNET, 0, options)
                .enhancedPacket(1, 2, 60, DATA, options)
                .bytes());

    assertEquals("regular end", reading.reason());
    assertEquals(2, reading.packets().size());
  }

  @Test
  void shouldNotLookIntoNamesSecretsAndBlocksOfOthers() {
    CaptureBuilder file = packets();
    for (int type : new int[] {4, 5, 10, 0x7fff_ffff}) {
      file.block(type, file.body().u32(-1, -1, -1).raw(new byte[700_000]));
    }

    Reading reading = Reading.of(file.enhancedPacket(0, 2, 60, DATA).bytes());

    assertEquals("regular end", reading.reason());
    assertEquals(2, reading.packets().size());
  }

  @Test
  void shouldSayThatAFileIsCompressedTwice() {
    byte[] twice = GzipStreamTest.gzip(GzipStreamTest.gzip(packets().bytes()));

    assertTrue(Reading.of(twice).reason().endsWith("compressed by gzip twice: decompress it once"));
  }
}
