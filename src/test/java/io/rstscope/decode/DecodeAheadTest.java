package io.rstscope.decode;

import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.rstscope.capture.Blocks;
import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.LinkType;
import io.rstscope.capture.PacketCounts;
import io.rstscope.capture.PacketSource;
import io.rstscope.capture.SeriesSource;
import io.rstscope.net.PortSet;
import io.rstscope.testing.Packets;
import io.rstscope.testing.PcapFile;
import io.rstscope.testing.Talk;
import io.rstscope.testing.Tap;
import io.rstscope.wire.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DecodeAheadTest {
  private final SegmentDecoder decoder = new SegmentDecoder(PortSet.parse("5672"));
  private final PacketCounts counts = new PacketCounts();

  @Test
  void shouldGiveEverySegmentOnceAndInOrder() throws CaptureException {
    int packets = 2_567;
    List<Long> frames = new ArrayList<>();
    try (DecodeAhead ahead = new DecodeAhead(new Source(packets), decoder, counts)) {
      for (SegmentBatch batch = ahead.next(); batch != null; batch = ahead.next()) {
        for (int i = 0; i < batch.size(); i++) {
          frames.add(batch.frame(i));
        }
      }
      assertNull(ahead.next());
    }
    assertEquals(packets, frames.size());
    assertEquals(packets, counts.packets());
    for (int i = 0; i < packets; i++) {
      assertEquals(i + 1, frames.get(i));
    }
  }

  /** Of each three packets one is passed over; now and then one is longer than a block. */
  private static byte[] capture(int packets) {
    PcapFile capture = new PcapFile(LinkType.ETHERNET);
    for (int i = 0; i < packets; i++) {
      byte[] payload = new byte[i % 4_000 == 1 ? 100_000 : 4 + i % 200];
      ByteBuffer.wrap(payload).putInt(i);
      int port = i % 3 == 0 ? 443 : 5672;
      capture.add(
          i, Packets.ethernet().ipv4("10.0.0.1", "10.0.0.2").tcp(40_000, port).payload(payload));
    }
    return capture.bytes();
  }

  @Test
  void shouldKeepPayloadsWhileAFileIsReadOn(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("a.pcap"), capture(20_000));
    try (PacketSource source = CaptureFiles.open(file.toString())) {
      assertPayloadsAreKept(source, 20_000);
    }
  }

  @Test
  void shouldKeepPayloadsWhileAPipeIsReadOn() throws IOException {
    InputStream pipe = new ByteArrayInputStream(capture(20_000));
    try (PacketSource source = CaptureFiles.read("pipe", pipe)) {
      assertPayloadsAreKept(source, 20_000);
    }
  }

  @Test
  void shouldKeepPayloadsWhileASeriesIsReadOn(@TempDir Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      names.add(Files.write(folder.resolve(i + ".pcap"), capture(2)).toString());
    }
    SeriesSource source = SeriesSource.open(names, problem -> fail(problem));
    try (DecodeAhead ahead = new DecodeAhead(source, decoder, counts)) {
      SegmentBatch batch = ahead.next();
      for (int i = 0; i < batch.size(); i++) {
        assertEquals(1, number(batch, i));
      }
    }
  }

  /** Looks at a batch only when the source has been read as far as it can be without it. */
  private void assertPayloadsAreKept(PacketSource source, int packets) throws CaptureException {
    Set<byte[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
    int last = -1;
    try (DecodeAhead ahead = new DecodeAhead(source, decoder, counts)) {
      for (SegmentBatch batch = ahead.next(); batch != null; batch = ahead.next()) {
        letTheOtherThreadGoOn();
        for (int i = 0; i < batch.size(); i++) {
          last = number(batch, i);
          assertEquals(batch.frame(i), last + 1);
          arrays.add(batch.data());
        }
      }
    }
    assertEquals(packets - 1, last);
    assertTrue(arrays.size() < 10, () -> arrays.size() + " blocks: some are not used again");
  }

  private static void letTheOtherThreadGoOn() {
    LockSupport.parkNanos(1_000_000);
  }

  private static int number(SegmentBatch batch, int i) {
    return Bytes.i32(batch.data(), batch.payloadOffset(i));
  }

  @Test
  void shouldHandOverNowAndThenThoughNothingIsOurs(@TempDir Path folder) throws IOException {
    SegmentDecoder others = new SegmentDecoder(PortSet.parse("1"));
    Path file = Files.write(folder.resolve("a.pcap"), capture(60_000));
    int batches = 0;
    try (PacketSource source = CaptureFiles.open(file.toString());
        DecodeAhead ahead = new DecodeAhead(source, others, counts)) {
      for (SegmentBatch batch = ahead.next(); batch != null; batch = ahead.next()) {
        assertEquals(0, batch.size());
        batches++;
      }
    }
    assertEquals(60_000, counts.packets());
    assertTrue(batches > 3);
  }

  @Test
  void shouldNotHangWhenClosedBeforeTheEnd() throws Exception {
    Thread reader;
    InputStream pipe = new ByteArrayInputStream(capture(20_000));
    try (PacketSource source = CaptureFiles.read("closed", pipe);
        DecodeAhead ahead = new DecodeAhead(source, decoder, counts)) {
      ahead.next();
      reader = threadOf("decode-ahead closed");
    }
    reader.join(10_000);
    assertFalse(reader.isAlive());
  }

  private static Thread threadOf(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldGiveAllSegmentsBeforeItTellsWhyTheSourceFailed() throws CaptureException {
    CaptureException damage = new CaptureException("source", 77, "damaged");
    Source source =
        new Source(4) {
          @Override
          void atEnd() throws CaptureException {
            throw damage;
          }
        };
    try (DecodeAhead ahead = new DecodeAhead(source, decoder, counts)) {
      assertEquals(4, ahead.next().size());
      assertSame(damage, assertThrows(CaptureException.class, ahead::next));
    }
  }

  @Test
  void shouldKeepPayloadsWhenTheSourceFails(@TempDir Path folder) throws IOException {
    byte[] damaged = Arrays.copyOf(capture(1_000), 200_000);
    Path file = Files.write(folder.resolve("a.pcap"), damaged);
    int last = -1;
    try (PacketSource source = CaptureFiles.open(file.toString());
        DecodeAhead ahead = new DecodeAhead(source, decoder, counts)) {
      CaptureException failure = null;
      while (failure == null) {
        try {
          SegmentBatch batch = ahead.next();
          for (int i = 0; i < batch.size(); i++) {
            last = number(batch, i);
            assertEquals(batch.frame(i), last + 1);
          }
        } catch (CaptureException e) {
          failure = e;
        }
      }
      assertTrue(failure.reason().startsWith("cut short"));
    }
    assertTrue(last > 0);
  }

  @Test
  void shouldPassOnABugOfTheOtherThread() throws CaptureException {
    Source source =
        new Source(0) {
          @Override
          void atEnd() {
            throw new IllegalArgumentException("bug");
          }
        };
    try (DecodeAhead ahead = new DecodeAhead(source, decoder, counts)) {
      assertEquals(
          "bug", assertThrows(IllegalStateException.class, ahead::next).getCause().getMessage());
    }
  }

  @Test
  void shouldNotHoldBackSegmentsWhenTheNextPacketMustBeWaitedFor() throws CaptureException {
    CountDownLatch taken = new CountDownLatch(1);
    Source source =
        new Source(3) {
          @Override
          public boolean nextIsAtHand() {
            return given < 2;
          }

          @Override
          void fill(CapturedPacket packet, int i) {
            if (i == 2) {
              waitFor(taken);
            }
            super.fill(packet, i);
          }
        };
    try (DecodeAhead ahead = new DecodeAhead(source, decoder, counts)) {
      assertEquals(2, ahead.next().size());
      taken.countDown();
      assertEquals(1, ahead.next().size());
    }
  }

  private static class Source implements PacketSource {
    private final CapturedPacket from = packet("x");
    private final int packets;
    private byte[] block = new byte[1 << 10];
    int given;

    Source(int packets) {
      this.packets = packets;
    }

    void fill(CapturedPacket packet, int unused) {
      System.arraycopy(from.data, from.offset, block, 0, from.capturedLength);
      packet.data = block;
      packet.capturedLength = from.capturedLength;
      packet.originalLength = from.originalLength;
      packet.linkType = from.linkType;
    }

    void atEnd() throws CaptureException {}

    @Override
    public boolean next(CapturedPacket packet) throws CaptureException {
      if (given == packets) {
        atEnd();
        return false;
      }
      fill(packet, given);
      packet.frame = ++given;
      return true;
    }

    @Override
    public boolean nextIsAtHand() {
      return given < packets;
    }

    @Override
    public void readInto(Blocks blocks) throws CaptureException {
      try {
        block = blocks.next(block, block.length);
      } catch (InterruptedIOException e) {
        throw new CaptureException(name(), CaptureException.NO_OFFSET, "interrupted");
      }
    }

    @Override
    public void close() {}

    @Override
    public String name() {
      return "source";
    }

    @Override
    public long bytesRead() {
      return given;
    }
  }

  private static CapturedPacket packet(String payload) {
    List<CapturedPacket> seen = new ArrayList<>();
    new Talk().seenBy(new Tap(seen::add)).data(CLIENT, payload);
    return seen.get(0);
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
