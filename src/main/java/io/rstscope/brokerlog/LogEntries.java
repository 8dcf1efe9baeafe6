package io.rstscope.brokerlog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Entries about connections, as many as there is memory for. */
final class LogEntries {
  /** All are in memory, of which they may take a third. */
  private static final long MAX_BYTES = Runtime.getRuntime().maxMemory() / 3;

  /** What an entry takes besides its text. */
  private static final int OVERHEAD = 64;

  private final List<LogEntry> entries = new ArrayList<>();
  private long bytes;

  /** Keeps an entry if it is of use here: most are of no connection. */
  void add(LogEntry entry) {
    if (!EndingParser.concerns(entry)) {
      return;
    }
    bytes += OVERHEAD + entry.message().length();
    if (!isTooMuch()) {
      entries.add(entry);
    }
  }

  /** Whether some were not kept. */
  boolean isTooMuch() {
    return bytes > MAX_BYTES;
  }

  /** All that were kept, by time. */
  List<LogEntry> byTime() {
    entries.sort(Comparator.comparingLong(LogEntry::nanos));
    return entries;
  }
}
