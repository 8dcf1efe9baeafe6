package io.rstscope.capture;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What reading a capture to its end gave.
 *
 * @param packets copies of the packets delivered
 * @param failure what ended it, or null at a regular end
 * @param warnings of the source, at the end
 */
record Reading(List<Packet> packets, CaptureException failure, List<String> warnings) {
  /** A copy of {@link CapturedPacket}. */
  record Packet(
      long frame,
      long timeNanos,
      int linkType,
      int interfaceId,
      int direction,
      long dropped,
      int originalLength,
      List<Byte> bytes) {}

  static Reading of(byte[] capture) {
    return of(new ByteArrayInputStream(capture));
  }

  static Reading of(InputStream stream) {
    try (PacketSource source = CaptureFiles.read("test", stream)) {
      return of(source);
    } catch (CaptureException e) {
      return new Reading(List.of(), e, List.of());
    }
  }

  static Reading of(PacketSource source) {
    List<Packet> packets = new ArrayList<>();
    CaptureException failure = null;
    CapturedPacket packet = new CapturedPacket();
    try {
      while (source.next(packet)) {
        packets.add(copy(packet));
      }
    } catch (CaptureException e) {
      failure = e;
    }
    return new Reading(packets, failure, source.warnings());
  }

  static List<Byte> list(byte[] bytes) {
    List<Byte> list = new ArrayList<>();
    for (byte b : bytes) {
      list.add(b);
    }
    return list;
  }

  /** Why it ended. */
  String reason() {
    return failure == null ? "regular end" : failure.reason();
  }

  Packet only() {
    if (packets.size() != 1) {
      throw new AssertionError(packets.size() + " packets, then " + reason());
    }
    return packets.get(0);
  }

  List<Long> times() {
    return packets.stream().map(Packet::timeNanos).toList();
  }

  List<Long> frames() {
    return packets.stream().map(Packet::frame).toList();
  }

  private static Packet copy(CapturedPacket packet) {
    byte[] bytes =
        Arrays.copyOfRange(packet.data, packet.offset, packet.offset + packet.capturedLength);
    return new Packet(
        packet.frame,
        packet.timeNanos,
        packet.linkType,
        packet.interfaceId,
        packet.direction,
        packet.dropped,
        packet.originalLength,
        list(bytes));
  }
}
