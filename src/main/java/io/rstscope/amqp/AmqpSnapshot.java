package io.rstscope.amqp;

import io.rstscope.net.Side;
import java.util.Objects;

/**
 * All that a connection said of itself until the snapshot was taken.
 *
 * @param protocol what its bytes are
 * @param state how far it has come
 * @param handshakeStep the last step of the handshake that was seen
 * @param heartbeatSeconds agreed heartbeat in seconds, 0 for off, null when not seen. 0-9-1: that
 *     of tune-ok, which RabbitMQ takes as it is. 1.0: the shorter of both idle-time-outs
 * @param heartbeatProposedSeconds the broker's: that of tune, or the idle-time-out of its open
 * @param clientIdleTimeOutSeconds that of the client's open in 1.0, 0 for none; null when not seen,
 *     and in 0-9-1, where both sides have one
 * @param vhost virtual host of connection.open, or host name of a 1.0 open; null when not seen
 * @param client who the client says it is; never null
 * @param proxy the PROXY protocol header in front, or null
 * @param close how it was closed in words, or null
 * @param channelError the last close of a channel with an error, or the broker's cancel of a
 *     consumer, or null; it ends no connection, but programs often leave after it
 * @param blocked whether the broker had blocked the client from publishing and not unblocked it
 * @param blockedReason why it last did, or null
 * @param heartbeatsFromClient heartbeats seen
 * @param heartbeatsFromBroker heartbeats seen
 * @param lostToGaps whether frames were missed because of missing bytes or bytes that do not fit
 * @param lostToSnapLength whether frames were missed because packets were cut in the capture
 * @param payloadVisible whether the capture holds any payload byte at all
 * @param versionRefused whether the broker answered with the protocol header of another version
 * @param authenticationFailed whether the broker closed with 403 (access-refused), or SASL's
 *     outcome was not ok
 */
