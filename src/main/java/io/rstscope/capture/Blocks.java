package io.rstscope.capture;

import java.io.InterruptedIOException;

/** Where a source puts the bytes that it reads: into one array after another. */
@FunctionalInterface
public interface Blocks {
  /** One array again and again: packets are looked at before the next one is read. */
  Blocks ONE = Blocks::withRoom;

  /**
   * The array for what follows; asked on the thread that reads, when there is no room left.
   *
   * @param block the one before, with all packets delivered since it was given
   * @param room bytes that have to fit in
   * @return that one again, if nobody looks at its packets any more, or another
   * @throws InterruptedIOException when the thread was interrupted as it waited, and stays so
   */
  byte[] next(byte[] block, int room) throws InterruptedIOException;

  /** The array, or a longer one in its place where the bytes do not fit in. */
  static byte[] withRoom(byte[] block, int room) {
    int length = block.length;
    while (length < room) {
      length *= 2;
    }
    return length == block.length ? block : new byte[length];
  }
}
