package io.rstscope.brokerlog;

import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CaptureFiles;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The ends of connections in the log of a broker, in the order of time. */
public final class BrokerLog {
  /** Entries about connections; logs of months hold more than anybody captures. */
  private static final int MAX_ENTRIES = 1_000_000;

  /** Longer lines are cut: nothing that matters is as long. */
  private static final int MAX_LINE = 1 << 16;

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
    List<LogEntry> entries = new ArrayList<>();
    for (Path file : files) {
      try (InputStream in = open(file)) {
        read(in, zone, entries);
      } catch (CaptureException e) {
        throw e;
      } catch (IOException e) {
        throw new IOException(file + ": " + e.getMessage(), e);
      }
    }
    return new BrokerLog(List.copyOf(endings(entries)));
  }

  /** Adds the entries of one file, which is not compressed. */
  static void read(InputStream in, ZoneId zone, List<LogEntry> entries) throws IOException {
    EntryReader reader = new EntryReader(zone, entry -> keep(entry, entries));
    lines(in, reader);
    reader.finish();
  }

  /** Sorts the entries by time, and finds the ends of connections among them. */
  static List<LoggedEnding> endings(List<LogEntry> entries) {
    entries.sort((a, b) -> Long.compare(a.nanos(), b.nanos()));
    List<LoggedEnding> endings = new ArrayList<>();
    EndingParser parser = new EndingParser(endings::add);
    entries.forEach(parser::entry);
    return endings;
  }

  /** The ends of connections, by time. */
  public List<LoggedEnding> endings() {
    return endings;
  }

  private static void keep(LogEntry entry, List<LogEntry> entries) {
    if (entries.size() < MAX_ENTRIES && EndingParser.concerns(entry)) {
      entries.add(entry);
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(CaptureFiles.openFile(file));
    in.mark(2);
    boolean compressed = in.read() == GZIP_MAGIC_1 && in.read() == GZIP_MAGIC_2;
    in.reset();
    return compressed ? new GZIPInputStream(in) : in;
  }

  private static void lines(InputStream in, EntryReader reader) throws IOException {
    BufferedReader text = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    StringBuilder line = new StringBuilder();
    for (int c = text.read(); c >= 0; c = text.read()) {
      if (c == '\n') {
        reader.line(line.toString());
        line.setLength(0);
      } else if (c != '\r' && line.length() < MAX_LINE) {
        line.append((char) c);
      }
    }
    if (line.length() > 0) {
      reader.line(line.toString());
    }
  }
}
