package io.rstscope.reset;

import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.HandshakeStep;
import io.rstscope.flow.FlowEnd;
import io.rstscope.flow.HostPort;
import java.util.List;

/**
 * Everything measured about a flow, once it has left the table.
 *
 * @param startedNanos its first packet, nanoseconds since 1970
 * @param lastNanos its last packet; before the first where the clock was set back
 * @param lastFrame number of that packet
 * @param observedUntilNanos until when the capture could have shown more of it
 * @param rolesGuessed whether who is client and who is broker is a guess from the port numbers
 * @param history in the letters of Zeek; see the explanation of the field
 * @param longestIdleNanos longest silence after which it went on and was answered
 * @param duplicates packets that were seen again at another point of the capture
 * @param closing its first FIN, or null when there was none
 * @param clientBeat the client's small packets, where no agreed heartbeat was seen
 * @param brokerBeat the broker's
 * @param amqp what AMQP said, or null when no payload was seen
 * @param channelErrorNanos when a channel was last closed with an error, ns since 1970, or 0
 * @param blockedNanos when the broker last blocked the client from publishing, ns since 1970, or 0
 * @param resets in the order of the capture
 * @param resetsLeftOut further resets, which were too many to keep
 */
public record FlowObservation(
    HostPort client,
    HostPort broker,
    long startedNanos,
    long lastNanos,
    long lastFrame,
    long observedUntilNanos,
    boolean handshakeSeen,
    boolean rolesGuessed,
    String history,
    long longestIdleNanos,
    int duplicates,
    EndpointState clientState,
    EndpointState brokerState,
    Closing closing,
    Beat clientBeat,
    Beat brokerBeat,
    AmqpSnapshot amqp,
    long channelErrorNanos,
    long blockedNanos,
    FlowEnd end,
    List<ResetObservation> resets,
    int resetsLeftOut) {

  /** How far the handshake of AMQP had come at the first FIN; at the end when there was none. */
  public HandshakeStep stepReached() {
    AmqpSnapshot then = closing == null ? amqp : closing.amqp();
    return then == null ? HandshakeStep.NONE : then.handshakeStep();
  }

  /** The reset that ended the connection or answered its end, or null when none did. */
  public ResetObservation decisiveReset() {
    int place = placeOfDecisive();
    return place < 0 ? null : resets.get(place);
  }

  /** Where that reset is among {@link #resets}, or -1. */
  public int placeOfDecisive() {
    for (int i = 0; i < resets.size(); i++) {
      if (resets.get(i).role() != Role.IGNORED) {
        return i;
      }
    }
    return -1;
  }

  /** Whether a packet with payload of either side was captured. */
  public boolean hasPayload() {
    return clientState.lastPayloadNanos() != 0 || brokerState.lastPayloadNanos() != 0;
  }

  /**
   * When the connection was lost, ns since 1970: at the FIN or reset that ended it; where none
   * came, when the first packet was sent that nobody answered; else at the last packet.
   */
  public long endNanos() {
    if (isEndedByFin()) {
      return closing.nanos();
    }
    ResetObservation reset = decisiveReset();
    if (reset != null) {
      return reset.packet().timeNanos();
    }
    EndpointState asking = askingInVain();
    return asking == null ? lastNanos : asking.pendingNanos();
  }

  /** Number of the packet whose time is {@link #endNanos}. */
  public long endFrame() {
    if (isEndedByFin()) {
      return closing.frame();
    }
    ResetObservation reset = decisiveReset();
    if (reset != null) {
      return reset.packet().frame();
    }
    EndpointState asking = askingInVain();
    return asking == null ? lastFrame : asking.pendingFrame();
  }

  /** Whether a FIN ended it: a reset that came later only clears away what was left. */
  public boolean isEndedByFin() {
    ResetObservation reset = decisiveReset();
    return closing != null
        && (reset == null
            || reset.role() == Role.ANSWERS_CLOSE
            || closing.nanos() <= reset.packet().timeNanos());
  }

  /** Who asked for an answer that it had had before; of one direction alone nothing is known. */
  private EndpointState askingInVain() {
    EndpointState asking = asking();
    EndpointState other = asking == clientState ? brokerState : clientState;
    return asking == null || other.packets() == 0 ? null : asking;
  }

  /** The side of which a packet wants an answer, first the one that went on asking; or null. */
  public EndpointState asking() {
    boolean broker = brokerState.pendingWantsAnswer() && !clientState.isUnanswered();
    if (broker || brokerState.isUnanswered()) {
      return brokerState;
    }
    return clientState.pendingWantsAnswer() ? clientState : null;
  }

  /** The client's last state, or the broker's. */
  public EndpointState state(boolean client) {
    return client ? clientState : brokerState;
  }
}
