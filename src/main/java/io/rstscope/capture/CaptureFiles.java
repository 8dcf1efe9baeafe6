package io.rstscope.capture;

import io.rstscope.wire.Bytes;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/** Finds and opens captures: files, pipes and folders, compressed by gzip or not. */
public final class CaptureFiles {
  /** The name that stands for standard input. */
  public static final String STDIN = "-";

  /** The type bits of {@code st_mode}, and that of a FIFO (inode(7)). */
  private static final int S_IFMT = 0xf000;

  private static final int S_IFIFO = 0x1000;

  /** What captures are called by those who write them. */
  private static final Pattern NAMES =
      Pattern.compile(".*\\.(pcap|pcapng|cap)(\\.gz)?", Pattern.CASE_INSENSITIVE);

  private CaptureFiles() {}

  /**
   * Opens a capture and reads its header.
   *
   * @param name a file, a FIFO (waits for its writer), or {@link #STDIN}
   * @throws CaptureException when there is no such file, it must not be read, or it is no capture
   *     that we know, in words that tell which
   */
  public static PacketSource open(String name) throws CaptureException {
    if (!isReadableTwice(name)) {
      return read(name, openStream(name));
    }
    return source(name, CaptureStream.ofFile(name, openFile(path(name))));
  }

  /**
   * Reads a capture from a stream, such as a pipe.
   *
   * @param name what messages call it
   * @param stream is closed with the source, or when this fails
   * @throws CaptureException when it is no capture that we know
   */
  public static PacketSource read(String name, InputStream stream) throws CaptureException {
    return source(name, CaptureStream.ofPipe(name, stream));
  }

  /**
   * Reads a capture from a stream that knows how to wait, on the thread that wants its packets.
   *
   * @param name what messages call it
   * @param stream not compressed; is closed with the source, or when this fails
   * @throws CaptureException when it is no capture that we know
   */
  public static PacketSource readAwaitable(String name, AwaitableStream stream)
      throws CaptureException {
    return source(name, CaptureStream.ofAwaitable(stream));
  }

  /**
   * Reads a capture that lies elsewhere, as a file.
   *
   * @param name what messages call it
   * @param stream is closed with the source, or when this fails
   * @throws CaptureException when it is no capture that we know
   */
  public static PacketSource readRemote(String name, InputStream stream) throws CaptureException {
    return source(name, CaptureStream.ofRemote(name, stream));
  }

  /**
   * What is to be opened for an argument: for a folder the captures in it, sorted by name and
   * recognised by their first bytes or by their names; else the argument itself.
   *
   * <p>Folders are not searched for folders. What is no capture is left out in silence; a file that
   * cannot be looked into, or is only named like a capture, stays, so that opening it says why.
   *
   * @throws CaptureException when the folder cannot be read, or holds no capture
   */
  public static List<String> expand(String argument) throws CaptureException {
    if (argument.equals(STDIN) || !Files.isDirectory(path(argument))) {
      return List.of(FileNames.shown(argument));
    }
    List<String> captures;
    try (Stream<Path> files = Files.list(path(argument))) {
      captures =
          files
              .filter(Files::isRegularFile)
              .filter(CaptureFiles::mayBeCapture)
              .map(FileNames::of)
              .sorted()
              .toList();
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(argument, e);
    }
    if (captures.isEmpty()) {
      throw unreadable(argument, "no capture in this folder");
    }
    return captures;
  }

  /**
   * Whether the name stands for something that is still there when it has been read: no standard
   * input, no FIFO.
   *
   * @throws CaptureException when it is not a name of a file
   */
  public static boolean isReadableTwice(String name) throws CaptureException {
    return !name.equals(STDIN) && !isFifo(path(name));
  }

  private static PacketSource source(String name, CaptureStream stream) throws CaptureException {
    RecordBuffer in = new RecordBuffer(name, stream);
    try {
      return reader(in);
    } catch (CaptureException e) {
      in.close();
      throw e;
    }
  }

  private static PacketSource reader(RecordBuffer in) throws CaptureException {
    if (!in.require(Integer.BYTES)) {
      throw in.available() == 0
          ? unreadable(in.name(), "is empty")
          : in.problem("cut short: it has only " + in.available() + " bytes");
    }
    int magic = Bytes.i32(in.data(), in.position());
    if (PcapReader.isMagic(magic)) {
      return new PcapReader(in);
    }
    if (PcapngReader.isMagic(magic)) {
      return new PcapngReader(in);
    }
    if (!in.mayWait()) {
      // who writes to a pipe may have no more to say
      in.require(FileKind.BYTES);
    }
    throw unreadable(in.name(), FileKind.explain(in.data(), in.position(), in.available()));
  }

  /**
   * Whether a file is a capture by its first bytes, or called like one; also one that cannot be
   * looked into, so that opening it says why.
   */
  public static boolean mayBeCapture(Path file) {
    return mayBeCapture(file.getFileName().toString(), () -> Files.newInputStream(file));
  }

  /** Opens what a file holds. */
  public interface Content {
    /** Begins with its first byte. */
    InputStream open() throws IOException;
  }

  /** The same of a file that lies anywhere. */
  public static boolean mayBeCapture(String name, Content file) {
    if (NAMES.matcher(name).matches()) {
      return true;
    }
    try (InputStream content = new MaybeGzipStream(file.open())) {
      byte[] magic = content.readNBytes(Integer.BYTES);
      return magic.length == Integer.BYTES
          && (PcapReader.isMagic(Bytes.i32(magic, 0)) || PcapngReader.isMagic(Bytes.i32(magic, 0)));
    } catch (ZipException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static InputStream openStream(String name) throws CaptureException {
    if (name.equals(STDIN)) {
      return new FileInputStream(FileDescriptor.in);
    }
    return openFile(path(name));
  }

  /**
   * Opens a file, or a FIFO (waits for its writer), to read its bytes.
   *
   * @throws CaptureException when there is none, it must not be read, or it is a folder, a device
   *     or a socket, which might never end
   */
  public static InputStream openFile(Path path) throws CaptureException {
    String name = FileNames.of(path);
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        throw unreadable(name, "is a folder");
      }
      if (!attributes.isRegularFile() && !isFifo(path)) {
        throw unreadable(name, "is a device or a socket, not a file");
      }
      InputStream content = Files.newInputStream(path);
      return attributes.isRegularFile() ? content : new Fifo(content);
    } catch (CaptureException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /** Java would look for the position in a FIFO, which has none, to say what is available. */
  private static final class Fifo extends FilterInputStream {
    private Fifo(InputStream content) {
      super(content);
    }

    @Override
    public int available() {
      return 0;
    }
  }

  private static boolean isFifo(Path path) {
    try {
      return ((int) Files.getAttribute(path, "unix:mode") & S_IFMT) == S_IFIFO;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  private static Path path(String name) throws CaptureException {
    if (name.isEmpty()) {
      throw unreadable("''", "is not a file name");
    }
    try {
      return FileNames.find(name);
    } catch (InvalidPathException e) {
      throw unreadable(name, "is not a file name");
    }
  }

  private static CaptureException unreadable(String name, Exception cause) {
    if (cause instanceof NoSuchFileException) {
      return unreadable(name, "no such file");
    }
    return cause instanceof AccessDeniedException
        ? unreadable(name, "permission denied")
        : unreadable(name, "cannot be read: " + cause.getMessage());
  }

  private static CaptureException unreadable(String name, String reason) {
    return new CaptureException(name, CaptureException.NO_OFFSET, reason);
  }
}
