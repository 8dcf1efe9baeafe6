package io.rstscope.brokerlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;

/** Reads a log of the broker, text or JSON. */
public final class BrokerLogTarget {
  private static final int LONGEST_TEXT = 501;

  private BrokerLogTarget() {}

  /** Takes the file, not compressed. */
  public static void fuzzerTestOneInput(byte[] file) throws IOException {
    LogEntries log = new LogEntries();
    BrokerLog.read(new ByteArrayInputStream(file), ZoneOffset.UTC, log);
    List<LogEntry> entries = log.byTime();
    for (LogEntry entry : entries) {
      assertTrue(entry.nanos() >= -1 && entry.message().length() <= 4_096);
    }
    List<LoggedEnding> endings = BrokerLog.endings(entries);
    assertTrue(endings.size() <= entries.size());
    long before = -1;
    for (LoggedEnding ending : endings) {
      assertTrue(ending.nanos() >= before, "by time");
      before = ending.nanos();
      assertNotNull(LoggedAddress.key(ending.client()));
      assertNotNull(LoggedAddress.key(ending.broker()));
      assertPrintable(ending.connectionName());
      assertPrintable(ending.vhost());
      assertPrintable(ending.user());
      assertPrintable(ending.words());
      assertPrintable(ending.channelError());
    }
  }

  private static void assertPrintable(String text) {
    if (text != null) {
      assertTrue(text.length() <= LONGEST_TEXT, text);
      assertEquals(-1, text.chars().filter(Character::isISOControl).findFirst().orElse(-1), text);
    }
  }
}
