package io.rstscope.pairing.proxy;

import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.ClientIdentity;
import io.rstscope.decode.Segment;
import io.rstscope.net.Side;
import io.rstscope.reset.FlowObservation;

/** One side of a proxied connection, as one capture has it. */
final class Leg {
  /** What a client says of itself is the same on both legs; null where it said nothing readable. */
  record Said(ClientIdentity client, String vhost, Integer heartbeat) {}

  private final FlowObservation flow;
  private final LegStream fromClient = new LegStream();
  private final LegStream fromBroker = new LegStream();
  private boolean begun;

  Leg(FlowObservation flow) {
    this.flow = flow;
  }

  FlowObservation flow() {
    return flow;
  }

  LegStream stream(Side from) {
    return from == Side.CLIENT ? fromClient : fromBroker;
  }

  /** Whether a packet of these addresses is of this flow: others may use them before and after. */
  boolean covers(Segment segment) {
    begun = begun || segment.timeNanos == flow.startedNanos();
    return begun && segment.frame <= flow.lastFrame();
  }

  Said said() {
    AmqpSnapshot amqp = flow.amqp();
    return amqp == null || amqp.client().product() == null
        ? null
        : new Said(amqp.client(), amqp.vhost(), amqp.heartbeatSeconds());
  }

  /** Whether its client gave it a name, which others seldom have. */
  boolean isNamed() {
    return flow.amqp() != null && flow.amqp().client().connectionName() != null;
  }

  /** Whether both directions are known from their begin, and carried something. */
  boolean isWhole() {
    return fromClient.isWhole()
        && fromBroker.isWhole()
        && fromClient.bytes() > 0
        && fromBroker.bytes() > 0;
  }
}
