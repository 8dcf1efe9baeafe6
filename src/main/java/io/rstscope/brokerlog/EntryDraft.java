package io.rstscope.brokerlog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** An entry whose lines are still being found. */
final class EntryDraft {
  /** Reports of crashes are long, and none of our business. */
  static final int MAX_MESSAGE = 4_096;

  private final LinePrefix prefix;

  /** Lines without a prefix just before: they belong to it where the newest come first. */
  private final List<String> before;

  private final List<String> own = new ArrayList<>(2);
  private final List<String> after = new ArrayList<>(2);
  private boolean begun;
  private boolean closed;
  private int length;

  EntryDraft(LinePrefix prefix, List<String> before) {
    this.prefix = prefix;
    this.before = before;
  }

  LinePrefix prefix() {
    return prefix;
  }

  /** Whether the line that says what it is about is there. */
  boolean isBegun() {
    return begun;
  }

  /** A line with the prefix, which is taken off. */
  void own(String line) {
    String text = prefix.isQuoted() ? Quotes.content(line) : line;
    closed |= prefix.isQuoted() && Quotes.isClosed(line);
    add(own, text);
  }

  /** A line without it. */
  void after(String raw) {
    add(after, prefix.strip(raw));
  }

  private void add(List<String> lines, String line) {
    begun |= ConnectionLine.is(line);
    if (length < MAX_MESSAGE) {
      String cut = line.substring(0, Math.min(line.length(), MAX_MESSAGE));
      lines.add(cut);
      length += cut.length() + 1;
    }
  }

  /** Characters that it takes. */
  int length() {
    return length + before.stream().mapToInt(String::length).sum();
  }

  /**
   * The entry as far as its lines were found.
   *
   * @param newestFirst whether the log is written from its end
   */
  LogEntry entry(boolean newestFirst) {
    List<String> lines = new ArrayList<>(own);
    if (!lines.isEmpty() && !ConnectionLine.is(lines.get(0))) {
      Collections.reverse(lines);
    }
    if (lines.size() <= 1 && !closed) {
      lines.addAll(withoutPrefix(newestFirst));
    }
    String message = String.join("\n", lines);
    return new LogEntry(
        prefix.nanos(),
        prefix.pid(),
        prefix.debug(),
        message.substring(0, Math.min(message.length(), MAX_MESSAGE)));
  }

  private List<String> withoutPrefix(boolean newestFirst) {
    List<String> lines = after;
    if (newestFirst) {
      lines = new ArrayList<>(before.stream().map(prefix::strip).toList());
      Collections.reverse(lines);
    }
    return prefix.isQuoted() && !lines.isEmpty()
        ? List.of(Quotes.content(String.join("\n", lines)))
        : lines;
  }
}
