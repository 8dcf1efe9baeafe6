package io.rstscope.brokerlog;

import io.rstscope.flow.HostPort;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the ends of connections among entries, and completes each with what earlier entries said of
 * it.
 *
 * <p>The forms (rabbit_reader.erl of 3.7 to 4.x; before 4.0 each with the process in front):
 *
 * <pre>
 * accepting AMQP connection &lt;0.1.0&gt; (10.0.0.1:40000 -&gt; 10.0.0.2:5672)
 * connection &lt;0.1.0&gt; (… -&gt; … - NAME): user 'guest' authenticated and granted access to vhost '/'
 * closing AMQP connection &lt;0.1.0&gt; (… -&gt; … - NAME, vhost: '/', user: 'guest'):
 * client unexpectedly closed TCP connection
 * Error on AMQP connection &lt;0.1.0&gt; (…, vhost: '/', user: 'guest', state: running), channel 0:
 *  operation none caused a connection exception connection_forced: "…"
 * </pre>
 */
final class EndingParser {
  /** Connections that are open at once, as far as the log tells; the oldest are given up. */
  private static final int MAX_OPEN = 200_000;

  /** Longer names and reasons are cut. */
  private static final int MAX_TEXT = 500;

  private static final String END = "(\\[[0-9a-fA-F:.]+]|[\\d.]+):(\\d{1,5})";

  private static final Pattern CONNECTION =
      Pattern.compile(
          "^(accepting|closing|Error on|connection)\\b(?: AMQP)?(?: 1\\.0)?(?: connection)?"
              + "(?: <[\\d.]+>)? \\(?"
              + END
              + " -> "
              + END
              + "(.*)$");

  private static final Pattern GRANTED =
      Pattern.compile("user '(.*)' authenticated(?: .*)? and granted access to vhost '(.*)'$");

  private final Consumer<LoggedEnding> endings;
  private final Map<String, Open> open =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Open> eldest) {
          return size() > MAX_OPEN;
        }
      };

  /** What is known of a connection that has not ended. */
  private static final class Open {
    private String name;
    private String user;
    private String vhost;
    private boolean failed;
  }

  EndingParser(Consumer<LoggedEnding> endings) {
    this.endings = endings;
  }

  /** Whether the entry may be of use here: most are of no connection. */
  static boolean concerns(LogEntry entry) {
    return CONNECTION.matcher(firstLine(entry)).matches();
  }

  private static String firstLine(LogEntry entry) {
    int end = entry.message().indexOf('\n');
    return end < 0 ? entry.message() : entry.message().substring(0, end);
  }

  void entry(LogEntry entry) {
    String first = firstLine(entry);
    String more = entry.message().substring(first.length());
    Matcher parts = CONNECTION.matcher(first);
    if (!parts.matches()) {
      return;
    }
    HostPort client = LoggedAddress.of(parts.group(2), parts.group(3));
    HostPort broker = LoggedAddress.of(parts.group(4), parts.group(5));
    if (client == null || broker == null) {
      return;
    }
    String key = client + " " + broker;
    switch (parts.group(1)) {
      case "accepting" -> open.put(key, new Open());
      case "connection" -> learn(open.computeIfAbsent(key, any -> new Open()), parts.group(6));
      default -> ended(entry.nanos(), key, client, broker, parts, more);
    }
  }

  private static void learn(Open connection, String tail) {
    int named = tail.indexOf("has a client-provided name: ");
    if (named >= 0) {
      connection.name = text(tail.substring(tail.indexOf(": ", named) + 2));
    }
    Matcher granted = GRANTED.matcher(tail);
    if (granted.find()) {
      connection.user = text(granted.group(1));
      connection.vhost = text(granted.group(2));
    }
  }

  private void ended(
      long nanos, String key, HostPort client, HostPort broker, Matcher parts, String more) {
    Open known = open.remove(key);
    Open connection = known == null ? new Open() : known;
    String tail = parts.group(6);
    boolean isError = parts.group(1).equals("Error on");
    String words = words(tail, more);
    if (isError) {
      connection.failed = true;
      open.put(key, connection);
    } else if (words == null && connection.failed) {
      // the error has been told
      return;
    }
    String vhost = field(tail, "vhost");
    String user = field(tail, "user");
    String name = name(tail);
    endings.accept(
        new LoggedEnding(
            nanos,
            client,
            broker,
            name == null ? connection.name : name,
            vhost == null ? connection.vhost : vhost,
            user == null ? connection.user : user,
            words));
  }

  /** What follows the colon at the end of the first line; null when nothing does. */
  private static String words(String tail, String more) {
    String words = text(more.replaceAll("\\s+", " ").strip());
    return words.isEmpty() ? (tail.endsWith(":") ? "" : null) : words;
  }

  /** The last one of that name: what comes before may be the client's choice. */
  private static String field(String tail, String name) {
    String begin = ", " + name + ": '";
    int from = tail.lastIndexOf(begin);
    int to = from < 0 ? -1 : tail.indexOf('\'', from + begin.length());
    return to < 0 ? null : text(tail.substring(from + begin.length(), to));
  }

  private static String name(String tail) {
    if (!tail.startsWith(" - ")) {
      return null;
    }
    int to = tail.lastIndexOf(", vhost: '");
    if (to < 0) {
      to = tail.lastIndexOf(')');
    }
    return to < 3 ? null : text(tail.substring(3, to));
  }

  private static String text(String text) {
    String cut = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    return cut.replaceAll("\\p{Cntrl}", "\uFFFD");
  }
}
