package io.rstscope.reset;

import io.rstscope.decode.Segment;
import java.nio.charset.StandardCharsets;

/**
 * The reason that some devices write into a reset's payload.
 *
 * <p>F5 BIG-IP writes {@code BIG-IP: [0x2408720:2226] {peer} reason} when {@code tm.rstcause.pkt}
 * is on (F5 K13223). The draft of TCP RST diagnostic payloads begins with 0x33AA
 * (draft-boucadair-tcpm-rst-diagnostic-payload). Any other payload is left alone: it may be a
 * message.
 */
final class Diagnostic {
  private static final byte[] BIG_IP = "BIG-IP: ".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_LENGTH = 120;

  private Diagnostic() {}

  /** What the device says, printable ASCII only, or null. */
  static String read(Segment segment) {
    if (startsWith(segment, BIG_IP)) {
      return printable(segment);
    }
    boolean draft =
        segment.payloadCaptured >= 8
            && segment.data[segment.payloadOffset] == 0x33
            && segment.data[segment.payloadOffset + 1] == (byte) 0xaa;
    return draft ? "RST diagnostic payload" : null;
  }

  /** Bytes of the payload that {@link #read} looks at, 0 when they say nothing. */
  static int length(Segment segment) {
    return read(segment) == null ? 0 : Math.min(segment.payloadCaptured, MAX_LENGTH);
  }

  private static boolean startsWith(Segment segment, byte[] prefix) {
    if (segment.payloadCaptured < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (segment.data[segment.payloadOffset + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static String printable(Segment segment) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(segment.payloadCaptured, MAX_LENGTH); i++) {
      byte character = segment.data[segment.payloadOffset + i];
      text.append(character >= ' ' && character < 0x7f ? (char) character : '.');
    }
    return text.toString();
  }
}
