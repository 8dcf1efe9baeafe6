package io.rstscope.brokerlog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Entries about connections, as many as there is memory for. */
final class LogEntries {
  /** All are in memory, of which they may take a third. */
  private static final long MAX_BYTES = Runtime.getRuntime().maxMemory() / 3;

  /** What an entry takes besides its text. */
  private static final int OVERHEAD = 128;

  private final List<LogEntry> entries = new ArrayList<>();
  private long bytes;
  private int linesLeftOut;

  /** Whether there is room for an entry of so many characters, which it takes. */
  boolean reserve(int length) {
    bytes += OVERHEAD + length;
    return !isTooMuch();
  }

  /** Adds those of one file. */
  void addAll(List<LogEntry> ofFile) {
    entries.addAll(ofFile);
  }

  /** Counts lines that could not be read. */
  void leaveOut(int lines) {
    linesLeftOut += lines;
  }

  /** How many those were. */
  int linesLeftOut() {
    return linesLeftOut;
  }

  /** Whether some were not kept. */
  boolean isTooMuch() {
    return bytes > MAX_BYTES;
  }

  /** All that were kept, by time; those without one first. */
  List<LogEntry> byTime() {
    entries.sort(Comparator.comparingLong(LogEntry::nanos));
    return entries;
  }
}
