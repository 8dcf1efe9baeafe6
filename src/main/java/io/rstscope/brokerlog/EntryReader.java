package io.rstscope.brokerlog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.ZoneId;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts lines together to entries: text of 3.7 and 3.8, whose further lines have no prefix; text
 * since 3.9, where each line repeats it; JSON, one object a line. What comes before the time, such
 * as the prefix of a journal, is passed over.
 */
final class EntryReader {
  /** Reports of crashes are long, and none of our business. */
  private static final int MAX_MESSAGE = 4_096;

  private static final Pattern PREFIX =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?(?:Z|[+-]\\d\\d:\\d\\d)?)"
              + " \\[\\w+] <[\\d.]+>[ ]?");

  /** Where the time begins at the latest. */
  private static final int MAX_BEFORE = 120;

  /** Of colours on a console (ECMA-48, SGR). */
  private static final Pattern COLOURS = Pattern.compile("\u001b\\[[\\d;]*m");

  private final JsonFactory json = new JsonFactory();
  private final ZoneId zone;
  private final Consumer<LogEntry> entries;
  private String prefix;
  private long nanos;
  private final StringBuilder message = new StringBuilder();

  /**
   * @param zone of times without an offset
   * @param entries is given each entry when it is whole
   */
  EntryReader(ZoneId zone, Consumer<LogEntry> entries) {
    this.zone = zone;
    this.entries = entries;
  }

  void line(String raw) {
    String line = raw.indexOf('\u001b') < 0 ? raw : COLOURS.matcher(raw).replaceAll("");
    if (line.startsWith("{") && object(line)) {
      return;
    }
    Matcher found = PREFIX.matcher(line);
    found.region(0, Math.min(line.length(), MAX_BEFORE + 64));
    if (found.find()) {
      begin(found.group(), found);
      append(line.substring(found.end()));
    } else if (prefix != null) {
      append("\n" + line);
    }
  }

  private void begin(String found, Matcher parts) {
    if (found.equals(prefix)) {
      append("\n");
      return;
    }
    finish();
    nanos = LogTime.nanos(parts.group(1), zone);
    prefix = nanos < 0 ? null : found;
  }

  private void append(String text) {
    int room = MAX_MESSAGE - message.length();
    message.append(text, 0, Math.min(room, text.length()));
  }

  /** The log has ended: gives the last entry. */
  void finish() {
    if (prefix != null) {
      entries.accept(new LogEntry(nanos, message.toString()));
    }
    prefix = null;
    message.setLength(0);
  }

  private boolean object(String line) {
    long time = -1;
    String text = null;
    try (JsonParser parser = json.createParser(line)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("time")) {
          time =
              value == JsonToken.VALUE_STRING
                  ? LogTime.nanos(parser.getText(), zone)
                  : LogTime.nanos(parser.getValueAsDouble(-1));
        } else if (name.equals("msg")) {
          text = parser.getValueAsString();
        } else {
          parser.skipChildren();
        }
      }
    } catch (IOException e) {
      return false;
    }
    if (time < 0 || text == null) {
      return false;
    }
    finish();
    String cut = text.substring(0, Math.min(text.length(), MAX_MESSAGE));
    entries.accept(new LogEntry(time, cut));
    return true;
  }
}
