package io.rstscope.capture.live;

import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.FileNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A file that grows: its end is where more is waited for. The stream ends when the file became
 * shorter than what was read of it, or its name belongs to another file.
 *
 * <p>Used by one thread; {@link #replaced} by any.
 */
final class FollowedFile extends InputStream {
  private static final long POLL_MILLIS = 100;

  private final Path path;
  private final FileChannel channel;
  private final Object key;
  private volatile String replaced;

  private FollowedFile(Path path, FileChannel channel, Object key) {
    this.path = path;
    this.channel = channel;
    this.key = key;
  }

  /**
   * Opens a file.
   *
   * @throws CaptureException when there is none, it must not be read, or it is something else
   */
  static FollowedFile open(Path path) throws IOException {
    // for its words on why not
    CaptureFiles.openFile(path).close();
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw new CaptureException(
          FileNames.of(path), CaptureException.NO_OFFSET, "is no file, which could be followed");
    }
    return new FollowedFile(path, FileChannel.open(path), attributes.fileKey());
  }

  /** Why it ended, such as {@code "was truncated"}; null while it goes on. */
  String replaced() {
    return replaced;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    while (true) {
      int count = channel.read(ByteBuffer.wrap(to, offset, length));
      if (count >= 0) {
        return count;
      }
      replaced = change();
      if (replaced != null) {
        return -1;
      }
      await();
    }
  }

  private String change() throws IOException {
    if (channel.size() < channel.position()) {
      return "was truncated";
    }
    try {
      Object now = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
      return now == null || now.equals(key) ? null : "was replaced";
    } catch (NoSuchFileException e) {
      // moved away: whoever writes has it open still, until there is another
      return null;
    }
  }

  private static void await() throws InterruptedIOException {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
