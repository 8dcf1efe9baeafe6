package io.rstscope.brokerlog;

import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before the message in the first line of an entry, and since 3.9 in each of its lines.
 *
 * @param text the same for all lines of an entry
 * @param before what a transport put before it: a journal, a container runtime, grep
 * @param nanos when the entry was written, ns since 1970, or -1
 * @param pid process that wrote it, or null
 * @param debug whether its level is debug
 * @param end where the message begins
 */
record LinePrefix(String text, String before, long nanos, String pid, boolean debug, int end) {
  /** Where it begins at the latest. */
  static final int MAX_BEFORE = 160;

  private static final int MAX_PREFIX = MAX_BEFORE + 80;

  private static final String MOMENT =
      "\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?(?:Z|[+-]\\d\\d:\\d\\d)?";

  private static final Pattern TIME = Pattern.compile(MOMENT);

  private static final Pattern PREFIX =
      Pattern.compile("(?:(" + MOMENT + "|\\d{10,16}) )?\\[(\\w+)] (<[\\d.]+>)[ ]?");

  private static final Pattern MICROSECONDS =
      Pattern.compile("\\d{16} |\\S+[ T]\\S+\\.\\d{6}(?:Z|[+-]\\d\\d:\\d\\d) ");

  /** The line of its own above each entry, up to 3.6. */
  private static final Pattern REPORT =
      Pattern.compile("=(\\w+) REPORT==== (\\d{1,2}-\\w{3}-\\d{4}::[\\d:.]+) ===");

  /**
   * The prefix of a line, or null when it has none.
   *
   * @param transported when a transport took the line, ns since 1970, or -1
   */
  static LinePrefix of(String line, long transported, ZoneId zone) {
    Matcher found = PREFIX.matcher(line).region(0, Math.min(line.length(), MAX_PREFIX));
    if (found.find()) {
      String before = line.substring(0, found.start());
      long nanos = found.group(1) == null ? -1 : LogTime.nanos(found.group(1), zone);
      return new LinePrefix(
          found.group(),
          before,
          nanos < 0 ? transported(before, transported, zone) : nanos,
          found.group(3),
          found.group(2).equals("debug"),
          found.end());
    }
    int begin = ConnectionLine.find(line, MAX_BEFORE);
    if (begin < 0) {
      return null;
    }
    String before = line.substring(0, begin);
    long nanos = transported(before, transported, zone);
    return new LinePrefix(before, before, nanos, null, before.contains("debug"), begin);
  }

  /** The header of an entry up to 3.6, or null when the line is none. */
  static LinePrefix ofReport(String line, ZoneId zone) {
    Matcher found = REPORT.matcher(line).region(0, Math.min(line.length(), MAX_PREFIX));
    return found.find()
        ? new LinePrefix(
            found.group(),
            line.substring(0, found.start()),
            LogTime.ofReport(found.group(2), zone),
            null,
            false,
            line.length())
        : null;
  }

  private static long transported(String before, long transported, ZoneId zone) {
    Matcher time = TIME.matcher(before);
    return time.find() ? LogTime.nanos(time.group(), zone) : transported;
  }

  /**
   * Whether no other entry of the process has it: since 3.9 times are of microseconds, and each
   * line of an entry has the prefix, also those that a client chose.
   */
  boolean isOfOneEntry() {
    return pid != null && MICROSECONDS.matcher(text).lookingAt();
  }

  /** Whether it is the line above an entry, whose lines have no prefix, up to 3.6. */
  boolean isOfReport() {
    return text.startsWith("=");
  }

  /** Whether the message is a field of CSV, in quotes. */
  boolean isQuoted() {
    return before.endsWith("\"");
  }

  /** A further line without what the transport put before it, too: alike but for its numbers. */
  String strip(String line) {
    int at = 0;
    for (int i = 0; i < before.length(); i++) {
      char expected = before.charAt(i);
      int digits = digits(line, at);
      if (Character.isDigit(expected) && digits > 0) {
        at += digits;
        i += digits(before, i) - 1;
      } else if (at < line.length() && line.charAt(at) == expected) {
        at++;
      } else {
        return line;
      }
    }
    return line.substring(at);
  }

  private static int digits(String text, int from) {
    int to = from;
    while (to < text.length() && Character.isDigit(text.charAt(to))) {
      to++;
    }
    return to - from;
  }
}
