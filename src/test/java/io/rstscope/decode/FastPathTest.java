package io.rstscope.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.LinkType;
import io.rstscope.capture.PacketSource;
import io.rstscope.net.PortSet;
import io.rstscope.testing.Packets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Where the short way is taken, it leads where the long way does. */
class FastPathTest {
  private static final PortSet PORTS = PortSet.parse("5672");
  private static final int MUTATED_PACKETS = 300_000;
  private static final int HEADERS = 70;
  private static final int[] TELLING_BYTES = {0, 1, 4, 6, 8, 0x0a, 0x45, 0x50, 0x80, 0xff};

  private static final PayloadGlance GLANCE =
      (data, offset, captured, length) ->
          Arrays.hashCode(Arrays.copyOfRange(data, offset, offset + captured)) * 31 + length;

  private final SegmentDecoder decoder = new SegmentDecoder(PORTS);
  private final Segment shortWay = new Segment();
  private final Segment longWay = new Segment();
  private final SegmentBatch batch = new SegmentBatch();

  private static Packets tcp(int port) {
    return Packets.ethernet().ipv4("10.0.0.1", "10.0.0.2").ttl(61).id(0xfffe).tcp(40_000, port);
  }

  private static CapturedPacket packet(Packets builder) {
    return packet(LinkType.ETHERNET, builder.bytes());
  }

  private static CapturedPacket packet(int linkType, byte[] bytes) {
    CapturedPacket packet = new CapturedPacket();
    packet.data = bytes;
    packet.capturedLength = bytes.length;
    packet.originalLength = bytes.length;
    packet.linkType = linkType;
    packet.frame = 7;
    packet.timeNanos = 8;
    packet.interfaceId = 9;
    packet.direction = CapturedPacket.INBOUND;
    return packet;
  }

  /** Decodes it both ways; returns whether the short way was taken. */
  boolean decodesTheSame(CapturedPacket packet) {
    // what a segment was before means nothing
    longWay.fragment = true;
    shortWay.tunnelled = true;
    shortWay.sourceHigh = 5;
    batch.clear();
    int end = FastPath.decode(packet, PORTS, GLANCE, batch);
    if (end == FastPath.NOT_TAKEN) {
      return false;
    }
    assertEquals(decoder.takeApart(packet, longWay), end);
    assertEquals(end == NextHeader.SEGMENT ? 1 : 0, batch.size());
    if (end == NextHeader.SEGMENT) {
      batch.read(0, shortWay);
      batch.add(longWay, GLANCE);
      assertSummariesAreEqual();
      assertEquals(DecodedPacket.fields(longWay), DecodedPacket.fields(shortWay));
    }
    return true;
  }

  /** Those of the short way and of the long way. */
  private void assertSummariesAreEqual() {
    assertEquals(batch.addresses(1), batch.addresses(0));
    assertEquals(batch.ports(1), batch.ports(0));
    assertEquals(batch.hash(1), batch.hash(0));
    assertEquals(batch.glance(1), batch.glance(0));
    assertEquals(batch.way(1), batch.way(0));
    assertEquals(batch.sourceIsLower(1), batch.sourceIsLower(0));
  }

  @Test
  void shouldTakeWhatNearlyAllPacketsAre() {
    assertTrue(decodesTheSame(packet(tcp(5672).payload("AMQP"))));
    assertTrue(decodesTheSame(packet(tcp(5672))));
    assertTrue(decodesTheSame(packet(tcp(5672).timestamps(1, 2).payload("AMQP"))));
    assertTrue(decodesTheSame(packet(tcp(443).timestamps(1, 2).payload("AMQP"))));
    assertEquals(NextHeader.OTHER, FastPath.decode(packet(tcp(443)), PORTS, GLANCE, batch));
  }

  @Test
  void shouldDecodeSamplesTheSame() {
    int taken = 0;
    for (SamplePackets.Sample sample : SamplePackets.all()) {
      taken += decodesTheSame(packet(sample.linkType(), sample.bytes())) ? 1 : 0;
    }
    assertNotEquals(0, taken);
  }

  @Test
  void shouldDecodeTheLabelledCapturesTheSame() throws CaptureException {
    int packets = 0;
    int taken = 0;
    CapturedPacket packet = new CapturedPacket();
    for (String name : CaptureFiles.expand(System.getProperty("rstscope.captures"))) {
      try (PacketSource source = CaptureFiles.open(name)) {
        while (source.next(packet)) {
          packets++;
          taken += decodesTheSame(packet) ? 1 : 0;
        }
      }
    }
    assertTrue(taken > packets / 4, taken + " of " + packets);
  }

  @Test
  void shouldDecodeMutatedPacketsTheSame() {
    Random random = new Random(5672);
    List<byte[]> originals =
        List.of(
            tcp(5672).payload("AMQP").bytes(),
            tcp(5672).timestamps(1, 2).payload("AMQP").bytes(),
            tcp(443).payload("GET").bytes(),
            Arrays.copyOf(tcp(5672).bytes(), 60));
    int taken = 0;
    for (int i = 0; i < MUTATED_PACKETS; i++) {
      byte[] bytes = originals.get(random.nextInt(originals.size())).clone();
      for (int changes = random.nextInt(3); changes > 0; changes--) {
        bytes[random.nextInt(Math.min(HEADERS, bytes.length))] =
            (byte) TELLING_BYTES[random.nextInt(TELLING_BYTES.length)];
      }
      CapturedPacket packet = packet(LinkType.ETHERNET, bytes);
      if (random.nextInt(4) == 0) {
        packet.capturedLength = random.nextInt(bytes.length + 1);
      }
      if (random.nextInt(4) == 0) {
        packet.originalLength = packet.capturedLength + random.nextInt(1 << 21);
      }
      taken += decodesTheSame(packet) ? 1 : 0;
    }
    assertTrue(taken > MUTATED_PACKETS / 4, "too few to prove anything: " + taken);
    assertTrue(taken < MUTATED_PACKETS * 3 / 4, "too few others: " + taken);
  }
}
