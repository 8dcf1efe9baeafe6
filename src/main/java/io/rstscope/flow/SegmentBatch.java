package io.rstscope.flow;

/**
 * Some segments, on their way from where they are decoded to where flows are followed, which may be
 * another thread; the instances are filled again and again.
 */
public final class SegmentBatch {
  /**
   * Segments that fit in: enough to make up for handing them over, few enough to stay in the
   * second-level cache.
   */
  public static final int CAPACITY = 512;

  private static final int PAYLOAD_BYTES = 1 << 18;

  /** The batch is full when less is left: the longest payload without jumbograms. */
  private static final int RESERVE = 1 << 16;

  private static final byte[] NONE = {};

  private final Segment[] segments = new Segment[CAPACITY];
  private int size;
  private byte[] payloads = NONE;
  private int payloadBytes;
  private long bytesRead;
  private boolean last;
  private Throwable failure;

  /** An empty batch. */
  public SegmentBatch() {
    for (int i = 0; i < CAPACITY; i++) {
      segments[i] = new Segment();
    }
  }

  /**
   * The instance to fill next; it counts when {@link #keep} or {@link #keepCopy} is called. The
   * batch must not be full.
   */
  public Segment free() {
    return segments[size];
  }

  /**
   * The instance that {@link #free} gave has been filled: takes it. Its payload stays where it is:
   * the batch is good as long as the packet.
   */
  public void keep() {
    Segment segment = segments[size++];
    segment.key.take(segment);
  }

  /** As {@link #keep}, with a copy of the payload: the batch is good until it is cleared. */
  void keepCopy() {
    Segment segment = segments[size];
    keep();
    int length = segment.payloadCaptured;
    if (length > payloads.length - payloadBytes) {
      // the payloads before stay where they are
      payloads = new byte[Math.max(PAYLOAD_BYTES, 2 * length)];
      payloadBytes = 0;
    }
    System.arraycopy(segment.data, segment.payloadOffset, payloads, payloadBytes, length);
    segment.data = payloads;
    segment.payloadOffset = payloadBytes;
    payloadBytes += length;
  }

  /** Whether there is no free instance left, or little room for copies of payloads. */
  public boolean isFull() {
    return size == CAPACITY || payloadBytes > PAYLOAD_BYTES - RESERVE;
  }

  /** Segments in the batch. */
  public int size() {
    return size;
  }

  /** Bytes of the source read when the batch was handed over; for progress. */
  public long bytesRead() {
    return bytesRead;
  }

  void bytesRead(long bytes) {
    bytesRead = bytes;
  }

  Segment get(int i) {
    return segments[i];
  }

  /** Empties it. */
  public void clear() {
    size = 0;
    payloadBytes = 0;
  }

  /** No batch follows this one; {@code why} is null at the regular end. */
  void endWith(Throwable why) {
    last = true;
    failure = why;
  }

  boolean isLast() {
    return last;
  }

  Throwable failure() {
    return failure;
  }
}
