package io.rstscope.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.decode.Segment;
import io.rstscope.decode.SegmentBatch;
import io.rstscope.net.PortSet;
import io.rstscope.net.Side;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A segment finds its own flow, and no other, whatever its addresses are. */
class FlowTableTest {
  private record Key(long high, long low, long otherHigh, long otherLow, int ports, int version) {}

  private final Map<Integer, Integer> packetsAtEnd = new HashMap<>();
  private Flow last;
  private final FlowTracker tracker =
      new FlowTracker(
          PortSet.parse("5672"),
          10_000_000,
          new QuietListener() {
            @Override
            public void segment(Flow flow, Side from, Segment segment, SegmentKind kind) {
              last = flow;
            }

            @Override
            public void ended(Flow flow, FlowEnd why) {
              packetsAtEnd.put(flow.id(), flow.client().packets() + flow.broker().packets());
            }
          });

  @Test
  void shouldFindTheSameFlowsAsAHashMap() {
    Random random = new Random(20_261_120);
    Map<Key, Integer> ids = new HashMap<>();
    Map<Integer, Integer> packets = new HashMap<>();
    while (ids.size() < 100_000) {
      Segment segment = randomSegment(random);
      int id = ids.computeIfAbsent(key(segment), key -> ids.size());
      for (int i = random.nextInt(3); i >= 0; i--) {
        take(random.nextBoolean() ? segment : reversed(segment));
        assertEquals(id, last.id(), "each new flow has the next id");
        packets.merge(id, 1, Integer::sum);
      }
    }
    assertEquals(100_000, tracker.flows());
    assertEquals(100_000, tracker.held());
    tracker.finish();
    assertEquals(packets, packetsAtEnd);
  }

  @Test
  void shouldFetchTheRecordOfTheRightFlowAhead() {
    FlowTable table = new FlowTable();
    Flow view = table.newView();
    int right = 0;
    for (int i = 0; i < 10_000; i++) {
      table.add(client(i), 0, view);
    }
    for (int i = 0; i < 10_000; i++) {
      int likelyId = table.likelyId(client(i).hash(0));
      right += likelyId == i ? 1 : 0;
      assertEquals(i, table.find(client(i), 0));
      assertEquals(i, table.find(client(i), 0, likelyId));
      assertEquals(i, table.find(client(i), 0, 9_999 - i), "found though another was expected");
    }
    // eight bits of a hash are the same once in 256 times
    assertTrue(right > 9_900, right + " of 10000");
    assertEquals(FlowTable.NONE, table.find(client(10_000), 0));
  }

  @Test
  void shouldNotTakeARecordThatWasGivenBackForAFlow() {
    FlowTable table = new FlowTable();
    Flow view = table.newView();
    SegmentBatch zero = batch(segment(4, 0, 0, 0, 0));
    table.add(zero, 0, view);
    table.remove(view);
    table.fillSlots();
    assertEquals(FlowTable.NONE, table.find(zero, 0, 0));
  }

  private static SegmentBatch client(int number) {
    return batch(segment(4, 0, 0x0a00_0000L + number, 0, 0x0b00_0001L));
  }

  private static SegmentBatch batch(Segment segment) {
    SegmentBatch batch = new SegmentBatch();
    batch.add(segment);
    return batch;
  }

  @Test
  void shouldKeepIpv6FlowsApartThatDifferInOneBitOfAnAddress() {
    Set<Integer> ids = new HashSet<>();
    take(six(1, 2, 3, 4));
    ids.add(last.id());
    for (int bit = 0; bit < 64; bit++) {
      long flip = 1L << bit;
      take(six(1 ^ flip, 2, 3, 4));
      ids.add(last.id());
      take(six(1, 2 ^ flip, 3, 4));
      ids.add(last.id());
      take(six(1, 2, 3 ^ flip, 4));
      ids.add(last.id());
      take(six(1, 2, 3, 4 ^ flip));
      ids.add(last.id());
    }
    assertEquals(257, ids.size());
  }

  @Test
  void shouldKeepIpv6FlowsApartWhoseLowHalvesAreEqual() {
    take(six(0x2001_0db8_0000_0001L, 7, 0x2001_0db8_0000_0002L, 7));
    int first = last.id();
    take(six(0x2001_0db8_0000_0003L, 7, 0x2001_0db8_0000_0002L, 7));
    assertNotEquals(first, last.id());
    assertEquals(0x2001_0db8_0000_0003L, last.addressHigh(Side.CLIENT));
    assertEquals(7, last.addressLow(Side.CLIENT));
    assertEquals(0x2001_0db8_0000_0002L, last.addressHigh(Side.BROKER));
  }

  @Test
  void shouldKeepAnIpv4MappedAddressApartFromTheIpv4One() {
    Segment four = segment(4, 0, 0x0a00_0001, 0, 0x0a00_0002);
    take(four);
    int first = last.id();
    take(segment(6, 0, 0xffff_0a00_0001L, 0, 0xffff_0a00_0002L));
    assertNotEquals(first, last.id());
    assertEquals("[::ffff:a00:1]:40000", last.hostPort(Side.CLIENT).toString());
    take(segment(6, 0, 0x0a00_0001, 0, 0x0a00_0002));
    assertNotEquals(first, last.id());
    take(reversed(four));
    assertEquals(first, last.id());
    assertEquals("10.0.0.1:40000", last.hostPort(Side.CLIENT).toString());
  }

  @Test
  void shouldCompareAddressesWithoutSign() {
    Segment segment = segment(4, 0, 0xff00_0001L, 0, 0x0100_0001);
    take(segment);
    int id = last.id();
    take(reversed(segment));
    assertEquals(id, last.id());
    assertEquals("255.0.0.1:40000", last.hostPort(Side.CLIENT).toString());
    assertEquals("1.0.0.1:5672", last.hostPort(Side.BROKER).toString());
  }

  private void take(Segment segment) {
    tracker.accept(segment);
  }

  /** Few addresses and ports, so that flows share most of what tells them apart. */
  private static Segment randomSegment(Random random) {
    boolean ipv6 = random.nextInt(3) == 0;
    Segment segment =
        segment(
            ipv6 ? 6 : 4,
            ipv6 ? random.nextInt(8) - 4L : 0,
            random.nextInt(64),
            ipv6 ? random.nextInt(8) - 4L : 0,
            random.nextInt(64));
    segment.sourcePort = random.nextInt(16) + 65_520;
    segment.destinationPort = random.nextInt(4) + 5670;
    return segment;
  }

  private static Key key(Segment s) {
    return new Key(
        s.sourceHigh,
        s.sourceLow,
        s.destinationHigh,
        s.destinationLow,
        s.sourcePort << 16 | s.destinationPort,
        s.ipVersion);
  }

  private static Segment six(long high, long low, long otherHigh, long otherLow) {
    return segment(6, high, low, otherHigh, otherLow);
  }

  private static Segment segment(int version, long high, long low, long otherHigh, long otherLow) {
    Segment segment = new Segment();
    segment.ipVersion = version;
    segment.sourceHigh = high;
    segment.sourceLow = low;
    segment.destinationHigh = otherHigh;
    segment.destinationLow = otherLow;
    segment.sourcePort = 40_000;
    segment.destinationPort = 5672;
    segment.flags = Segment.ACK;
    segment.timeNanos = 1;
    return segment;
  }

  private static Segment reversed(Segment s) {
    Segment reversed =
        segment(s.ipVersion, s.destinationHigh, s.destinationLow, s.sourceHigh, s.sourceLow);
    reversed.sourcePort = s.destinationPort;
    reversed.destinationPort = s.sourcePort;
    return reversed;
  }
}
