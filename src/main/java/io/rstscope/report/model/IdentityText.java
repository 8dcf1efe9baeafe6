package io.rstscope.report.model;

import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.ClientIdentity;
import io.rstscope.judge.context.ProxiedClient;
import io.rstscope.net.HostPort;
import io.rstscope.reset.FlowObservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Who the client says it is, and what was agreed with it, in a line. */
public final class IdentityText {
  private static final Set<String> OF_THE_CLIENT = Set.of("product", "heartbeat_s");

  private IdentityText() {}

  /** Whether the broker's list says who the client is, and the packets do not. */
  private static boolean isListed(FlowObservation flow) {
    return flow.account().listed().stream().anyMatch(OF_THE_CLIENT::contains)
        || flow.account().user() != null && flow.amqp().client().product() == null;
  }

  /** Empty when nothing is known. */
  public static String describe(FlowObservation flow) {
    AmqpSnapshot amqp = flow.amqp();
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
    if (flow.account().user() != null) {
      parts.add("user " + flow.account().user());
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
    return (isListed(flow) ? "listed as " : "") + String.join(", ", parts);
  }
}
