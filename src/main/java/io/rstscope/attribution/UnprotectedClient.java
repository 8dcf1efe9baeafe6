package io.rstscope.attribution;

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
    int connections) {}
