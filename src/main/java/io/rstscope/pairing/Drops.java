package io.rstscope.pairing;

import io.rstscope.capture.CapturedPacket;

/** When a capture lost packets, as far as its system counted them: between two that it has. */
final class Drops {
  /** Of a capture that lost packets more often nothing is known at any time. */
  private static final int MOST = 4096;

  private final long[] fromNanos = new long[MOST];
  private final long[] toNanos = new long[MOST];
  private long previousNanos = Long.MIN_VALUE;
  private int size;

  void take(CapturedPacket packet) {
    if (packet.dropped > 0 && size < MOST) {
      fromNanos[size] = previousNanos;
      toNanos[size++] = packet.timeNanos;
    }
    previousNanos = packet.timeNanos;
  }

  /** Whether some were lost about that time. */
  boolean near(long time, long marginNanos) {
    if (size == MOST) {
      return true;
    }
    for (int i = 0; i < size; i++) {
      if (time + marginNanos >= fromNanos[i] && time - marginNanos <= toNanos[i]) {
        return true;
      }
    }
    return false;
  }
}
