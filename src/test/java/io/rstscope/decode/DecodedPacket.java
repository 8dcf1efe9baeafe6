package io.rstscope.decode;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.net.PortSet;
import io.rstscope.testing.Packets;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Decodes one packet, in the middle of a buffer of garbage, with a decoder of its own. */
final class DecodedPacket {
  private static final int BEFORE = 7;
  private static final int BEHIND = 300;

  final CapturedPacket packet = new CapturedPacket();
  final Segment segment = new Segment();
  final SegmentDecoder decoder = new SegmentDecoder(PortSet.parse("5672"));
  final boolean decoded;

  private DecodedPacket(
      int linkType, byte[] bytes, int capturedLength, int originalLength, byte garbage) {
    packet.data = new byte[BEFORE + capturedLength + BEHIND];
    Arrays.fill(packet.data, garbage);
    System.arraycopy(bytes, 0, packet.data, BEFORE, capturedLength);
    packet.offset = BEFORE;
    packet.capturedLength = capturedLength;
    packet.originalLength = originalLength;
    packet.linkType = linkType;
    decoded = decoder.decode(packet, segment);
  }

  static DecodedPacket of(int linkType, Packets builder) {
    return of(linkType, builder.bytes());
  }

  static DecodedPacket of(int linkType, byte[] bytes) {
    return cut(linkType, bytes, bytes.length, (byte) 0xff);
  }

  /** Only the first bytes were captured; what lies behind them is garbage. */
  static DecodedPacket cut(int linkType, byte[] bytes, int capturedLength, byte garbage) {
    return new DecodedPacket(linkType, bytes, capturedLength, bytes.length, garbage);
  }

  /** The capture claims that the packet was longer on the wire. */
  static DecodedPacket claiming(int linkType, byte[] bytes, int originalLength) {
    return new DecodedPacket(linkType, bytes, bytes.length, originalLength, (byte) 0xff);
  }

  /** The captured part of the payload. */
  String payload() {
    return new String(
        segment.data, segment.payloadOffset, segment.payloadCaptured, StandardCharsets.ISO_8859_1);
  }

  int capturedEnd() {
    return packet.offset + packet.capturedLength;
  }

  /** All that the decoder says, payload bytes included. */
  String everything() {
    return decoded ? fields(segment) + " " + payload() : "not a segment, " + counters();
  }

  /** How many packets ended in each way. */
  String counters() {
    return "segments=%d other=%d fragments=%d cut=%d malformed=%d link=%d"
        .formatted(
            decoder.segments(),
            decoder.otherPackets(),
            decoder.laterFragments(),
            decoder.cutHeaders(),
            decoder.malformed(),
            decoder.unsupportedLinkType());
  }

  /** All that it says, but for where its payload lies in the memory. */
  static String fields(Segment segment) {
    StringBuilder fields = new StringBuilder();
    for (var field : Segment.class.getFields()) {
      if (field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
        try {
          fields.append(field.getName()).append('=').append(field.get(segment)).append(' ');
        } catch (IllegalAccessException e) {
          throw new AssertionError(e);
        }
      }
    }
    return fields.toString();
  }
}
