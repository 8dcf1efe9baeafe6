package io.rstscope.flow;

/** A few segments that lie in memory together; the instances are filled again and again. */
public final class SegmentBatch {
  /** Enough to hide the way to memory, few enough to stay in the first-level cache. */
  static final int CAPACITY = 32;

  private final Segment[] segments = new Segment[CAPACITY];
  private int size;

  /** An empty batch. */
  public SegmentBatch() {
    for (int i = 0; i < CAPACITY; i++) {
      segments[i] = new Segment();
    }
  }

  /**
   * The instance to fill next; it counts when {@link #keep} is called. The batch must not be full.
   */
  public Segment free() {
    return segments[size];
  }

  /** The instance that {@link #free} gave has been filled. */
  public void keep() {
    size++;
  }

  /** Whether there is no free instance left. */
  public boolean isFull() {
    return size == CAPACITY;
  }

  /** Segments in the batch. */
  public int size() {
    return size;
  }

  Segment get(int i) {
    return segments[i];
  }

  void clear() {
    size = 0;
  }
}
