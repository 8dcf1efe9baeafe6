package io.rstscope.watch.output;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** A folder that one process alone writes to, as long as this is open. Used by one thread. */
public final class OwnFolder implements AutoCloseable {
  /** Locked by who writes to the folder. */
  private static final String LOCK = ".rstscope.lock";

  private final Path path;
  private final boolean made;
  private final FileChannel lock;

  private OwnFolder(Path path, boolean made, FileChannel lock) {
    this.path = path;
    this.made = made;
    this.lock = lock;
  }

  /**
   * Makes the folder if need be, for its owner only, and locks it.
   *
   * @throws IOException when it cannot be made, is not {@linkplain Ownership ours}, or another
   *     process writes to it
   */
  public static OwnFolder open(Path path) throws IOException {
    boolean made = !Files.isDirectory(path);
    if (made) {
      Files.createDirectories(path, OwnerOnly.folder());
    }
    Ownership.require(path);
    Set<OpenOption> ours =
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    FileChannel lock = FileChannel.open(path.resolve(LOCK), ours, OwnerOnly.file());
    try {
      Exclusive.lock(lock, path);
    } catch (IOException e) {
      lock.close();
      throw e;
    }
    return new OwnFolder(path, made, lock);
  }

  /** Lets others write to the folder. */
  @Override
  public void close() throws IOException {
    lock.close();
  }

  /**
   * Closes it, and removes the folder if it was made for nothing.
   *
   * @throws IOException when something lies in it
   */
  public void closeEmpty() throws IOException {
    close();
    if (made) {
      Files.deleteIfExists(path.resolve(LOCK));
      Files.deleteIfExists(path);
    }
  }
}
