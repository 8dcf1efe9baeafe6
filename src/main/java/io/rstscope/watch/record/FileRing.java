package io.rstscope.watch.record;

import io.rstscope.watch.output.OwnFolder;
import io.rstscope.watch.output.OwnerOnly;
import io.rstscope.watch.output.TimeInName;
import io.rstscope.watch.output.WriteFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files that are written one after the other, the oldest of which go; those of runs before count.
 *
 * <p>What is written waits in memory until {@link #flush}, which puts all of it into the file or
 * nothing. Where the disk is full the oldest file goes; where that does not help either the file
 * ends, what waits is given up, and the next flush tries another file: nothing here throws. Used by
 * one thread.
 */
final class FileRing {
  private static final Pattern NAME = Pattern.compile("rstscope-\\d{8}T\\d{6}\\.\\d{3}Z\\.pcapng");

  /** So much waits at most. */
  private static final int MOST_WAITING = 1 << 18;

  /** A disk with less room than is wanted and this is full: it holds whole blocks only. */
  private static final int BLOCKS = 1 << 16;

  private static final long NANOS_A_MILLI = 1_000_000;

  /** Bytes in memory, of which no copy is made. */
  private static final class Waiting extends ByteArrayOutputStream {
    Waiting() {
      super(MOST_WAITING);
    }

    ByteBuffer bytes() {
      return ByteBuffer.wrap(buf, 0, count);
    }
  }

  private final RecordOptions options;
  private final Consumer<String> words;
  private final Waiting waiting = new Waiting();

  /** All files of the ring, oldest first. */
  private final TreeSet<String> names = new TreeSet<>();

  private OwnFolder folder;
  private FileChannel channel;

  /** The file that is being written, or null. */
  private String name;

  private long firstNanos;
  private long lastMillis;
  private long written;
  private long waitingPackets;
  private long packets;
  private long givenUp;
  private boolean failing;
  private boolean crowded;

  FileRing(RecordOptions options, Consumer<String> words) {
    this.options = options;
    this.words = words;
  }

  /**
   * Opens the folder.
   *
   * @throws IOException when it cannot be made or written, is not ours, or is written to by another
   */
  void open() throws IOException {
    folder = OwnFolder.open(options.folder());
    Files.delete(Files.createTempFile(options.folder(), "rstscope", ".tmp"));
    try (Stream<Path> files = Files.list(options.folder())) {
      files
          .map(file -> file.getFileName().toString())
          .filter(file -> NAME.matcher(file).matches())
          .forEach(names::add);
    }
  }

  /** Whether a file has begun and has room for a packet of that time. */
  boolean hasRoom(long nanos) {
    return name != null
        && written + waiting.size() < options.fileBytes()
        && Math.abs(nanos - firstNanos) < options.fileNanos();
  }

  /**
   * Begins a file, which is made when it is flushed first.
   *
   * @param nanos of its first packet, since 1970
   */
  void begin(long nanos) {
    firstNanos = nanos;
    long millis = nanos / NANOS_A_MILLI;
    do {
      lastMillis = Math.max(lastMillis + 1, millis);
      name = nameOf(lastMillis);
    } while (names.contains(name));
    written = 0;
  }

  /** Takes what is to be written, whole blocks of one packet or none between two calls. */
  OutputStream out() {
    return waiting;
  }

  /** The blocks of a packet have been taken. */
  void packetTaken() {
    waitingPackets++;
  }

  /** Whether enough waits to be flushed. */
  boolean isFull() {
    return waiting.size() >= MOST_WAITING / 2;
  }

  /**
   * Writes what waits. When that fails no file is begun any more.
   *
   * @return packets that had to be given up
   */
  long flush() {
    if (waiting.size() == 0) {
      return 0;
    }
    IOException failure = write();
    while (failure != null && isDiskFull() && removeOldest()) {
      sayCrowded();
      failure = write();
    }
    long all = waitingPackets;
    waitingPackets = 0;
    waiting.reset();
    if (failure != null) {
      giveUp(failure, all);
      return all;
    }
    packets += all;
    if (failing) {
      failing = false;
      words.accept(
          "%s: can be written again; %d packets are missing".formatted(options.folder(), givenUp));
    }
    return 0;
  }

  private void sayCrowded() {
    if (!crowded) {
      crowded = true;
      words.accept(options.folder() + ": the disk is full; the oldest files are removed for room");
    }
  }

  /** All of it or nothing. */
  private IOException write() {
    try {
      if (channel == null) {
        make();
      }
      ByteBuffer bytes = waiting.bytes();
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      written += bytes.limit();
      return null;
    } catch (IOException e) {
      takeBack();
      return e;
    }
  }

  private void make() throws IOException {
    if (!Files.isDirectory(options.folder())) {
      folder.close();
      folder = OwnFolder.open(options.folder());
      names.clear();
    }
    while (names.size() >= options.files()) {
      remove(names.first());
    }
    Set<OpenOption> asNew =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    channel = FileChannel.open(options.folder().resolve(name), asNew, OwnerOnly.file());
    names.add(name);
  }

  private void takeBack() {
    try {
      if (channel != null) {
        channel.truncate(written);
      }
    } catch (IOException e) {
      // its end is torn then, which readers pass over
    }
  }

  private boolean isDiskFull() {
    try {
      long room = Files.getFileStore(options.folder()).getUsableSpace();
      return room < waiting.size() + BLOCKS;
    } catch (IOException e) {
      return false;
    }
  }

  /** Not the one that is being written. */
  private boolean removeOldest() {
    if (names.isEmpty() || names.first().equals(name)) {
      return false;
    }
    try {
      remove(names.first());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void remove(String file) throws IOException {
    Files.deleteIfExists(options.folder().resolve(file));
    names.remove(file);
  }

  private void giveUp(IOException failure, long lost) {
    givenUp += lost;
    boolean empty = written == 0;
    String file = name;
    close();
    try {
      if (empty && names.contains(file)) {
        remove(file);
      }
    } catch (IOException e) {
      // it stays, and is empty
    }
    if (!failing) {
      failing = true;
      words.accept(
          "%s: %s; packets are not written until that is over"
              .formatted(options.folder(), WriteFailure.reason(failure)));
    }
  }

  /** Whether a file has begun. */
  boolean isBegun() {
    return name != null;
  }

  /** Ends the file, after what waits was flushed; returns as {@link #flush}. */
  long end() {
    long lost = flush();
    close();
    return lost;
  }

  private void close() {
    name = null;
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      words.accept(options.folder() + ": " + WriteFailure.reason(e));
    } finally {
      channel = null;
    }
  }

  /** Lets go of the folder, and removes it if it was made for nothing. */
  void letGo() {
    try {
      if (names.isEmpty()) {
        folder.closeEmpty();
      } else {
        folder.close();
      }
    } catch (IOException e) {
      // what somebody else has put there stays
    }
  }

  /** Whether the file that was written at that time is there still, ns since 1970. */
  boolean reachesBackTo(long nanos) {
    return !names.isEmpty() && names.first().compareTo(nameOf(nanos / NANOS_A_MILLI)) <= 0;
  }

  private static String nameOf(long millis) {
    return "rstscope-" + TimeInName.of(millis) + ".pcapng";
  }

  /** Files that are there. */
  int files() {
    return names.size();
  }

  /** Packets that were written. */
  long packets() {
    return packets;
  }

  /** Packets that could not be written. */
  long givenUp() {
    return givenUp;
  }
}
