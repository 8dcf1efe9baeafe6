package io.rstscope.report;

import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.ClientIdentity;
import io.rstscope.flow.HostPort;
import io.rstscope.judge.context.ProxiedClient;
import java.util.ArrayList;
import java.util.List;

/** Who the client says it is, and what was agreed with it, in a line. */
final class IdentityText {
  private IdentityText() {}

  /** Empty when nothing is known. */
  static String describe(AmqpSnapshot amqp) {
    if (amqp == null) {
      return "";
    }
    List<String> parts = new ArrayList<>();
    ClientIdentity client = amqp.client();
    if (client.product() != null) {
      parts.add(client.product() + (client.version() == null ? "" : " " + client.version()));
    }
    if (client.connectionName() != null) {
      parts.add("\"" + client.connectionName() + "\"");
    }
    if (amqp.vhost() != null) {
      parts.add("vhost " + amqp.vhost());
    }
    if (amqp.heartbeatSeconds() != null) {
      parts.add(
          amqp.heartbeatSeconds() == 0
              ? "heartbeats off"
              : "heartbeat " + amqp.heartbeatSeconds() + " s");
    }
    HostPort proxied = ProxiedClient.of(amqp);
    if (proxied != null) {
      parts.add("for " + proxied.address() + " behind a proxy");
    }
    return String.join(", ", parts);
  }
}
