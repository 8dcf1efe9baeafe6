package io.rstscope.cli;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that a run writes: under a temporary name beside it, and renamed when all is written, so
 * that nobody ever finds half of it under its own name.
 *
 * <p>What is no regular file, such as a FIFO or {@code /dev/stdout}, is written to as it is.
 */
final class OutputFile implements Closeable {
  private final String name;
  private final Path target;

  /** Null when the target is written to as it is. */
  private final Path temporary;

  private final OutputStream stream;
  private boolean finished;

  private OutputFile(String name, Path target, Path temporary) throws IOException {
    this.name = name;
    this.target = target;
    this.temporary = temporary;
    // a temporary file that somebody else made meanwhile, or linked elsewhere, is not written to
    OutputStream file =
        temporary == null
            ? Files.newOutputStream(target)
            : Files.newOutputStream(temporary, CREATE_NEW, WRITE);
    stream = new BufferedOutputStream(new Naming(file), 1 << 16);
  }

  /** Tells which output it was that could not be written. */
  private final class Naming extends FilterOutputStream {
    Naming(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        throw new IOException(name + ": " + e.getMessage(), e);
      }
    }
  }

  /**
   * Begins the file.
   *
   * @param force whether one that is there may be replaced
   * @throws IOException when it is there and may not, or cannot be written, in words for the user
   */
  static OutputFile create(String name, boolean force) throws IOException {
    try {
      Path target = Path.of(name);
      if (Files.isDirectory(target)) {
        throw new IOException(name + ": is a folder");
      }
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        return new OutputFile(name, target, null);
      }
      if (!force && Files.exists(target)) {
        throw new IOException(name + ": exists already; --force replaces it");
      }
      Path file = Files.isSymbolicLink(target) ? target.toRealPath() : target.toAbsolutePath();
      Path temporary = file.resolveSibling("." + file.getFileName() + "." + pid() + ".tmp");
      Files.deleteIfExists(temporary);
      return new OutputFile(name, file, temporary);
    } catch (InvalidPathException e) {
      throw new IOException(name + ": is not a file name", e);
    } catch (NoSuchFileException e) {
      throw new IOException(name + ": no such folder", e);
    } catch (AccessDeniedException e) {
      throw new IOException(name + ": permission denied", e);
    }
  }

  private static long pid() {
    return ProcessHandle.current().pid();
  }

  /** Its bytes; closed with the file. */
  OutputStream stream() {
    return stream;
  }

  /** Its bytes as UTF-8; to be flushed before {@link #finish}. */
  Writer writer() {
    return new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
  }

  /** All is written: the file appears under its name. */
  void finish() throws IOException {
    stream.close();
    if (temporary != null) {
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }
    finished = true;
  }

  /** Takes away what was not finished. */
  @Override
  public void close() throws IOException {
    if (finished) {
      return;
    }
    try {
      stream.close();
    } catch (IOException e) {
      // what could not be written is not wanted any more
    }
    if (temporary != null) {
      Files.deleteIfExists(temporary);
    }
  }
}
