package io.rstscope.brokerlog;

import io.rstscope.net.HostPort;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first line of an entry about a connection, in parts.
 *
 * @param verb how it begins: accepting, closing, Error on, Channel error on, connection
 * @param pid the connection's process, or null where the line does not name it
 * @param client the client's end
 * @param broker the broker's end
 * @param tail what follows the two ends
 */
record ConnectionLine(String verb, String pid, HostPort client, HostPort broker, String tail) {
  /** Two names of hosts, of 255 characters at most, and what stands before them. */
  private static final int MAX_ENDS = 600;

  private static final String END =
      "(\\[[0-9a-fA-F:.]+]|[\\d.]+|(?=[\\w.-]*[A-Za-z])[\\w.-]+):(\\d{1,5})";

  private static final Pattern CONNECTION =
      Pattern.compile(
          "\\b(accepting|closing|Channel error on|Error on|[Cc]onnection)\\b"
              + "(?: AMQP)?(?: 1\\.0)?(?: connection)?(?: (<[\\d.]+>))? \\(?"
              + END
              + " -> "
              + END
              + "(.*)");

  private static final Pattern CONTAINER =
      Pattern.compile("Connection from AMQP 1\\.0 container '.*': user '.*");

  private static final Pattern ERROR_10 =
      Pattern.compile("Error on AMQP 1\\.0 connection <[\\d.]+> \\(\\w+\\), channel number \\d+:");

  /** Null when the line is none, or names no two ends. */
  static ConnectionLine of(String line) {
    Matcher parts = CONNECTION.matcher(line);
    if (!parts.lookingAt()) {
      return null;
    }
    HostPort client = LoggedAddress.of(parts.group(3), parts.group(4));
    HostPort broker = LoggedAddress.of(parts.group(5), parts.group(6));
    return client == null || broker == null
        ? null
        : new ConnectionLine(parts.group(1), parts.group(2), client, broker, parts.group(7));
  }

  /** Where in a line one begins, at most so far; -1 when none does. */
  static int find(String line, int most) {
    Matcher parts = CONNECTION.matcher(line).region(0, Math.min(line.length(), most + MAX_ENDS));
    return parts.find() && parts.start() <= most ? parts.start() : -1;
  }

  /** Whether an entry that matters here begins with the line. */
  static boolean is(String line) {
    return CONNECTION.matcher(line).lookingAt() || isOfContainer(line) || isError10(line);
  }

  /** Whether the line says who logged in by AMQP 1.0, where it names no ends. */
  static boolean isOfContainer(String line) {
    return CONTAINER.matcher(line).lookingAt();
  }

  /** Whether the line begins an error of AMQP 1.0 since 4.0, where it names the process alone. */
  static boolean isError10(String line) {
    return ERROR_10.matcher(line).lookingAt();
  }
}