public record AmqpSnapshot(
    AmqpProtocol protocol,
    AmqpState state,
    HandshakeStep handshakeStep,
    Integer heartbeatSeconds,
    Integer heartbeatProposedSeconds,
    Integer clientIdleTimeOutSeconds,
    String vhost,
    ClientIdentity client,
    ProxyHeader proxy,
    ConnectionClose close,
    ConnectionClose channelError,
    boolean blocked,
    String blockedReason,
    int heartbeatsFromClient,
    int heartbeatsFromBroker,
    boolean lostToGaps,
    boolean lostToSnapLength,
    boolean payloadVisible,
    boolean versionRefused,
    boolean authenticationFailed) {
  /** Of a connection of which no payload was seen. */
  static final AmqpSnapshot NOTHING =
      new AmqpSnapshot(
          AmqpProtocol.NONE,
          AmqpState.NONE,
          HandshakeStep.NONE,
          null,
          null,
          null,
          null,
          ClientIdentity.UNKNOWN,
          null,
          null,
          null,
          false,
          null,
          0,
          0,
          false,
          false,
          false,
          false,
          false);

  // By hand, as in what it is made of: each step of each handshake looks for an equal snapshot, and
  // what the compiler generates for records warms up for a tenth of a second.
  @Override
  public boolean equals(Object object) {
    return object instanceof AmqpSnapshot other
        && state == other.state
        && handshakeStep == other.handshakeStep
        && protocol == other.protocol
        && Objects.equals(heartbeatSeconds, other.heartbeatSeconds)
        && Objects.equals(heartbeatProposedSeconds, other.heartbeatProposedSeconds)
        && Objects.equals(clientIdleTimeOutSeconds, other.clientIdleTimeOutSeconds)
        && Objects.equals(vhost, other.vhost)
        && client.equals(other.client)
        && Objects.equals(proxy, other.proxy)
        && Objects.equals(close, other.close)
        && Objects.equals(channelError, other.channelError)
        && blocked == other.blocked
        && Objects.equals(blockedReason, other.blockedReason)
        && heartbeatsFromClient == other.heartbeatsFromClient
        && heartbeatsFromBroker == other.heartbeatsFromBroker
        && lostToGaps == other.lostToGaps
        && lostToSnapLength == other.lostToSnapLength
        && payloadVisible == other.payloadVisible
        && versionRefused == other.versionRefused
        && authenticationFailed == other.authenticationFailed;
  }

  @Override
  public int hashCode() {
    int hash = client.hashCode() * 31 + handshakeStep.ordinal();
    hash = hash * 31 + state.ordinal();
    hash = hash * 31 + Objects.hashCode(heartbeatSeconds);
    hash = hash * 31 + Objects.hashCode(vhost);
    hash = hash * 31 + Objects.hashCode(proxy);
    hash = hash * 31 + Objects.hashCode(close);
    return hash * 31 + Objects.hashCode(blockedReason);
  }

  /** Whether frames of messages change nothing here. */
  boolean tellsNothingNewByMessages() {
    return protocol == AmqpProtocol.AMQP_0_9_1
        && !versionRefused
        && payloadVisible
        && state.compareTo(AmqpState.OPEN) >= 0;
  }

  /**
   * Interval of the frames that one side owes to the other, which gives it up when none come for
   * longer: in seconds, 0 for none, null when not known. In 1.0 each side says its own
   * (idle-time-out, part 2, section 2.4.5).
   *
   * @param by the side that owes them
   */
  public Integer heartbeatOwed(Side by) {
    if (protocol != AmqpProtocol.AMQP_1_0) {
      return heartbeatSeconds;
    }
    return by == Side.CLIENT ? heartbeatProposedSeconds : clientIdleTimeOutSeconds;
  }

  /** Characters of what the two sides chose to say: names, reasons. */
  public int textLength() {
    return Text.length(vhost)
        + client.textLength()
        + (close == null ? 0 : close.textLength())
        + (channelError == null ? 0 : channelError.textLength())
        + Text.length(blockedReason);
  }

  /**
   * What another witness than the packets knows of a connection.
   *
   * @param protocol {@link AmqpProtocol#NONE} when not known
   * @param open whether AMQP was open
   * @param heartbeatSeconds agreed heartbeat in seconds, 0 for off, or null
   * @param vhost virtual host, or null
   */
  public static AmqpSnapshot known(
      AmqpProtocol protocol,
      boolean open,
      Integer heartbeatSeconds,
      String vhost,
      ClientIdentity client) {
    return new AmqpSnapshot(
        protocol,
        open ? AmqpState.OPEN : AmqpState.NONE,
        HandshakeStep.NONE,
        heartbeatSeconds,
        null,
        null,
        vhost,
        client,
        null,
        null,
        null,
        false,
        null,
        0,
        0,
        false,
        false,
        false,
        false,
        false);
  }

  /** The same, with what is known from elsewhere in place of what was not seen. */
  public AmqpSnapshot orElse(AmqpSnapshot known) {
    boolean unread = protocol == AmqpProtocol.NONE;
    return new AmqpSnapshot(
        unread ? known.protocol : protocol,
        unread && state == AmqpState.NONE ? known.state : state,
        handshakeStep,
        heartbeatSeconds == null ? known.heartbeatSeconds : heartbeatSeconds,
        heartbeatProposedSeconds,
        clientIdleTimeOutSeconds,
        vhost == null ? known.vhost : vhost,
        client.orElse(known.client),
        proxy,
        close,
        channelError,
        blocked,
        blockedReason,
        heartbeatsFromClient,
        heartbeatsFromBroker,
        lostToGaps,
        lostToSnapLength,
        payloadVisible,
        versionRefused,
        authenticationFailed);
  }

  /** The same, with heartbeats that were counted apart. */
  public AmqpSnapshot withHeartbeats(int fromClient, int fromBroker) {
    return new AmqpSnapshot(
        protocol,
        state,
        handshakeStep,
        heartbeatSeconds,
        heartbeatProposedSeconds,
        clientIdleTimeOutSeconds,
        vhost,
        client,
        proxy,
        close,
        channelError,
        blocked,
        blockedReason,
        fromClient,
        fromBroker,
        lostToGaps,
        lostToSnapLength,
        payloadVisible,
        versionRefused,
        authenticationFailed);
  }
}
