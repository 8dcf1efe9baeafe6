package io.rstscope.flow;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.PacketCounts;
import io.rstscope.capture.PacketSource;
import io.rstscope.testing.Conversation;
import io.rstscope.testing.Tap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DecodeAheadTest {
  private final SegmentDecoder decoder = new SegmentDecoder(PortSet.parse("5672"));
  private final PacketCounts counts = new PacketCounts();

  @Test
  void shouldGiveEverySegmentOnceAndInOrder() throws CaptureException {
    int packets = 5 * SegmentBatch.CAPACITY + 7;
    List<Long> frames = new ArrayList<>();
    try (DecodeAhead ahead = new DecodeAhead(new Source(packets), decoder, counts)) {
      for (SegmentBatch batch = ahead.next(); batch != null; batch = ahead.next()) {
        for (int i = 0; i < batch.size(); i++) {
          frames.add(batch.get(i).frame);
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

  @Test
  void shouldKeepPayloadsOfABatchWhileTheSourceGoesOn() throws CaptureException {
    byte[] reused = new byte[100];
    List<CapturedPacket> packets = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      packets.add(packet("payload " + i));
    }
    Source source =
        new Source(packets.size()) {
          @Override
          void fill(CapturedPacket packet, int i) {
            CapturedPacket from = packets.get(i);
            System.arraycopy(from.data, 0, reused, 0, from.capturedLength);
            packet.data = reused;
            packet.capturedLength = from.capturedLength;
            packet.originalLength = from.originalLength;
            packet.linkType = from.linkType;
          }
        };
    try (DecodeAhead ahead = new DecodeAhead(source, decoder, counts)) {
      SegmentBatch batch = ahead.next();
      assertEquals(3, batch.size());
      for (int i = 0; i < 3; i++) {
        assertEquals("payload " + i, payload(batch.get(i)));
      }
    }
  }

  @Test
  void shouldTakePayloadsLongerThanItsRoom() {
    SegmentBatch batch = new SegmentBatch();
    byte[] first = filled(100, (byte) 1);
    byte[] longest = filled(1 << 19, (byte) 2);
    keep(batch, first);
    keep(batch, longest);
    assertArrayEquals(first, bytes(batch.get(0)));
    assertArrayEquals(longest, bytes(batch.get(1)));
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
    private final int packets;
    int given;

    Source(int packets) {
      this.packets = packets;
    }

    void fill(CapturedPacket packet, int i) {
      CapturedPacket from = packet("x");
      packet.data = from.data;
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
    Conversation.usual(new Tap(seen::add)).client.send(payload);
    return seen.get(0);
  }

  private static void keep(SegmentBatch batch, byte[] payload) {
    Segment segment = batch.free();
    segment.data = payload;
    segment.payloadOffset = 0;
    segment.payloadCaptured = payload.length;
    batch.keepCopy();
  }

  private static byte[] filled(int length, byte value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, value);
    return bytes;
  }

  private static byte[] bytes(Segment s) {
    return Arrays.copyOfRange(s.data, s.payloadOffset, s.payloadOffset + s.payloadCaptured);
  }

  private static String payload(Segment segment) {
    return new String(bytes(segment), US_ASCII);
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
