package io.rstscope.amqp;

import java.util.Objects;

/**
 * Who the client says it is, from its client-properties (0-9-1) or the properties of its open
 * (1.0). Each is null when it was not there, at most 255 characters, free of control characters,
 * and ends with {@code …} when the capture or that limit cut it.
 *
 * @param product such as {@code Pika Python Client Library}
 * @param version the product's
 * @param platform such as {@code Java} or {@code Python 3.11.2}
 * @param connectionName RabbitMQ's {@code connection_name}; for AMQP 1.0 the container id
 */
public record ClientIdentity(
    String product, String version, String platform, String connectionName) {
  /** A client that said nothing of itself. */
  public static final ClientIdentity UNKNOWN = new ClientIdentity(null, null, null, null);

  // By hand, as is that of AmqpSnapshot.
  @Override
  public boolean equals(Object object) {
    return object instanceof ClientIdentity other
        && Objects.equals(connectionName, other.connectionName)
        && Objects.equals(product, other.product)
        && Objects.equals(version, other.version)
        && Objects.equals(platform, other.platform);
  }

  @Override
  public int hashCode() {
    int hash = Objects.hashCode(connectionName) * 31 + Objects.hashCode(product);
    return (hash * 31 + Objects.hashCode(version)) * 31 + Objects.hashCode(platform);
  }

  /** The same, with what another witness adds to what was not said. */
  ClientIdentity orElse(ClientIdentity known) {
    return new ClientIdentity(
        product == null ? known.product : product,
        version == null ? known.version : version,
        platform == null ? known.platform : platform,
        connectionName == null ? known.connectionName : connectionName);
  }

  ClientIdentity shortened() {
    return new ClientIdentity(
        Text.shortened(product),
        Text.shortened(version),
        Text.shortened(platform),
        Text.shortened(connectionName));
  }

  int textLength() {
    return Text.length(product)
        + Text.length(version)
        + Text.length(platform)
        + Text.length(connectionName);
  }
}
