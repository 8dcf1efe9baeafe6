package io.rstscope.bench;

import java.nio.ByteBuffer;

/** The checksum of IP, TCP and UDP (RFC 1071). */
final class InternetChecksum {
  private InternetChecksum() {}

  /**
   * The one's complement sum of what lies in the buffer, not yet folded, so that sums can be added.
   * Only the last part of a sum may have an odd length.
   *
   * @param start first byte
   * @param end the byte after the last
   */
  static long sum(ByteBuffer buffer, int start, int end) {
    long sum = 0;
    int at = start;
    for (; at + 4 <= end; at += 4) {
      sum += buffer.getInt(at) & 0xffff_ffffL;
    }
    if (at + 2 <= end) {
      sum += buffer.getShort(at) & 0xffff;
      at += 2;
    }
    if (at < end) {
      sum += (buffer.get(at) & 0xff) << 8;
    }
    return sum;
  }

  /** The 16 bits that go into the header. */
  static short fold(long sum) {
    long folded = sum;
    while (folded >>> 16 != 0) {
      folded = (folded & 0xffff) + (folded >>> 16);
    }
    return (short) ~folded;
  }
}
