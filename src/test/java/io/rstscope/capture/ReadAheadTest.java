package io.rstscope.capture;

import static io.rstscope.capture.CaptureBuilder.PCAP_MICROSECONDS;
import static io.rstscope.capture.CaptureBuilder.littleEndian;
import static io.rstscope.capture.CaptureBuilder.payload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadAheadTest {
  private static ReadAhead readAhead(InputStream stream, int blockSize) {
    return new ReadAhead("test", stream, () -> 0, blockSize);
  }

  private static ReadAhead readAhead(byte[] bytes, int blockSize) {
    return readAhead(new ByteArrayInputStream(bytes), blockSize);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 16, 17, 64, 1_000})
  void shouldKeepRecordsTogetherWhateverTheBlockSize(int blockSize) throws CaptureException {
    byte[] bytes = payload(1_000, 1);
    try (ReadAhead in = readAhead(bytes, blockSize)) {
      int offset = 0;
      for (int length = 1; offset + length <= bytes.length; offset += length++) {
        assertTrue(in.require(length));
        assertEquals(offset, in.offset());
        for (int i = 0; i < length; i++) {
          assertEquals(bytes[offset + i], in.data()[in.position() + i]);
        }
        in.advance(length);
      }
      int rest = bytes.length - offset;
      assertTrue(in.require(rest));
      assertFalse(in.require(rest + 1));
      assertEquals(rest, in.available());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 37, 4_096})
  void shouldReadTheSamePacketsWhateverTheBlockSize(int blockSize) throws CaptureException {
    CaptureBuilder builder = littleEndian().pcapHeader(PCAP_MICROSECONDS, 1);
    List<Integer> lengths = List.of(0, 1, 60, 1_514, 9_000, 3);
    for (int length : lengths) {
      builder.pcapPacket(length, 0, length, payload(length, length));
    }
    try (PcapReader reader = new PcapReader(readAhead(builder.bytes(), blockSize))) {
      List<Reading.Packet> packets = Reading.of(reader).packets();
      List<List<Byte>> expected = new ArrayList<>();
      lengths.forEach(length -> expected.add(Reading.list(payload(length, length))));
      assertEquals(expected, packets.stream().map(Reading.Packet::bytes).toList());
    }
  }

  @Test
  void shouldSkipBeyondBlocksAndNotBeyondTheEnd() throws CaptureException {
    try (ReadAhead in = readAhead(payload(100, 0), 8)) {
      assertTrue(in.skip(3));
      assertTrue(in.skip(90));
      assertTrue(in.require(7));
      assertEquals(93, in.offset());
      assertEquals(payload(100, 0)[93], in.data()[in.position()]);
      assertFalse(in.skip(8));
    }
  }

  @Test
  void shouldSkipMoreThanAnIntHolds() throws CaptureException {
    try (ReadAhead in = readAhead(payload(100, 0), 8)) {
      assertFalse(in.skip(0x1_0000_0000L));
    }
  }

  @Test
  void shouldReportWhyTheStreamCannotBeReadAfterWhatPreceded() throws CaptureException {
    InputStream failing =
        new InputStream() {
          private int left = 10;

          @Override
          public int read() throws IOException {
            if (left-- > 0) {
              return 1;
            }
            throw new IOException("Input/output error");
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            target[offset] = (byte) read();
            return 1;
          }
        };
    try (ReadAhead in = readAhead(failing, 8)) {
      assertTrue(in.require(10));
      in.advance(4);
      CaptureException e = assertThrows(CaptureException.class, () -> in.require(7));
      assertEquals("cannot be read: Input/output error", e.reason());
      assertEquals(4, e.offset());
    }
  }

  @Test
  void shouldHandOverAnErrorOfTheThreadToo() throws CaptureException {
    InputStream failing =
        new InputStream() {
          @Override
          public int read() {
            throw new IllegalStateException("no");
          }
        };
    try (ReadAhead in = readAhead(failing, 8)) {
      assertEquals(
          "cannot be read: no", assertThrows(CaptureException.class, () -> in.require(1)).reason());
    }
  }

  @Test
  void shouldHandOverWhatAQuietPipeGaveAndCloseWhileItIsBlocked() throws CaptureException {
    CountDownLatch released = new CountDownLatch(1);
    try (ReadAhead in = readAhead(new QuietPipe(payload(10, 4), released), 1 << 18)) {
      // would wait for ever if the block had to be full
      assertTrue(in.require(10));
    }
    // closed although the thread is still in read, from which an interrupt does not wake it
    released.countDown();
  }

  @Test
  void shouldTellThatItWasInterrupted() {
    CountDownLatch released = new CountDownLatch(1);
    try (ReadAhead in = readAhead(new QuietPipe(new byte[0], released), 8)) {
      Thread.currentThread().interrupt();
      assertEquals(
          "interrupted", assertThrows(CaptureException.class, () -> in.require(1)).reason());
      assertTrue(Thread.interrupted());
    }
    released.countDown();
  }

  /** Gives some bytes, then blocks, deaf to interrupts as standard input is. */
  private static final class QuietPipe extends InputStream {
    private final byte[] bytes;
    private final CountDownLatch released;
    private boolean given;

    QuietPipe(byte[] bytes, CountDownLatch released) {
      this.bytes = bytes;
      this.released = released;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (!given && bytes.length > 0) {
        given = true;
        System.arraycopy(bytes, 0, target, offset, bytes.length);
        return bytes.length;
      }
      while (true) {
        try {
          released.await();
          return -1;
        } catch (InterruptedException e) {
          // stays blocked
        }
      }
    }
  }
}
