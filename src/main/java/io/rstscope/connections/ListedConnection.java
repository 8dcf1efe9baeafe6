package io.rstscope.connections;

import io.rstscope.amqp.AmqpSnapshot;
import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * A connection in the broker's list.
 *
 * @param client the client's end as the broker sees it: behind PROXY protocol the proxied client's
 * @param broker the broker's end, or null when the list does not say it
 * @param connectedNanos when it was opened, by the broker's clock, ns since 1970; -1 when the list
 *     does not say it
 * @param user who had logged in, or null
 * @param known what AMQP had agreed; never null
 */
record ListedConnection(
    InetSocketAddress client,
    InetSocketAddress broker,
    long connectedNanos,
    String user,
    AmqpSnapshot known) {
  /** Whether it is the same connection, which may have another state by now. */
  boolean isSame(ListedConnection other) {
    return connectedNanos == other.connectedNanos
        && client.equals(other.client)
        && Objects.equals(broker, other.broker);
  }
}
