package io.rstscope.capture;

import static io.rstscope.capture.CaptureBuilder.PCAP_MICROSECONDS;
import static io.rstscope.capture.CaptureBuilder.littleEndian;
import static io.rstscope.capture.CaptureBuilder.payload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TruncationTest {
  private static final CaptureBuilder PCAP =
      littleEndian()
          .pcapHeader(PCAP_MICROSECONDS, 1)
          .pcapPacket(1, 0, 21, payload(21, 1))
          .pcapPacket(2, 0, 0, payload(0, 2))
          .pcapPacket(3, 0, 99, payload(30, 3));

  private static final CaptureBuilder PCAPNG =
      littleEndian()
          .section()
          .interfaceDescription(1, 64, littleEndian().option(9, littleEndian().raw((byte) 6)))
          .enhancedPacket(0, 1, 21, payload(21, 1), littleEndian().option(2, littleEndian().u32(1)))
          .block(0x1234, littleEndian().raw(payload(17, 9)))
          .simplePacket(20, payload(20, 2))
          .obsoletePacket(0, 1, 2, 22, payload(22, 3), littleEndian());

  @Test
  void shouldDeliverWholePacketsOfAPcapCutAnywhere() {
    cutEverywhere(PCAP);
  }

  @Test
  void shouldDeliverWholePacketsOfAPcapngCutAnywhere() {
    cutEverywhere(PCAPNG);
  }

  private static void cutEverywhere(CaptureBuilder builder) {
    byte[] whole = builder.bytes();
    List<Integer> boundaries = builder.boundaries();
    List<Reading.Packet> all = Reading.of(whole).packets();
    for (int cut = 0; cut < whole.length; cut++) {
      Reading reading = Reading.of(Arrays.copyOf(whole, cut));
      String where = "cut at " + cut;
      assertEquals(all.subList(0, reading.packets().size()), reading.packets(), where);
      if (boundaries.contains(cut)) {
        assertNull(reading.failure(), where);
        continue;
      }
      assertNotNull(reading.failure(), where);
      long expected = cut == 0 ? CaptureException.NO_OFFSET : lastBoundary(boundaries, cut);
      assertEquals(expected, reading.failure().offset(), where);
      assertTrue(cut == 0 || reading.reason().startsWith("cut short"), reading.reason());
    }
    assertEquals(3, all.size());
  }

  private static int lastBoundary(List<Integer> boundaries, int cut) {
    return boundaries.stream().filter(b -> b <= cut).mapToInt(b -> b).max().orElse(0);
  }

  @Test
  void shouldDeliverWholePacketsOfAGzipCutAnywhere() {
    byte[] half = GzipStreamTest.gzip(Arrays.copyOf(PCAP.bytes(), 50));
    byte[] rest = GzipStreamTest.gzip(Arrays.copyOfRange(PCAP.bytes(), 50, PCAP.size()));
    byte[] whole = GzipStreamTest.concat(half, rest);
    List<Reading.Packet> all = Reading.of(PCAP.bytes()).packets();
    assertEquals(all, Reading.of(whole).packets());

    for (int cut = 2; cut < whole.length; cut++) {
      Reading reading = Reading.of(Arrays.copyOf(whole, cut));
      assertEquals(all.subList(0, reading.packets().size()), reading.packets(), "cut at " + cut);
      String expected =
          cut == half.length ? "cut short inside a packet of 21 bytes" : "gzip data is cut short";
      assertEquals(expected, reading.reason(), "cut at " + cut);
    }
  }

  @Test
  void shouldSurviveAnyDamage() {
    for (CaptureBuilder builder : List.of(PCAP, PCAPNG)) {
      byte[] whole = builder.bytes();
      Random random = new Random(7);
      for (int i = 0; i < 1_000; i++) {
        byte[] damaged = whole.clone();
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        // would throw what is no CaptureException, or if a packet lay outside its array
        assertNotNull(Reading.of(damaged).packets());
      }
    }
  }
}
