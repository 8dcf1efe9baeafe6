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
public final class OutputFile implements Closeable {
  private final String name;
  private final Path target;

  /** Null when the target is written to as it is. */
  private final Path temporary;

  private final OutputStream stream;
  private boolean finished;

  private OutputFile(String name, Path target, Path temporary, OutputStream file) {
    this.name = name;
    this.target = target;
    this.temporary = temporary;
    stream = new BufferedOutputStream(new Naming(file), 1 << 16);
  }

  private static OutputFile asItIs(String name, Path target, Console console) throws IOException {
    String waiting = name + ": waiting for what reads from this FIFO";
    OutputStream file = Patience.open(console, waiting, () -> Files.newOutputStream(target));
    return new OutputFile(name, target, null, file);
  }

  private static OutputFile beside(String name, Path target, Path temporary) throws IOException {
    // a temporary file that somebody else made meanwhile, or linked elsewhere, is not written to
    OutputStream file = Files.newOutputStream(temporary, CREATE_NEW, WRITE);
    if (Files.exists(target)) {
      keepMode(target, temporary);
    }
    return new OutputFile(name, target, temporary, file);
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
   * @param force whether one that is there may be replaced; it keeps its mode
   * @param console is told when something is waited for
   * @throws IOException when it is there and may not, or cannot be written, in words for the user
   */
  public static OutputFile create(String name, boolean force, Console console) throws IOException {
    if (name.contains("\uFFFD")) { // Java's sign for a byte that it could not decode
      throw new IOException(name + ": is not a file name in UTF-8");
    }
    try {
      Path target = Path.of(name);
      if (Files.isDirectory(target)) {
        throw new IOException(name + ": is a folder");
      }
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        return asItIs(name, target, console);
      }
      if (!force && Files.exists(target)) {
        throw new IOException(name + ": exists already; --force replaces it");
      }
      Path file = Files.isSymbolicLink(target) ? target.toRealPath() : target.toAbsolutePath();
      Path temporary = file.resolveSibling("." + file.getFileName() + "." + pid() + ".tmp");
      Files.deleteIfExists(temporary);
      return beside(name, file, temporary);
    } catch (InvalidPathException e) {
      throw new IOException(name + ": is not a file name", e);
    } catch (NoSuchFileException e) {
      throw new IOException(name + ": no such folder", e);
    } catch (AccessDeniedException e) {
      throw new IOException(name + ": permission denied", e);
    }
  }

  /** Before anything is written: a file that nobody else may read is replaced by another such. */
  private static void keepMode(Path of, Path to) throws IOException {
    try {
      Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(of));
    } catch (UnsupportedOperationException e) {
      // there are no modes here
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
  public Writer writer() {
    return new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
  }

  /** All is written: the file appears under its name. */
  public void finish() throws IOException {
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
