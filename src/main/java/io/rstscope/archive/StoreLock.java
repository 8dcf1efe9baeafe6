package io.rstscope.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a store for one process that writes; it says which. It goes with the process. */
public final class StoreLock implements AutoCloseable {
  private static final String NAME = ".lock";

  private final FileChannel channel;

  private StoreLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes it.
   *
   * @param store an existing folder
   * @throws IOException when another process has it, in words for the user
   */
  public static StoreLock take(Path store) throws IOException {
    Path file = store.resolve(NAME);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new IOException(
          store + ": another archive writes to it: " + Files.readString(file).strip());
    }
    channel.truncate(0);
    channel.write(ByteBuffer.wrap((holder() + "\n").getBytes(UTF_8)));
    return new StoreLock(channel);
  }

  private static String holder() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "this host";
    }
    return "process " + ProcessHandle.current().pid() + " on " + host;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
