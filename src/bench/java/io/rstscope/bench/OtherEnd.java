package io.rstscope.bench;

import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.PacketSource;
import io.rstscope.decode.Segment;
import io.rstscope.decode.SegmentDecoder;
import io.rstscope.net.PortSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * Writes what the clients' end would have captured of a capture that {@link CaptureGenerator} made:
 * the same packets 0.2 to 0.3 ms earlier or later, by a clock that is 1.2 s ahead and runs 50 ppm
 * faster, without the resets that the firewall makes in the clients' names.
 */
final class OtherEnd {
  private static final long OFFSET_NANOS = 1_200_000_000L;
  private static final double SKEW = 50e-6;
  private static final long TRANSIT_NANOS = 200_000;
  private static final long JITTER_NANOS = 100_000;
  private static final long HORIZON_NANOS = 2_000_000;
  private static final int TTL_OF_FIREWALL = 63;
  private static final int SNAP_LENGTH = 65_535;

  private record Held(long nanos, byte[] bytes) {}

  private OtherEnd() {}

  /**
   * Writes it.
   *
   * @param args the capture at the broker, then the one to write
   */
  public static void main(String[] args) throws IOException, CaptureException {
    SegmentDecoder decoder = new SegmentDecoder(PortSet.parse("5672"));
    CapturedPacket packet = new CapturedPacket();
    Segment segment = new Segment();
    PriorityQueue<Held> held =
        new PriorityQueue<>((one, other) -> Long.compare(one.nanos, other.nanos));
    try (PacketSource source = CaptureFiles.open(args[0]);
        PcapWriter writer = new PcapWriter(Files.newOutputStream(Path.of(args[1])), SNAP_LENGTH)) {
      long first = -1;
      while (source.next(packet)) {
        first = first < 0 ? packet.timeNanos : first;
        boolean onPort = decoder.decode(packet, segment);
        if (onPort && segment.has(Segment.RST) && segment.ttl == TTL_OF_FIREWALL) {
          continue;
        }
        long there = packet.timeNanos + (onPort ? shift(segment) : 0);
        int end = packet.offset + packet.capturedLength;
        byte[] bytes = Arrays.copyOfRange(packet.data, packet.offset, end);
        held.add(new Held(there + OFFSET_NANOS + Math.round(SKEW * (there - first)), bytes));
        long now = packet.timeNanos + OFFSET_NANOS + Math.round(SKEW * (packet.timeNanos - first));
        while (!held.isEmpty() && held.peek().nanos < now - HORIZON_NANOS) {
          write(held.poll(), writer);
        }
      }
      while (!held.isEmpty()) {
        write(held.poll(), writer);
      }
    }
  }

  private static long shift(Segment segment) {
    long transit = TRANSIT_NANOS + (segment.frame * 7_919) % JITTER_NANOS;
    return segment.destinationPort == 5672 ? -transit : transit;
  }

  private static void write(Held packet, PcapWriter writer) throws IOException {
    writer.begin(packet.nanos).put(packet.bytes);
    writer.end();
  }
}
