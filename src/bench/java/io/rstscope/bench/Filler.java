package io.rstscope.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Text for payload that nobody reads. */
final class Filler {
  private static final byte[] TEXT =
      "the quick brown fox jumps over the lazy dog; "
          .repeat(64)
          .getBytes(StandardCharsets.US_ASCII);

  private Filler() {}

  /** Puts {@code length} bytes, 0 to 2,048. */
  static void put(ByteBuffer out, int length) {
    out.put(TEXT, 0, length);
  }
}
