package io.rstscope.capture;

/**
 * An array of a source's bytes that stays as it is while someone holds it, and is then filled
 * again.
 *
 * <p>Holders are counted by the thread that reads the source, and by no other; what they hold may
 * be looked at by any thread that it was handed to. Nobody has to release a block of a source that
 * is no longer read.
 */
public final class Block {
  final byte[] data;
  private final BlockPool pool;
  private int holders;

  Block(BlockPool pool, int size) {
    this.pool = pool;
    data = new byte[size];
  }

  /** Bytes of memory that it takes. */
  public int size() {
    return data.length;
  }

  /** Keeps it as it is until it is released as often as it is held. */
  public void hold() {
    holders++;
  }

  /**
   * Lets go of it.
   *
   * @throws IllegalStateException when nobody holds it
   */
  public void release() {
    if (holders == 0) {
      throw new IllegalStateException("released more often than held");
    }
    if (--holders == 0) {
      pool.giveBack(this);
    }
  }
}
