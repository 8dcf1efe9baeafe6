package io.rstscope.capture;

import static io.rstscope.capture.CaptureBuilder.PCAP_MICROSECONDS;
import static io.rstscope.capture.CaptureBuilder.littleEndian;
import static io.rstscope.capture.CaptureBuilder.payload;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RecordBufferTest {
  private static RecordBuffer file(InputStream stream, int blockSize) {
    return new RecordBuffer("test", CaptureStream.ofFile("test", stream), blockSize);
  }

  private static RecordBuffer file(byte[] bytes, int blockSize) {
    return file(new ByteArrayInputStream(bytes), blockSize);
  }

  private static RecordBuffer pipe(byte[] bytes, int blockSize) {
    InputStream stream = new ByteArrayInputStream(bytes);
    return new RecordBuffer("test", CaptureStream.ofPipe("test", stream), blockSize);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 16, 17, 64, 1_000})
  void shouldKeepRecordsTogetherWhateverTheBlockSize(int blockSize) throws CaptureException {
    byte[] bytes = payload(1_000, 1);
    for (RecordBuffer each : List.of(file(bytes, blockSize), pipe(bytes, blockSize))) {
      try (RecordBuffer in = each) {
        int offset = 0;
        for (int length = 1; offset + length <= bytes.length; offset += length++) {
          assertTrue(in.require(length));
          assertEquals(offset, in.offset());
          assertArrayEquals(
              Arrays.copyOfRange(bytes, offset, offset + length),
              Arrays.copyOfRange(in.data(), in.position(), in.position() + length));
          in.advance(length);
        }
        int rest = bytes.length - offset;
        assertTrue(in.require(rest));
        assertFalse(in.require(rest + 1));
        assertEquals(rest, in.available());
      }
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
    List<List<Byte>> expected = new ArrayList<>();
    lengths.forEach(length -> expected.add(Reading.list(payload(length, length))));
    for (RecordBuffer in :
        List.of(file(builder.bytes(), blockSize), pipe(builder.bytes(), blockSize))) {
      try (PcapReader reader = new PcapReader(in)) {
        List<Reading.Packet> packets = Reading.of(reader).packets();
        assertEquals(expected, packets.stream().map(Reading.Packet::bytes).toList());
      }
    }
  }

  @Test
  void shouldReadIntoTheSameArrayAgainUnlessOthersAreGiven() throws CaptureException {
    byte[] bytes = payload(1_000, 1);
    try (RecordBuffer in = file(bytes, 100)) {
      assertTrue(in.require(90));
      byte[] first = in.data();
      assertTrue(in.skip(300));
      assertTrue(in.require(60));
      assertSame(first, in.data());
    }
  }

  @Test
  void shouldLeaveWhatLiesInAnArrayAsItIsWhenAnotherIsGiven() throws CaptureException {
    byte[] bytes = payload(1_000, 1);
    List<byte[]> given = new ArrayList<>();
    try (RecordBuffer in = file(bytes, 100)) {
      assertTrue(in.require(10));
      in.readInto((block, room) -> another(given, room));
      assertEquals(1, given.size());
      for (int offset = 0; offset < 990; offset += 30) {
        assertTrue(in.require(30));
        assertSame(given.get(given.size() - 1), in.data());
        in.advance(30);
      }
    }
    // what was left over of one lies at the start of the next
    int offset = 0;
    for (byte[] block : given) {
      assertArrayEquals(Arrays.copyOfRange(bytes, offset, offset + 90), Arrays.copyOf(block, 90));
      offset += 90;
    }
    assertEquals(990, offset);
  }

  private static byte[] another(List<byte[]> given, int room) {
    assertTrue(room <= 100);
    given.add(new byte[100]);
    return given.get(given.size() - 1);
  }

  @Test
  void shouldReadOnBehindWhatIsThereWhileThereIsRoom() throws CaptureException {
    byte[] bytes = payload(100, 1);
    try (RecordBuffer in = file(new Trickle(bytes, 10), 100)) {
      assertTrue(in.require(10));
      byte[] block = in.data();
      in.advance(10);
      assertTrue(in.require(90));
      assertSame(block, in.data());
      assertArrayEquals(bytes, block);
    }
  }

  @Test
  void shouldGrowForRecordsLongerThanItsBlocksOnce() throws CaptureException {
    try (RecordBuffer in = file(payload(100_000, 1), 64)) {
      assertTrue(in.require(60));
      assertTrue(in.require(5_000));
      int size = in.data().length;
      for (int i = 0; i < 20; i++) {
        assertTrue(in.require(5_000));
        in.advance(5_000);
        assertEquals(size, in.data().length);
      }
      assertFalse(in.require(1));
    }
  }

  @Test
  void shouldTellThatItWasInterruptedAsItWaitedForAnArray() throws CaptureException {
    try (RecordBuffer in = file(payload(100, 1), 64)) {
      Blocks never =
          (block, room) -> {
            throw new InterruptedIOException();
          };
      CaptureException e = assertThrows(CaptureException.class, () -> in.readInto(never));
      assertEquals("interrupted", e.reason());
    }
  }

  @Test
  void shouldSkipBeyondBlocksAndNotBeyondTheEnd() throws CaptureException {
    try (RecordBuffer in = file(payload(100, 0), 8)) {
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
    try (RecordBuffer in = file(payload(100, 0), 8)) {
      assertFalse(in.skip(0x1_0000_0000L));
    }
  }

  @Test
  void shouldReportWhyTheStreamCannotBeReadAfterWhatPreceded() throws CaptureException {
    InputStream failing = new Trickle(payload(10, 1), 1, new IOException("Input/output error"));
    try (RecordBuffer in = file(failing, 8)) {
      assertTrue(in.require(10));
      in.advance(4);
      CaptureException e = assertThrows(CaptureException.class, () -> in.require(7));
      assertEquals("cannot be read: Input/output error", e.reason());
      assertEquals(4, e.offset());
      assertArrayEquals(payload(10, 1), Arrays.copyOf(in.data(), 10));
    }
  }

  @Test
  void shouldTellThatItWasInterrupted() {
    try (RecordBuffer in = file(new Trickle(new byte[0], 1, new ClosedByInterruptException()), 8)) {
      assertEquals(
          "interrupted", assertThrows(CaptureException.class, () -> in.require(1)).reason());
    }
  }

  @Test
  void shouldNeverHaveToWaitForAFile() throws CaptureException {
    try (RecordBuffer file = file(payload(10, 1), 8);
        RecordBuffer pipe = pipe(payload(10, 1), 8)) {
      assertFalse(file.mayWait());
      assertTrue(file.await(0));
      assertTrue(file.available() > 0);
      assertTrue(pipe.mayWait());
    }
  }

  /** Gives some bytes with each read, and at the end maybe an exception. */
  private static final class Trickle extends InputStream {
    private final InputStream bytes;
    private final int atOnce;
    private final IOException atEnd;

    Trickle(byte[] bytes, int atOnce) {
      this(bytes, atOnce, null);
    }

    Trickle(byte[] bytes, int atOnce, IOException atEnd) {
      this.bytes = new ByteArrayInputStream(bytes);
      this.atOnce = atOnce;
      this.atEnd = atEnd;
    }

    @Override
    public int read() throws IOException {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int n = bytes.read(target, offset, Math.min(length, atOnce));
      if (n < 0 && atEnd != null) {
        throw atEnd;
      }
      return n;
    }
  }
}
