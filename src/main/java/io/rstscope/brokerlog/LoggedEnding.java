package io.rstscope.brokerlog;

import io.rstscope.flow.HostPort;

/**
 * What the broker's log says of the end of a connection. Names and words are free of control
 * characters.
 *
 * @param nanos when it was logged, by the broker's clock, ns since 1970
 * @param client the client's end as the broker saw it: behind PROXY protocol the proxied client's
 * @param broker the broker's
 * @param connectionName name that the client gave the connection, or null
 * @param vhost virtual host, or null
 * @param user who had logged in, or null
 * @param words the reason in the broker's words; null when the connection was closed as it should
 */
public record LoggedEnding(
    long nanos,
    HostPort client,
    HostPort broker,
    String connectionName,
    String vhost,
    String user,
    String words) {
  /** Whether the broker took it for a loss. */
  public boolean isLoss() {
    return words != null;
  }
}
