package io.rstscope.brokerlog;

import com.fasterxml.jackson.core.JsonFactory;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the lines of one file together to entries: those of 3.6, which a line of their own begins;
 * text of 3.7 and 3.8, whose further lines have no prefix; text since 3.9, where each line repeats
 * it, so that lines of several processes may alternate; JSON, one object a line. What a transport
 * put round a line, as docker, a container runtime or a journal do, is taken off.
 */
final class EntryReader {
  /** Processes that write at once; the entries of others are whole. */
  private static final int MOST_DRAFTS = 1_024;

  /** Lines of a crash may be thousands. */
  private static final int MOST_BEFORE = 16;

  private static final int MOST_WRAPPINGS = 4;

  /** Of colours on a console (ECMA-48, SGR). */
  private static final Pattern COLOURS = Pattern.compile("\u001b\\[[\\d;]*m");

  /** Kubernetes' log format; P stands for a part of a line, F for its end. */
  private static final Pattern CONTAINER_RUNTIME =
      Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\S+) (?:stdout|stderr) ([FP])(?: |$)");

  private final JsonFactory json = new JsonFactory();
  private final ZoneId zone;
  private final LogEntries entries;
  private final Map<String, EntryDraft> open = new LinkedHashMap<>();
  private final List<EntryDraft> drafts = new ArrayList<>();
  private final List<LogEntry> objects = new ArrayList<>();
  private final StringBuilder partial = new StringBuilder();
  private List<String> leading = new ArrayList<>();
  private EntryDraft last;
  private long previousNanos = -1;
  private int forwards;
  private int backwards;
  private boolean anyLine;
  private boolean understood;
  private boolean anyPid;

  /**
   * @param zone of times without an offset
   * @param entries is given those of the file when it has ended
   */
  EntryReader(ZoneId zone, LogEntries entries) {
    this.zone = zone;
    this.entries = entries;
  }

  void line(String raw) {
    String line = raw.indexOf('\u001b') < 0 ? raw : COLOURS.matcher(raw).replaceAll("");
    anyLine |= !line.isBlank();
    unwrap(line, -1, 0);
  }

  /** Whether there were lines, and none is of a broker's log. */
  boolean isStrange() {
    return anyLine && !understood;
  }

  private void unwrap(String line, long nanos, int depth) {
    Matcher container = CONTAINER_RUNTIME.matcher(line);
    if (container.lookingAt()) {
      partial.append(line, container.end(), line.length());
      if (container.group(2).equals("F") || partial.length() > EntryDraft.MAX_MESSAGE * 4) {
        String text = partial.toString();
        partial.setLength(0);
        unwrap(text, LogTime.nanos(container.group(1), zone), depth + 1);
      }
    } else if (depth > MOST_WRAPPINGS || !object(line, nanos, depth)) {
      text(line, nanos);
    }
  }

  private boolean object(String line, long nanos, int depth) {
    int brace = line.indexOf('{');
    if (brace < 0 || brace > LinePrefix.MAX_BEFORE || isEntry(line.substring(0, brace))) {
      return false;
    }
    boolean quoted = brace > 0 && line.startsWith("\"{\"\"", brace - 1);
    String text = quoted ? Quotes.content(line.substring(brace)) : line.substring(brace);
    JsonLine object = JsonLine.of(json, text);
    if (object == null || object.text() == null) {
      return false;
    }
    long own = object.nanos(zone);
    long time = own < 0 ? nanos : own;
    if (object.isEntry()) {
      entry(object, time);
    } else {
      object.text().lines().forEach(each -> unwrap(each, time, depth + 1));
    }
    return true;
  }

  /** Then the brace is the client's choice, in a name say. */
  private boolean isEntry(String begin) {
    return LinePrefix.of(begin, -1, zone) != null;
  }

  private void entry(JsonLine object, long nanos) {
    understood = true;
    countOrder(nanos);
    String text = object.text();
    String cut = text.substring(0, Math.min(text.length(), EntryDraft.MAX_MESSAGE));
    if (ConnectionLine.is(cut) && entries.reserve(cut.length())) {
      objects.add(new LogEntry(nanos, object.pid(), object.isDebug(), cut));
    }
  }

  private void text(String line, long nanos) {
    LinePrefix report = LinePrefix.ofReport(line, zone);
    if (report != null) {
      begin(report);
      return;
    }
    LinePrefix prefix = LinePrefix.of(line, nanos, zone);
    if (prefix == null || isWords(prefix)) {
      continuation(line);
      return;
    }
    anyPid |= prefix.pid() != null;
    EntryDraft draft = open.get(key(prefix));
    String message = line.substring(prefix.end());
    boolean another =
        draft != null && draft.isBegun() && !prefix.isOfOneEntry() && ConnectionLine.is(message);
    if (draft == null || another || !draft.prefix().text().equals(prefix.text())) {
      draft = begin(prefix);
    }
    draft.own(message);
    last = draft;
  }

  /** Where entries have more in front, a line that looks like one may be a client's words. */
  private boolean isWords(LinePrefix prefix) {
    boolean ofReport = last != null && last.prefix().isOfReport();
    return prefix.pid() == null && (ofReport || anyPid);
  }

  private void continuation(String line) {
    if (last != null && !line.equals("--")) {
      last.after(line);
    }
    if (leading.size() < MOST_BEFORE && line.length() < EntryDraft.MAX_MESSAGE) {
      leading.add(line);
    }
  }

  private EntryDraft begin(LinePrefix prefix) {
    understood = true;
    countOrder(prefix.nanos());
    close(open.remove(key(prefix)));
    if (open.size() >= MOST_DRAFTS) {
      close(open.remove(open.keySet().iterator().next()));
    }
    EntryDraft draft = new EntryDraft(prefix, leading);
    leading = new ArrayList<>(2);
    open.put(key(prefix), draft);
    last = draft;
    return draft;
  }

  private static String key(LinePrefix prefix) {
    return prefix.pid() == null ? "" : prefix.pid();
  }

  private void countOrder(long nanos) {
    if (nanos >= 0 && previousNanos >= 0) {
      forwards += nanos > previousNanos ? 1 : 0;
      backwards += nanos < previousNanos ? 1 : 0;
    }
    previousNanos = nanos;
  }

  private void close(EntryDraft draft) {
    if (draft != null && draft.isBegun() && entries.reserve(draft.length())) {
      drafts.add(draft);
    }
  }

  /** The file has ended: gives its entries. */
  void finish() {
    open.values().forEach(this::close);
    boolean newestFirst = backwards > forwards;
    List<LogEntry> found = new ArrayList<>(objects);
    drafts.forEach(draft -> found.add(draft.entry(newestFirst)));
    if (newestFirst) {
      Collections.reverse(found);
    }
    entries.addAll(found);
  }
}
