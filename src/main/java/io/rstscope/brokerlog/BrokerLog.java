package io.rstscope.brokerlog;

import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CaptureFiles;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The ends of connections in the log of a broker, in the order of time. */
public final class BrokerLog {
  /** Longer lines are cut: nothing that matters is as long. */
  private static final int MAX_LINE = 1 << 16;

  /** Read at once. */
  private static final int BLOCK = 1 << 16;

  private static final int GZIP_MAGIC_1 = 0x1f;
  private static final int GZIP_MAGIC_2 = 0x8b;

  private final List<LoggedEnding> endings;

  private BrokerLog(List<LoggedEnding> endings) {
    this.endings = endings;
  }

  /**
   * Reads log files of one broker, rotated or not, plain or gzip, in any order: what an earlier
   * file says of a connection helps with its end in a later one.
   *
   * @param zone of times without an offset, which RabbitMQ up to 3.8 writes
   * @throws IOException when a file cannot be read; its message names the file
   */
  public static BrokerLog read(List<Path> files, ZoneId zone) throws IOException {
    LogEntries entries = new LogEntries();
    for (Path file : files) {
      try (InputStream in = open(file)) {
        read(in, zone, entries);
      } catch (CaptureException e) {
        throw e;
      } catch (IOException e) {
        throw new IOException(file + ": " + e.getMessage(), e);
      }
    }
    return new BrokerLog(List.copyOf(endings(entries.byTime())));
  }

  /** Adds the entries of one file, which is not compressed. */
  static void read(InputStream in, ZoneId zone, LogEntries entries) throws IOException {
    EntryReader reader = new EntryReader(zone, entries::add);
    lines(in, reader);
    reader.finish();
    if (entries.isTooMuch()) {
      throw new IOException(
          "holds more about connections than fits into memory; give the hours of the captures");
    }
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

  private static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(CaptureFiles.openFile(file));
    in.mark(2);
    boolean compressed = in.read() == GZIP_MAGIC_1 && in.read() == GZIP_MAGIC_2;
    in.reset();
    return compressed ? new GZIPInputStream(in, BLOCK) : in;
  }

  private static void lines(InputStream in, EntryReader reader) throws IOException {
    Reader text = new InputStreamReader(in, StandardCharsets.UTF_8);
    char[] block = new char[BLOCK];
    StringBuilder line = new StringBuilder();
    for (int length = text.read(block); length >= 0; length = text.read(block)) {
      for (int i = 0; i < length; i++) {
        char c = block[i];
        if (c == '\n') {
          reader.line(line.toString());
          line.setLength(0);
        } else if (c != '\r' && line.length() < MAX_LINE) {
          line.append(c);
        }
      }
    }
    if (line.length() > 0) {
      reader.line(line.toString());
    }
  }
}
