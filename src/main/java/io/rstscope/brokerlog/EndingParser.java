package io.rstscope.brokerlog;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the ends of connections among entries, and completes each with what earlier entries said of
 * it.
 *
 * <p>The forms (rabbit_reader.erl and rabbit_amqp_reader.erl of 3.6 to 4.x; since 4.0 without the
 * process):
 *
 * <pre>
 * accepting AMQP connection &lt;0.1.0&gt; (10.0.0.1:40000 -&gt; 10.0.0.2:5672)
 * connection &lt;0.1.0&gt; (… -&gt; … - NAME): user 'guest' authenticated and granted access to vhost '/'
 * Connection from AMQP 1.0 container 'ID': user 'guest' authenticated … to vhost '/'
 * Channel error on connection &lt;0.1.0&gt; (… -&gt; …, vhost: '/', user: 'guest'), channel 1:
 * operation none caused a channel exception precondition_failed: …
 * closing AMQP connection &lt;0.1.0&gt; (… -&gt; … - NAME, vhost: '/', user: 'guest', duration: '16s'):
 * client unexpectedly closed TCP connection
 * Error on AMQP connection &lt;0.1.0&gt; (…, vhost: '/', user: 'guest', state: running), channel 0:
 *  operation none caused a connection exception connection_forced: "…"
 * Error on AMQP 1.0 connection &lt;0.1.0&gt; (running), channel number 0:
 * &lt;&lt;"no frame received from client within idle timeout threshold"&gt;&gt;
 * </pre>
 */
final class EndingParser {
  /** Connections that are open at once, as far as the log tells; the oldest are given up. */
  private static final int MAX_OPEN = 200_000;

  /** Longer names and reasons are cut. */
  private static final int MAX_TEXT = 500;

  /** A program that fails on a channel's error does so soon. */
  private static final long LEAVES_NANOS = 10_000_000_000L;

  private static final Pattern GRANTED =
      Pattern.compile("user '(.*)' authenticated(?: .*)? and granted access to vhost '(.*)'$");

  /** The name is the client's choice, and may imitate what follows it. */
  private static final Pattern NAMED =
      Pattern.compile(
          " - (.*?)(?:, vhost: '[^']*')?(?:, user: '[^']*')?(?:, duration: '[^']*')?"
              + "(?:, state: \\w+)?\\)[^)]*");

  /** Controls and what reorders text, which could steer a terminal. */
  private static final Pattern STEERING = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

  private final Consumer<LoggedEnding> endings;
  private final Map<String, Open> openByEnds = new Bounded();
  private final Map<String, Open> openByPid = new Bounded();

