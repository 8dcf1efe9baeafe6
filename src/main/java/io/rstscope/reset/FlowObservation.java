package io.rstscope.reset;

import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.HandshakeStep;
import io.rstscope.flow.FlowEnd;
import io.rstscope.net.HostPort;
import io.rstscope.net.Side;
import io.rstscope.reset.witness.SocketError;
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
 * @param account what the broker itself says of it; never null
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
    int resetsLeftOut,
    BrokerAccount account) {

  /**
   * The same, with what the broker's list says of it: of what the packets said, they are believed.
   *
   * @param known what AMQP said where the packets do not show it
   * @param names what is known from the list alone, as in the JSON report
   */
  public FlowObservation listed(AmqpSnapshot known, String user, List<String> names) {
    return with(
        amqp == null ? known : amqp.orElse(known),
        resets.stream().map(reset -> reset.with(known)).toList(),
        account.with(user, names));
  }

  /** The same, with what the broker's log says of its end. */
  public FlowObservation logged(LoggedEnd logged) {
    return with(amqp, resets, account.with(logged));
  }

  /** The same, with what the kernel told the program of its socket; null when nothing. */
  public FlowObservation reported(SocketError error) {
    return error == null ? this : with(amqp, resets, account.with(error));
  }

  private FlowObservation with(
      AmqpSnapshot said, List<ResetObservation> completed, BrokerAccount told) {
    return new FlowObservation(
        client,
        broker,
        startedNanos,
        lastNanos,
        lastFrame,
        observedUntilNanos,
        handshakeSeen,
        rolesGuessed,
        history,
        longestIdleNanos,
        duplicates,
        clientState,
        brokerState,
        closing,
        clientBeat,
        brokerBeat,
        said,
        channelErrorNanos,
        blockedNanos,
        end,
        completed,
        resetsLeftOut,
        told);
  }

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

  /**
   * The longest silence before its end after which it went on and was answered, nanoseconds; -1
   * when that is not known.
   */
  public long survivedNanos() {
    return isEndedByFin() ? closing.survivedNanos() : longestIdleNanos;
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
    Side asking = asking();
    return asking == null || state(asking.other()).packets() == 0 ? null : state(asking);
  }

  /** The side of which a packet wants an answer, first the one that went on asking; or null. */
  public Side asking() {
    boolean broker = brokerState.pendingWantsAnswer() && !clientState.isUnanswered();
    if (broker || brokerState.isUnanswered()) {
      return Side.BROKER;
    }
    return clientState.pendingWantsAnswer() ? Side.CLIENT : null;
  }

  /**
   * The error by which a kernel ended the connection, since nothing came back, or null. The socket
   * is silent from then on: with IP_RECVERR such an error is reported of one that goes on.
   */
  public SocketError givenUp() {
    SocketError error = account.error();
    if (error == null || !error.isGivingUp()) {
      return null;
    }
    ResetObservation reset = decisiveReset();
    boolean resets = reset != null && reset.from() == error.of();
    EndpointState own = resets ? reset.sender() : state(error.of());
    return own.lastNanos() <= error.nanos() ? error : null;
  }

  /** Whether a side ended the handshake of TLS with an error (RFC 8446, section 6.2). */
  public boolean tlsRefused() {
    return clientBeat.fatalAlert() >= 0 || brokerBeat.fatalAlert() >= 0;
  }

  /** The address and port of a side. */
  public HostPort hostPort(Side side) {
    return side == Side.CLIENT ? client : broker;
  }

  /** The last state of a side. */
  public EndpointState state(Side side) {
    return side == Side.CLIENT ? clientState : brokerState;
  }

  /** The small packets of a side, where no agreed heartbeat was seen. */
  public Beat beat(Side side) {
    return side == Side.CLIENT ? clientBeat : brokerBeat;
  }
}
