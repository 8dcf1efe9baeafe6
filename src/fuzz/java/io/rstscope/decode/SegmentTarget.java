package io.rstscope.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;

/** Decodes one packet of any link type, cut anywhere, among garbage. */
public final class SegmentTarget {
  /** All that are decoded, and one that is not. */
  private static final int[] LINK_TYPES = {1, 0, 12, 14, 101, 108, 113, 228, 229, 276, 105};

  private static final int HEADER = 2;

  private SegmentTarget() {}

  /** Takes a byte that chooses the link type, one that says how much is cut off, and the packet. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < HEADER) {
      return;
    }
    int linkType = LINK_TYPES[(input[0] & 0xff) % LINK_TYPES.length];
    byte[] packet = Arrays.copyOfRange(input, HEADER, input.length);
    int captured = packet.length - Math.min(packet.length, input[1] & 0xff);
    DecodedPacket ones = DecodedPacket.cut(linkType, packet, captured, (byte) 0xff);
    DecodedPacket zeros = DecodedPacket.cut(linkType, packet, captured, (byte) 0);
    SegmentDecoderHostileTest.assertInvariants(ones);
    assertEquals(ones.everything(), zeros.everything(), "reads what was not captured");
    new FastPathTest().decodesTheSame(ones.packet);
  }
}
