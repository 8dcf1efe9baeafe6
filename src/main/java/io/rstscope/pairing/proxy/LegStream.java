package io.rstscope.pairing.proxy;

import io.rstscope.decode.Segment;
import io.rstscope.wire.SequenceNumber;

/**
 * The payload of one direction of a leg: how many bytes, and when the capture first showed each of
 * some of them. A proxy cuts the stream into segments of its own, but small messages stay whole.
 */
final class LegStream {
  /** Of the begin as of the end. */
  static final int MARKS = 24;

  private final long[] offsets = new long[2 * MARKS];
  private final long[] nanos = new long[2 * MARKS];
  private final long[] frames = new long[2 * MARKS];
  private boolean begun;
  private int base;
  private long bytes;
  private int size;

  void add(Segment segment) {
    if (segment.has(Segment.SYN)) {
      begun = true;
      base = segment.sequence + 1;
      return;
    }
    if (!begun || segment.payloadLength == 0 || segment.has(Segment.RST)) {
      return;
    }
    int end = segment.sequence + segment.payloadLength;
    int more = SequenceNumber.difference(end, base + (int) bytes);
    if (more > 0) {
      bytes += more;
      mark(segment);
    }
  }

  private void mark(Segment segment) {
    int place = size < MARKS ? size : MARKS + (size - MARKS) % MARKS;
    offsets[place] = bytes;
    nanos[place] = segment.timeNanos;
    frames[place] = segment.frame;
    size++;
  }

  /** Whether its begin was captured: else nothing is known of it. */
  boolean isWhole() {
    return begun;
  }

  /** Payload in all. */
  long bytes() {
    return bytes;
  }

  /** So many are kept. */
  int marks() {
    return Math.min(size, 2 * MARKS);
  }

  /** How many of them are of the begin, in their order. */
  int firstMarks() {
    return Math.min(size, MARKS);
  }

  /** After so many bytes. */
  long offset(int mark) {
    return offsets[mark];
  }

  long nanos(int mark) {
    return nanos[mark];
  }

  long frame(int mark) {
    return frames[mark];
  }

  /** The mark after so many bytes, or -1. */
  int at(long offset) {
    for (int i = 0; i < marks(); i++) {
      if (offsets[i] == offset) {
        return i;
      }
    }
    return -1;
  }
}
