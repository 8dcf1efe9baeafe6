package io.rstscope.judge.advice;

import java.util.Objects;

/**
 * A program whose heartbeats could not keep its connections alive: they were off, or longer than
 * the idle timer of the path.
 *
 * @param address of the client's host; behind a proxy that names it, the real client's
 * @param product what the client says it is, or null; as are the next two
 * @param connectionName that the client gave its connections
 * @param heartbeatSeconds agreed heartbeat, s; 0 for off; null when the handshake was not captured:
 *     then the silence itself shows that no heartbeats were sent
 * @param connections how many of them were lost
 */
public record UnprotectedClient(
    String address,
    String product,
    String version,
    String connectionName,
    Integer heartbeatSeconds,
    int connections) {
  // By hand: those of a record take 5 ms at their first use (native-notes/memory.md).
  @Override
  public boolean equals(Object other) {
    return other instanceof UnprotectedClient that
        && address.equals(that.address)
        && Objects.equals(product, that.product)
        && Objects.equals(version, that.version)
        && Objects.equals(connectionName, that.connectionName)
        && Objects.equals(heartbeatSeconds, that.heartbeatSeconds)
        && connections == that.connections;
  }

  @Override
  public int hashCode() {
    int hash = 31 * address.hashCode() + Objects.hashCode(product);
    hash = 31 * hash + Objects.hashCode(version);
    hash = 31 * hash + Objects.hashCode(connectionName);
    return 31 * (31 * hash + Objects.hashCode(heartbeatSeconds)) + connections;
  }
}
