package io.rstscope.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.wire.MptcpOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is put into a batch is what comes out of it. */
class SegmentBatchTest {
  private static final byte[] BLOCK = new byte[1 << 21];
  private static final long FOUR_BILLION = 1L << 32;

  private final SegmentBatch batch = new SegmentBatch();
  private final Random random = new Random(5672);

  @Test
  void shouldGiveBackEveryFieldOfManySegments() {
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      segments.add(segment(random.nextInt(3) == 0 ? 6 : 4, FOUR_BILLION - 10_000 + i));
      batch.add(segments.get(i));
    }
    assertEquals(segments.size(), batch.size());
    for (int i = 0; i < segments.size(); i++) {
      assertIs(segments.get(i), i);
    }
  }

  @Test
  void shouldHoldTheLargestAndTheSmallestValues() {
    Segment largest = segment(4, 1);
    largest.interfaceId = CapturedPacket.MAX_INTERFACE;
    largest.ttl = 255;
    largest.ipId = 0xffff;
    largest.mac = 0xffff_ffff_ffffL;
    largest.sequence = -1;
    largest.acknowledgement = -1;
    largest.tsVal = -1;
    largest.window = 0xffff;
    largest.flags = 0xff;
    largest.payloadLength = 1 << 20;
    largest.payloadCaptured = 1 << 19;
    largest.payloadOffset = 1 << 21;
    Segment smallest = segment(6, 1);
    smallest.mac = Segment.NO_MAC;
    smallest.ipId = -1;
    smallest.payloadLength = 0;
    smallest.payloadCaptured = 0;
    smallest.payloadOffset = 0;
    smallest.timeNanos = Long.MIN_VALUE;
    batch.add(largest);
    batch.add(smallest);
    assertIs(largest, 0);
    assertIs(smallest, 1);
  }

  @Test
  void shouldBeFilledAnewWhenCleared() {
    batch.add(segment(6, 7));
    batch.clear();
    assertEquals(0, batch.size());
    Segment segment = segment(4, 3);
    batch.add(segment);
    assertEquals(1, batch.size());
    assertIs(segment, 0);
  }

  @Test
  void shouldHaveOneKeyForBothDirections() {
    for (int i = 0; i < 1_000; i += 2) {
      Segment segment = segment(i % 4 == 0 ? 4 : 6, 1);
      if (i % 10 == 0) {
        segment.destinationHigh = segment.sourceHigh;
        segment.destinationLow = segment.sourceLow;
      }
      batch.add(segment);
      batch.add(reversed(segment));
      assertEquals(batch.addresses(i), batch.addresses(i + 1));
      assertEquals(batch.ports(i), batch.ports(i + 1));
      assertEquals(batch.hash(i), batch.hash(i + 1));
      assertEquals(FlowKey.hash(batch.addresses(i), batch.ports(i)), batch.hash(i));
    }
  }

  private void assertIs(Segment expected, int i) {
    Segment read = new Segment();
    read.ahead = 3;
    batch.read(i, read);
    assertEquals(DecodedPacket.fields(expected), DecodedPacket.fields(read), "segment " + i);
    assertSame(BLOCK, read.data);
    assertEquals(expected.sourceIsLower(), batch.sourceIsLower(i));
    assertEquals(SegmentBatch.way(expected), batch.way(i));
  }

  private Segment segment(int ipVersion, long frame) {
    Segment s = new Segment();
    s.data = BLOCK;
    s.timeNanos = random.nextLong();
    s.frame = frame;
    s.interfaceId = random.nextInt(CapturedPacket.MAX_INTERFACE + 1);
    s.direction = random.nextInt(3);
    s.mac = random.nextInt(4) == 0 ? Segment.NO_MAC : random.nextLong() >>> 16;
    s.ipVersion = ipVersion;
    s.ttl = random.nextInt(256);
    s.ipId = random.nextInt(4) == 0 ? -1 : random.nextInt(1 << 16);
    s.dontFragment = random.nextBoolean();
    s.flowLabel = ipVersion == 6 ? random.nextInt(1 << 20) : -1;
    s.tunnelled = random.nextBoolean();
    s.fragment = random.nextBoolean();
    s.sourceHigh = ipVersion == 6 ? random.nextLong() : 0;
    s.sourceLow = ipVersion == 6 ? random.nextLong() : random.nextInt() & 0xffff_ffffL;
    s.destinationHigh = ipVersion == 6 ? random.nextLong() : 0;
    s.destinationLow = ipVersion == 6 ? random.nextLong() : random.nextInt() & 0xffff_ffffL;
    s.sourcePort = random.nextInt(1 << 16);
    s.destinationPort = random.nextInt(1 << 16);
    s.sequence = random.nextInt();
    s.acknowledgement = random.nextInt();
    s.flags = random.nextInt(256);
    s.window = random.nextInt(1 << 16);
    s.timestamps = random.nextBoolean();
    s.optionsCut = random.nextBoolean();
    s.tsVal = random.nextInt();
    s.mptcpReset = random.nextInt(8) == 0 ? random.nextInt(0x1000) : MptcpOption.NONE;
    s.payloadOffset = random.nextInt(1 << 21);
    s.payloadCaptured = random.nextInt(1 << 19);
    s.payloadLength = random.nextInt(1 << 20);
    return s;
  }

  private static Segment reversed(Segment s) {
    Segment reversed = new Segment();
    reversed.data = BLOCK;
    reversed.ipVersion = s.ipVersion;
    reversed.sourceHigh = s.destinationHigh;
    reversed.sourceLow = s.destinationLow;
    reversed.sourcePort = s.destinationPort;
    reversed.destinationHigh = s.sourceHigh;
    reversed.destinationLow = s.sourceLow;
    reversed.destinationPort = s.sourcePort;
    return reversed;
  }
}
