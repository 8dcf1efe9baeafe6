package io.rstscope.capture;

import static io.rstscope.capture.CaptureBuilder.PCAP_MICROSECONDS;
import static io.rstscope.capture.CaptureBuilder.littleEndian;
import static io.rstscope.capture.CaptureBuilder.payload;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

class GzipStreamTest {
  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(11).nextBytes(bytes);
    return bytes;
  }

  private static byte[] decompress(byte[] compressed) throws IOException {
    try (InputStream in = new GzipStream(new ByteArrayInputStream(compressed))) {
      return in.readAllBytes();
    }
  }

  @Test
  void shouldReadSeveralMembersAsOne() throws IOException {
    byte[] first = random(200_000);
    byte[] second = payload(7, 1);

    assertArrayEquals(
        concat(first, second), decompress(concat(gzip(first), gzip(new byte[0]), gzip(second))));
  }

  @Test
  void shouldPassOverAllFieldsOfTheHeader() throws IOException {
    byte[] plain = gzip(payload(100, 1));
    ByteArrayOutputStream full = new ByteArrayOutputStream();
    full.write(plain, 0, 3);
    full.write(0x1f);
    full.write(plain, 4, 6);
    full.writeBytes(new byte[] {3, 0, 9, 9, 9});
    full.writeBytes("name\0comment\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    full.writeBytes(new byte[] {1, 2});
    full.write(plain, 10, plain.length - 10);

    assertArrayEquals(payload(100, 1), decompress(full.toByteArray()));
  }

  @Test
  void shouldHandOutWhatPrecedesTheDamage() throws IOException {
    byte[] content = random(300_000);
    byte[] compressed = gzip(content);
    compressed[compressed.length / 2 + 5] ^= 0x55;
    GzipStream in = new GzipStream(new ByteArrayInputStream(compressed));
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    ZipException failure = assertThrows(ZipException.class, () -> in.transferTo(out));

    assertTrue(failure.getMessage().startsWith("gzip data is damaged"), failure::getMessage);
    assertTrue(out.size() > 100_000, () -> out.size() + " bytes");
  }

  @Test
  void shouldNoticeAWrongChecksumAndWhatFollows() {
    byte[] wrong = gzip(payload(10, 1));
    wrong[wrong.length - 5]++;
    byte[] followed = concat(gzip(payload(10, 1)), new byte[] {0, 0});

    assertEquals(
        "gzip data is damaged: its checksum differs",
        assertThrows(ZipException.class, () -> decompress(wrong)).getMessage());
    assertEquals(
        "what follows the gzip data is no gzip data",
        assertThrows(ZipException.class, () -> decompress(followed)).getMessage());
  }

  @Test
  void shouldDeliverThePacketsBeforeTheDamage() {
    byte[] capture =
        littleEndian().pcapHeader(PCAP_MICROSECONDS, 1).pcapPacket(1, 0, 9, payload(9, 1)).bytes();
    byte[] compressed = gzip(capture);
    compressed[compressed.length - 1]++;

    Reading reading = Reading.of(compressed);

    assertEquals(1, reading.packets().size());
    assertEquals("gzip data is damaged: its checksum differs", reading.reason());
    assertEquals(capture.length, reading.failure().offset());
  }
}
