package io.rstscope.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.capture.Reading.Packet;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** What holds of every capture, whatever its bytes. */
final class ReadingChecks {
  /** The smallest header of a packet in any format: that of pcap. */
  private static final int PACKET_HEADER = 16;

  private ReadingChecks() {}

  /**
   * Reads it in one piece and in small ones.
   *
   * @return what both gave
   */
  static Reading read(byte[] capture) {
    Reading reading = Reading.of(capture);
    assertSame(reading, Reading.of(inPieces(capture, 1 + capture.length % 31)));
    long bytes = 0;
    long frame = 0;
    for (Packet packet : reading.packets()) {
      int captured = packet.bytes().size();
      bytes += PACKET_HEADER + captured;
      assertTrue(packet.frame() > frame, "frames count up");
      frame = packet.frame();
      assertTrue(packet.originalLength() >= captured, "captured more than there was");
      assertTrue(packet.interfaceId() >= 0 && packet.dropped() >= 0);
      assertTrue(packet.direction() >= 0 && packet.direction() <= CapturedPacket.OUTBOUND);
    }
    assertTrue(bytes <= capture.length, "more packets than bytes for them");
    assertTold(reading.failure(), capture.length);
    return reading;
  }

  /** Packets, warnings, and the failure with its place. */
  static void assertSame(Reading expected, Reading actual) {
    assertEquals(expected.packets(), actual.packets());
    assertEquals(expected.warnings(), actual.warnings());
    assertEquals(message(expected), message(actual));
  }

  private static String message(Reading reading) {
    return reading.failure() == null ? null : reading.failure().getMessage();
  }

  private static void assertTold(CaptureException failure, int length) {
    if (failure != null) {
      assertTrue(failure.offset() >= CaptureException.NO_OFFSET);
      assertTrue(failure.offset() <= length, failure::getMessage);
      assertTrue(failure.getMessage().chars().allMatch(c -> c >= ' ' && c < 0x7f));
    }
  }

  /** A pipe that gives so many bytes at once. */
  private static InputStream inPieces(byte[] bytes, int size) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(size, length));
      }
    };
  }
}
