package io.rstscope.flow;

import io.rstscope.decode.Segment;
import io.rstscope.decode.SegmentBatch;

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
  static long after(long recent, Segment segment) {
    return after(recent, hash(segment), segment.window);
  }

  /** The same after a segment of a batch. */
  static long after(long recent, SegmentBatch batch, int i) {
    int window = batch.window(i);
    long hash =
        hash(
            batch.sequence(i),
            batch.acknowledgement(i),
            batch.tsVal(i),
            batch.ipId(i) << 16 | window,
            batch.payloadLength(i) << 8 | batch.flags(i));
    return after(recent, hash, window);
  }

  private static long after(long recent, long hash, int window) {
    return recent >>> WINDOW_BITS << WINDOW_BITS + HASH_BITS | hash << WINDOW_BITS | window;
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

  private static long hash(Segment s) {
    return hash(
        s.sequence,
        s.acknowledgement,
        s.tsVal,
        s.ipId << 16 | s.window,
        s.payloadLength << 8 | s.flags);
  }

  /** Never 0, which stands for no packet. */
  private static long hash(
      int sequence, int acknowledgement, int tsVal, int idAndWindow, int lengthAndFlags) {
    int hash = sequence;
    hash = hash * 31 + acknowledgement;
    hash = hash * 31 + tsVal;
    hash = hash * 31 + idAndWindow;
    hash = hash * 31 + lengthAndFlags;
    return (hash * 0x9e3779b1 >>> Integer.SIZE - HASH_BITS) | 1L;
  }
}
