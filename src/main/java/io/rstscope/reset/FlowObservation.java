package io.rstscope.reset;

import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.flow.FlowEnd;
import io.rstscope.flow.HostPort;
import java.util.List;

/**
 * Everything measured about a flow, once it has left the table.
 *
 * @param startedNanos its first packet, nanoseconds since 1970
 * @param lastNanos its last packet
 * @param observedUntilNanos until when the capture could have shown more of it
 * @param rolesGuessed whether who is client and who is broker is a guess from the port numbers
 * @param history in the letters of Zeek; see the explanation of the field
 * @param longestIdleNanos longest silence after which it went on and was answered
 * @param duplicates packets that were seen again at another point of the capture
 * @param closing its first FIN, or null when there was none
 * @param amqp what AMQP said, or null when no payload was seen
 * @param resets in the order of the capture
 * @param resetsLeftOut further resets, which were too many to keep
 */
public record FlowObservation(
    HostPort client,
    HostPort broker,
    long startedNanos,
    long lastNanos,
    long observedUntilNanos,
    boolean handshakeSeen,
    boolean rolesGuessed,
    String history,
    long longestIdleNanos,
    int duplicates,
    EndpointState clientState,
    EndpointState brokerState,
    Closing closing,
    AmqpSnapshot amqp,
    FlowEnd end,
    List<ResetObservation> resets,
    int resetsLeftOut) {

  /** The client's last state, or the broker's. */
  public EndpointState state(boolean client) {
    return client ? clientState : brokerState;
  }
}
