package io.rstscope.watch.output;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;

/**
 * Keeps what is written to for one process: two that put the same files aside, or remove the oldest
 * ones, would remove each other's. The lock goes with the channel, or the process (fcntl(2)).
 */
public final class Exclusive {
  private Exclusive() {}

  /**
   * Locks a file until the channel is closed; where files cannot be locked nothing happens.
   *
   * @param channel can be written, and is the only one of the file that this process closes
   * @param path what messages call it
   * @throws IOException when another process has it locked
   */
  public static void lock(FileChannel channel, Path path) throws IOException {
    boolean locked;
    try {
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      locked = false;
    } catch (IOException e) {
      // such as a FIFO, or a file system without locks
      return;
    }
    if (!locked) {
      throw new IOException(path + ": another rstscope writes to it");
    }
  }
}
