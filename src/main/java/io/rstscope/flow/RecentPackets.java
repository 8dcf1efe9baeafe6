package io.rstscope.flow;

/**
 * Remembers the last two packets of one side, because a capture at two points may show two packets
 * at the first before both at the second.
 *
 * <p>A long holds 24 bits of a hash of each, and the window of the last one; 0 before the first
 * packet. Packets that differ are taken for the same once in eight million times.
 */
final class RecentPackets {
  private static final int WINDOW_BITS = 16;
  private static final int HASH_BITS = 24;
  private static final long HASH = (1L << HASH_BITS) - 1;

  private RecentPackets() {}

  /** The memory after one more packet. */
  static long take(long recent, Segment segment) {
    return recent >>> WINDOW_BITS << WINDOW_BITS + HASH_BITS
        | hash(segment) << WINDOW_BITS
        | segment.window;
  }

  /** Whether one of the two has the same numbers, window, identification, length and flags. */
  static boolean contains(long recent, Segment segment) {
    long hash = hash(segment);
    return (recent >>> WINDOW_BITS & HASH) == hash || recent >>> WINDOW_BITS + HASH_BITS == hash;
  }

  /** Window field of the last packet, 0 to 65,535. */
  static int window(long recent) {
    return (int) recent & 0xffff;
  }

  /** Never 0, which stands for no packet. */
  private static long hash(Segment segment) {
    int hash = segment.sequence;
    hash = hash * 31 + segment.acknowledgement;
    hash = hash * 31 + segment.tsVal;
    hash = hash * 31 + (segment.ipId << 16 | segment.window);
    hash = hash * 31 + (segment.payloadLength << 8 | segment.flags);
    return (hash * 0x9e3779b1 >>> Integer.SIZE - HASH_BITS) | 1;
  }
}
