package io.rstscope.brokerlog;

import io.rstscope.judge.context.ProxiedClient;
import io.rstscope.net.HostPort;
import io.rstscope.reset.FlowObservation;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the logged ends that a flow may have had: by the client's address and port, behind PROXY
 * protocol by the real client's. Where the log has names of hosts, which are not looked up, by both
 * ports.
 */
final class EndingIndex {
  private final Map<InetSocketAddress, List<LoggedEnding>> byClient = new HashMap<>();
  private final Map<Integer, List<LoggedEnding>> byPorts = new HashMap<>();

  EndingIndex(List<LoggedEnding> endings) {
    for (LoggedEnding ending : endings) {
      if (isByPorts(ending)) {
        int ports = ports(ending.client(), ending.broker());
        byPorts.computeIfAbsent(ports, any -> new ArrayList<>(1)).add(ending);
      } else {
        InetSocketAddress client = LoggedAddress.key(ending.client());
        byClient.computeIfAbsent(client, any -> new ArrayList<>(1)).add(ending);
      }
    }
  }

  /** Whether the end of that flow can only be found by its ports. */
  static boolean isByPorts(LoggedEnding ending) {
    return LoggedAddress.isName(ending.client());
  }

  List<LoggedEnding> candidates(FlowObservation flow) {
    List<LoggedEnding> direct = candidates(flow.client(), flow.broker());
    HostPort proxied = ProxiedClient.of(flow.amqp());
    return proxied == null || !direct.isEmpty() ? direct : candidates(proxied, flow.broker());
  }

  /** The same by the ends alone. */
  List<LoggedEnding> candidates(HostPort client, HostPort broker) {
    List<LoggedEnding> addressed = byClient.getOrDefault(LoggedAddress.key(client), List.of());
    return addressed.isEmpty() ? byPorts.getOrDefault(ports(client, broker), List.of()) : addressed;
  }

  private static int ports(HostPort client, HostPort broker) {
    return client.port() << 16 | broker.port();
  }
}
