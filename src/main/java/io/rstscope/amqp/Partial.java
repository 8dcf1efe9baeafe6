package io.rstscope.amqp;

import java.util.Arrays;

/** The bytes of a frame's beginning that came at the end of one segment, waiting for the next. */
final class Partial {
  private static final int INITIAL_CAPACITY = 16;

  /** Larger ones are rare, and not kept for others. */
  private static final int MAX_SPARE_CAPACITY = 512;

  private byte[] bytes = new byte[INITIAL_CAPACITY];
  private int length;
  private boolean atStart;

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void append(byte[] data, int offset, int count) {
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
    }
    System.arraycopy(data, offset, bytes, length, count);
    length += count;
  }

  void clear() {
    length = 0;
  }

  /** Whether its bytes are those that tell the protocol. */
  boolean isAtStart() {
    return atStart;
  }

  void atStart(boolean isAtStart) {
    atStart = isAtStart;
  }

  /** Bytes of memory that it takes. */
  int capacity() {
    return bytes.length;
  }

  boolean isSmall() {
    return bytes.length <= MAX_SPARE_CAPACITY;
  }
}
