package io.rstscope.connections;

import io.rstscope.amqp.AmqpProtocol;
import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.ClientIdentity;
import java.util.ArrayList;
import java.util.List;

/** What is known of a connection from the list alone, by the names of the JSON report. */
final class Gains {
  private final List<String> names = new ArrayList<>();

  private Gains() {}

  /**
   * The names, to which more may be added.
   *
   * @param seen what the packets said, or null
   */
  static List<String> of(AmqpSnapshot seen, AmqpSnapshot known) {
    AmqpSnapshot packets = seen == null ? nothing() : seen;
    Gains gains = new Gains();
    gains.add(
        "protocol",
        packets.protocol() == AmqpProtocol.NONE ? null : packets.protocol(),
        known.protocol() == AmqpProtocol.NONE ? null : known.protocol());
    gains.add("heartbeat_s", packets.heartbeatSeconds(), known.heartbeatSeconds());
    gains.add("vhost", packets.vhost(), known.vhost());
    ClientIdentity said = packets.client();
    gains.add("product", said.product(), known.client().product());
    gains.add("version", said.version(), known.client().version());
    gains.add("platform", said.platform(), known.client().platform());
    gains.add("connection_name", said.connectionName(), known.client().connectionName());
    return gains.names;
  }

  private static AmqpSnapshot nothing() {
    return AmqpSnapshot.known(AmqpProtocol.NONE, false, null, null, ClientIdentity.UNKNOWN);
  }

  private void add(String name, Object seen, Object known) {
    if (seen == null && known != null) {
      names.add(name);
    }
  }
}
