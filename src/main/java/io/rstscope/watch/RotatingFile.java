package io.rstscope.watch;

import io.rstscope.watch.output.Exclusive;
import io.rstscope.watch.output.OwnerOnly;
import io.rstscope.watch.output.Ownership;
import io.rstscope.watch.output.TimeInName;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A file of lines that is put aside when it is large or old, under its name and the time, the
 * oldest of which go.
 *
 * <p>What is written comes to the file with {@link #flush}, in one write: a process that is killed
 * loses at most the line it was writing. If such a torn line is found at the end of the file it is
 * ended, so that the next one is whole. When a write fails (the disk is full) what it left in the
 * file is taken back. A file that is made is for its owner only; one that is there keeps its mode,
 * and is {@linkplain Ownership ours}. Used by one thread.
 */
final class RotatingFile extends Writer {
  private final Path path;
  private final FileLimits limits;
  private final Clocks clocks;
  private final StringBuilder pending = new StringBuilder();
  private FileChannel channel;
  private long openedNanos;
  private long asideMillis;

  /**
   * Opens the file, and makes it if need be.
   *
   * @throws IOException when it cannot be written, is not ours, or another process has it open
   */
  RotatingFile(Path path, FileLimits limits, Clocks clocks) throws IOException {
    this.path = path;
    this.limits = limits;
    this.clocks = clocks;
    open();
  }

  private void open() throws IOException {
    Path file = Ownership.require(path);
    Set<OpenOption> options =
        new HashSet<>(Set.of(StandardOpenOption.WRITE, StandardOpenOption.APPEND));
    if (!Files.exists(file)) {
      // not one that somebody else makes meanwhile
      options.add(StandardOpenOption.CREATE_NEW);
    } else if (!Files.isSymbolicLink(file)) {
      options.add(LinkOption.NOFOLLOW_LINKS);
      endTornLine(file);
    }
    channel = FileChannel.open(file, options, OwnerOnly.file());
    try {
      Exclusive.lock(channel, path);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    openedNanos = clocks.steadyNanos();
  }

  /** It could not be opened anew when it was to. */
  private void openIfClosed() throws IOException {
    if (!channel.isOpen()) {
      open();
    }
  }

  private static void endTornLine(Path path) throws IOException {
    if (!Files.isRegularFile(path) || Files.size(path) == 0) {
      return;
    }
    try (FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      file.read(last, file.size() - 1);
      if (last.get(0) != '\n') {
        file.write(ByteBuffer.wrap(new byte[] {'\n'}), file.size());
      }
    }
  }

  @Override
  public void write(char[] characters, int offset, int length) {
    pending.append(characters, offset, length);
  }

  @Override
  public void flush() throws IOException {
    // an encoder takes a string apart character by character
    ByteBuffer bytes = ByteBuffer.wrap(pending.toString().getBytes(StandardCharsets.UTF_8));
    pending.setLength(0);
    if (bytes.hasRemaining()) {
      openIfClosed();
      rotateWhenDue(bytes.remaining());
      append(bytes);
    }
  }

  private void append(ByteBuffer bytes) throws IOException {
    long before = channel.size();
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      channel.truncate(before);
      throw e;
    }
  }

  private void rotateWhenDue(int more) throws IOException {
    long size = channel.size();
    boolean large = size > 0 && size + more > limits.bytes();
    boolean old = size > 0 && clocks.steadyNanos() - openedNanos > limits.nanos();
    if (large || old) {
      channel.close();
      Files.move(path, aside());
      removeOldest();
      open();
    }
  }

  /** Later than all before, though the clock may have been set back. */
  private Path aside() {
    long millis = clocks.wallNanos() / 1_000_000;
    do {
      asideMillis = Math.max(asideMillis + 1, millis);
    } while (Files.exists(sibling(asideMillis)));
    return sibling(asideMillis);
  }

  private Path sibling(long millis) {
    return path.resolveSibling(path.getFileName() + "." + TimeInName.of(millis));
  }

  private void removeOldest() throws IOException {
    String prefix = path.getFileName() + ".";
    List<Path> aside;
    try (Stream<Path> files = Files.list(path.toAbsolutePath().getParent())) {
      aside =
          files
              .filter(file -> file.getFileName().toString().startsWith(prefix))
              .filter(
                  file ->
                      file.getFileName().toString().length() == prefix.length() + TimeInName.LENGTH)
              .sorted()
              .toList();
    }
    for (Path file : aside.subList(0, Math.max(0, aside.size() - limits.files()))) {
      Files.deleteIfExists(file);
    }
  }

  /**
   * Opens the file anew, which somebody may have put aside.
   *
   * @throws IOException when it cannot be written
   */
  void reopen() throws IOException {
    channel.close();
    open();
  }

  @Override
  public void close() throws IOException {
    flush();
    channel.close();
  }
}
