package io.rstscope.flow;

import io.rstscope.capture.Block;
import java.util.ArrayList;
import java.util.List;

/**
 * Some segments, on their way from where they are decoded to where flows are followed, which may be
 * another thread; the instances are filled again and again.
 *
 * <p>Payloads stay where they were read; a batch may hold the blocks in which they lie. It is
 * filled and emptied by the thread that reads the packets.
 */
public final class SegmentBatch {
  /**
   * Segments that fit in: enough to make up for handing them over, few enough to stay in the
   * second-level cache.
   */
  public static final int CAPACITY = 512;

  /**
   * The batch is full when it holds blocks of so many bytes, and more than one: others have to be
   * read meanwhile.
   */
  private static final int BYTES_HELD = 1 << 18;

  private final Segment[] segments = new Segment[CAPACITY];
  private final List<Block> blocks = new ArrayList<>();
  private int size;
  private Block lastBlock;
  private int bytesHeld;
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
   * The instance to fill next; it counts when {@link #keep} or {@link #keepIn} is called. The batch
   * must not be full.
   */
  public Segment free() {
    return segments[size];
  }

  /**
   * The instance that {@link #free} gave has been filled: takes it. The batch is good as long as
   * the packet.
   */
  public void keep() {
    Segment segment = segments[size++];
    segment.key.take(segment);
  }

  /**
   * As {@link #keep}, for a batch that is good until it is cleared.
   *
   * @param block that of the packet, which is held until then; null when nothing needs to be
   */
  void keepIn(Block block) {
    keep();
    if (block != null && block != lastBlock) {
      hold(block);
    }
  }

  private void hold(Block block) {
    block.hold();
    blocks.add(block);
    lastBlock = block;
    bytesHeld += block.size();
  }

  /** Whether there is no free instance left, or enough is held. */
  public boolean isFull() {
    return size == CAPACITY || blocks.size() > 1 && bytesHeld > BYTES_HELD;
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

  /** Empties it, and lets go of what it held. */
  public void clear() {
    size = 0;
    blocks.forEach(Block::release);
    blocks.clear();
    lastBlock = null;
    bytesHeld = 0;
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
