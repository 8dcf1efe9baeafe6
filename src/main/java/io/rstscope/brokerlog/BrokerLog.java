package io.rstscope.brokerlog;

import io.rstscope.capture.CaptureException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The ends of connections in the log of a broker, in the order of time. */
public final class BrokerLog {
  /** Read at once. */
  private static final int BLOCK = 1 << 16;

  private static final int GZIP_MAGIC_1 = 0x1f;
  private static final int GZIP_MAGIC_2 = 0x8b;

  private final List<LoggedEnding> endings;
  private final int linesLeftOut;

  private final List<Path> strange;

  private BrokerLog(List<LoggedEnding> endings, int linesLeftOut, List<Path> strange) {
    this.endings = endings;
    this.linesLeftOut = linesLeftOut;
    this.strange = strange;
  }

  /** Opens a file of the log. */
  public interface Opening {
    /**
     * Its bytes.
     *
     * @throws IOException when it cannot be read
     */
    InputStream open(Path file) throws IOException;
  }

  /**
   * Reads log files of one broker, rotated or not, plain or gzip, in any order: what an earlier
   * file says of a connection helps with its end in a later one.
   *
   * @param zone of times without an offset, which RabbitMQ up to 3.8 writes
   * @param opening opens each file, and may wait
   * @throws TooLargeException when they hold more than fits into memory
   * @throws IOException when a file cannot be read; its message names the file
   */
  public static BrokerLog read(List<Path> files, ZoneId zone, Opening opening) throws IOException {
    LogEntries entries = new LogEntries();
    List<Path> strange = new ArrayList<>();
    for (Path file : files) {
      try (InputStream in = unzipped(opening.open(file))) {
        if (!read(in, zone, entries)) {
          strange.add(file);
        }
      } catch (CaptureException e) {
        throw e;
      } catch (TooLargeException | OutOfMemoryError e) {
        throw tooLarge(file + ": ");
      } catch (IOException e) {
        throw new IOException(file + ": " + e.getMessage(), e);
      }
    }
    try {
      return new BrokerLog(
          List.copyOf(endings(entries.byTime())), entries.linesLeftOut(), List.copyOf(strange));
    } catch (OutOfMemoryError e) {
      throw tooLarge("the broker's log ");
    }
  }

  private static TooLargeException tooLarge(String name) {
    return new TooLargeException(
        name
            + "holds more about connections than fits into memory; give the hours of the captures");
  }

  /**
   * Adds the entries of one file, which is not compressed.
   *
   * @return false when it has lines, and not one was understood
   */
  static boolean read(InputStream in, ZoneId zone, LogEntries entries) throws IOException {
    EntryReader reader = new EntryReader(zone, entries);
    int leftOut = LogLines.read(in, reader::line);
    entries.leaveOut(leftOut);
    reader.finish();
    if (entries.isTooMuch()) {
      throw tooLarge("");
    }
    return leftOut > 0 || !reader.isStrange();
  }

  /** Finds the ends of connections among entries that are in the order of time. */
  static List<LoggedEnding> endings(List<LogEntry> entries) {
    List<LoggedEnding> endings = new ArrayList<>();
    EndingParser parser = new EndingParser(endings::add);
    entries.forEach(parser::entry);
    return endings;
  }

  /** The ends of connections, by time. */
  public List<LoggedEnding> endings() {
    return endings;
  }

  /** Lines of JSON that were too long to be read. */
  public int linesLeftOut() {
    return linesLeftOut;
  }

  /** Files with lines of which not one was understood. */
  public List<Path> strange() {
    return strange;
  }

  private static InputStream unzipped(InputStream file) throws IOException {
    InputStream in = new BufferedInputStream(file);
    in.mark(2);
    boolean compressed = in.read() == GZIP_MAGIC_1 && in.read() == GZIP_MAGIC_2;
    in.reset();
    return compressed ? new GZIPInputStream(in, BLOCK) : in;
  }
}