  private static final class Bounded extends LinkedHashMap<String, Open> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Open> eldest) {
      return size() > MAX_OPEN;
    }
  }

  /** What is known of a connection that has not ended. */
  private static final class Open {
    private String name;
    private String user;
    private String vhost;
    private boolean failed;
    private String error;
    private String channelError;
    private long channelErrorNanos;
  }

  EndingParser(Consumer<LoggedEnding> endings) {
    this.endings = endings;
  }

  void entry(LogEntry entry) {
    int end = entry.message().indexOf('\n');
    String first = end < 0 ? entry.message() : entry.message().substring(0, end);
    String more = entry.message().substring(first.length());
    ConnectionLine line = ConnectionLine.of(first);
    if (line != null) {
      connection(entry, line, more);
    } else if (entry.pid() != null && ConnectionLine.isOfContainer(first)) {
      learn(openByPid.computeIfAbsent(entry.pid(), any -> new Open()), first);
    } else if (entry.pid() != null && ConnectionLine.isError10(first)) {
      openByPid.computeIfAbsent(entry.pid(), any -> new Open()).error =
          unquoted(words(first, more));
    }
  }

  private void connection(LogEntry entry, ConnectionLine line, String more) {
    switch (line.verb()) {
      case "accepting" -> accepted(entry, line);
      case "closing", "Error on" -> ended(entry, line, words(line.tail(), more));
      case "Channel error on" -> {
        Open connection = open(entry, line);
        connection.channelError = words(line.tail(), more);
        connection.channelErrorNanos = entry.nanos();
      }
      default -> learn(open(entry, line), line.tail());
    }
  }

  private void accepted(LogEntry entry, ConnectionLine line) {
    Open connection = new Open();
    openByEnds.put(ends(line), connection);
    if (pid(entry, line) != null) {
      openByPid.put(pid(entry, line), connection);
    }
  }

  private Open open(LogEntry entry, ConnectionLine line) {
    Open known = openByEnds.get(ends(line));
    if (known == null) {
      known = openByPid.getOrDefault(pid(entry, line), new Open());
      openByEnds.put(ends(line), known);
    }
    return known;
  }

  private static String ends(ConnectionLine line) {
    return line.client() + " " + line.broker();
  }

  private static String pid(LogEntry entry, ConnectionLine line) {
    return line.pid() == null ? entry.pid() : line.pid();
  }

  private static void learn(Open connection, String tail) {
    int named = tail.indexOf("has a client-provided name: ");
    if (named >= 0) {
      connection.name = text(tail.substring(tail.indexOf(": ", named) + 2));
    } else if (name(tail) != null) {
      connection.name = name(tail);
    }
    Matcher granted = GRANTED.matcher(tail);
    if (granted.find()) {
      connection.user = text(granted.group(1));
      connection.vhost = text(granted.group(2));
    }
  }

  private void ended(LogEntry entry, ConnectionLine line, String words) {
    Open connection = open(entry, line);
    openByEnds.remove(ends(line));
    openByPid.remove(String.valueOf(pid(entry, line)));
    if (line.verb().equals("Error on")) {
      connection.failed = true;
      openByEnds.put(ends(line), connection);
    } else if (words == null && connection.failed) {
      // the error has been told
      return;
    }
    endings.accept(ending(entry, line, orElse(words, connection.error), connection));
  }

  private static LoggedEnding ending(
      LogEntry entry, ConnectionLine line, String words, Open connection) {
    boolean left = entry.nanos() - connection.channelErrorNanos <= LEAVES_NANOS;
    return new LoggedEnding(
        entry.nanos(),
        line.client(),
        line.broker(),
        orElse(name(line.tail()), connection.name),
        orElse(field(line.tail(), "vhost"), connection.vhost),
        orElse(field(line.tail(), "user"), connection.user),
        words,
        left ? connection.channelError : null,
        entry.debug());
  }

  private static String orElse(String said, String known) {
    return said == null ? known : said;
  }

  /** What follows the colon at the end of the first line; null when nothing does. */
  private static String words(String tail, String more) {
    String words = text(more.replaceAll("\\s+", " ").strip());
    return words.isEmpty() ? (tail.endsWith(":") ? "" : null) : words;
  }

  /** What an Erlang binary holds; other words as they are. */
  private static String unquoted(String words) {
    boolean binary = words.startsWith("<<\"") && words.endsWith("\">>") && words.length() >= 6;
    return binary ? words.substring(3, words.length() - 3).replace("\\\"", "\"") : words;
  }

  /** The last one of that name: what comes before may be the client's choice. */
  private static String field(String tail, String name) {
    String begin = ", " + name + ": '";
    int from = tail.lastIndexOf(begin);
    int to = from < 0 ? -1 : tail.indexOf('\'', from + begin.length());
    return to < 0 ? null : text(tail.substring(from + begin.length(), to));
  }

  private static String name(String tail) {
    Matcher named = NAMED.matcher(tail);
    return named.matches() ? text(named.group(1)) : null;
  }

  private static String text(String text) {
    String cut = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    return STEERING.matcher(cut).replaceAll("\uFFFD");
  }
}
