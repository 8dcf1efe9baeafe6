package io.rstscope.brokerlog;

import io.rstscope.net.HostPort;
import io.rstscope.reset.LoggedEnd;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the broker's log says of the end of a connection. Names and words are free of control
 * characters.
 *
 * @param nanos when it was logged, by the broker's clock, ns since 1970; -1 when the log has no
 *     times
 * @param client the client's end as the broker saw it: behind PROXY protocol the proxied client's;
 *     with the name of its host where the broker looks names up
 * @param broker the broker's
 * @param connectionName name that the client gave the connection, or null
 * @param vhost virtual host, or null
 * @param user who had logged in, or null
 * @param words the reason in the broker's words; null when the connection was closed as it should
 * @param channelError why a channel was closed just before, in the broker's words, or null
 * @param probe whether the broker logs it for debugging only, as it does with health checks
 */
public record LoggedEnding(
    long nanos,
    HostPort client,
    HostPort broker,
    String connectionName,
    String vhost,
    String user,
    String words,
    String channelError,
    boolean probe) {
  /** As rabbit_reader.erl and rabbit_amqp_reader.erl write them. */
  private static final Map<Pattern, LoggedEnd> KNOWN_WORDS =
      Map.of(
          Pattern.compile("client unexpectedly closed TCP connection"), LoggedEnd.CLIENT_LEFT,
          Pattern.compile("missed heartbeats from client"), LoggedEnd.HEARTBEATS_MISSED,
          Pattern.compile("no frame received from client within idle timeout threshold"),
              LoggedEnd.HEARTBEATS_MISSED,
          Pattern.compile("\\{writer,send_failed,(\\{error,)?timeout"), LoggedEnd.SEND_TIMED_OUT);

  /** Whether the broker took it for a loss. */
  public boolean isLoss() {
    return words != null && !probe;
  }

  /**
   * Whether the login was refused, which the broker logs when it has let the client wait for 3 s.
   */
  boolean isLate() {
    return words != null && words.contains("login refused");
  }

  /** What follows from it. */
  public LoggedEnd end() {
    if (probe) {
      return LoggedEnd.UNKNOWN;
    }
    if (words == null) {
      return LoggedEnd.CLOSED;
    }
    return KNOWN_WORDS.entrySet().stream()
        .filter(each -> each.getKey().matcher(words).lookingAt())
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(LoggedEnd.FAILED);
  }

  /** All that the broker said of why, the cause first; null when it was closed as it should. */
  public String reason() {
    return words == null || channelError == null ? words : channelError + "; then " + words;
  }
}
