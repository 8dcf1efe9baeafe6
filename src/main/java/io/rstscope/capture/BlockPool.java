package io.rstscope.capture;

import java.util.ArrayDeque;

/**
 * The blocks of one source that nobody holds. The one released last is taken first: it is the most
 * likely to lie in the cache.
 *
 * <p>It never waits for a block: there are as many as are held at once. Blocks of one size only,
 * which grows when a record asks for it. Used by one thread.
 */
final class BlockPool {
  private final ArrayDeque<Block> free = new ArrayDeque<>();
  private int size;

  /**
   * @param size bytes of a block at first
   */
  BlockPool(int size) {
    this.size = size;
  }

  /** A block with room for at least {@code bytes}, which the caller holds. */
  Block take(int bytes) {
    while (size < bytes) {
      size *= 2;
      free.clear();
    }
    Block block = free.poll();
    if (block == null) {
      block = new Block(this, size);
    }
    block.hold();
    return block;
  }

  void giveBack(Block block) {
    if (block.size() == size) {
      free.push(block);
    }
  }
}
