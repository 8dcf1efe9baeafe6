package io.rstscope.judge.cause;

import io.rstscope.amqp.AmqpProtocol;
import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.HandshakeStep;
import io.rstscope.judge.context.FirstEnd.Way;
import io.rstscope.judge.context.Thresholds;
import io.rstscope.judge.context.UncapturedBytes;
import io.rstscope.judge.context.Vantage;
import io.rstscope.net.Side;
import io.rstscope.reset.EndpointState;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Role;
import io.rstscope.reset.Shape;

/** Connections that never came as far as to be open. */
final class Handshakes {
  /** RabbitMQ's {@code handshake_timeout}, unless its operator changed it. */
  private static final long TIMEOUT_NANOS = 10_000_000_000L;

  private static final long TOLERANCE_NANOS = 500_000_000L;

  /** A health check that speaks has its answer by then, and leaves. */
  private static final long CHECKED_NANOS = 1_500_000_000L;

  /** SYN, ACK, hello, finished, alert, FIN and their acknowledgements. */
  private static final int FEW_PACKETS = 8;

  private Handshakes() {}

  static boolean isEndedByClient(End end) {
    if (!end.flow().clientState().synSeen() && !end.flow().brokerState().synSeen()) {
      return false;
    }
    boolean fin = end.first().way() == Way.FIN;
    return !end.isByMiddlebox()
        && end.first().way() != Way.NONE
        && end.first().way() != Way.NO_ANSWER
        && end.first().by() == Side.CLIENT
        && (fin || end.reset().role() == Role.ENDS_CONNECTION);
  }

  /** The client sent its SYN again and again: it had no answer, whatever the capture lacks. */
  static boolean isNeverAnswered(End end) {
    FlowObservation flow = end.flow();
    return end.isUnanswered()
        && end.first().by() == Side.CLIENT
        && flow.clientState().synSeen()
        && !flow.clientState().hasAcknowledgement()
        && flow.brokerState().packets() == 0;
  }

  /** While others were connected to the same port. */
  static boolean hasReachedBroker(End end) {
    return isNeverAnswered(end) && end.captureContext().recording().vantage() == Vantage.BROKER;
  }

  static boolean isTurnedAway(End end) {
    return isNeverAnswered(end) && end.captureContext().isServing(end.flow(), end.first().nanos());
  }

  static boolean isRefusedFromElsewhere(End end) {
    return end.isRefused()
        && end.flow().resets().stream()
            .anyMatch(
                each ->
                    each.role() == Role.REFUSES
                        && end.captureContext().isServedFromElsewhere(end.flow(), each.packet()));
  }

  /** The broker had answered with something else than connection.start. */
  private static boolean isAnsweredWithAnother(End end) {
    return end.brokerSpoke() && end.step().compareTo(HandshakeStep.START) < 0;
  }

  /** An alert of TLS, or AMQP's header of another version. */
  static boolean isLeftAfterAnother(End end) {
    return isEndedByClient(end)
        && end.isInHandshake()
        && end.flow().handshakeSeen()
        && isAnsweredWithAnother(end)
        && !UncapturedBytes.any(end.flow())
        && sinceClientNanos(end) < Thresholds.SILENCE_NANOS;
  }

  static boolean isOnlyProxyHeader(End end) {
    AmqpSnapshot amqp = end.amqp();
    return amqp != null
        && amqp.proxy() != null
        && amqp.protocol() == AmqpProtocol.NONE
        && !end.brokerSpoke();
  }

  static boolean isProxyLocal(End end) {
    AmqpSnapshot amqp = end.amqp();
    return amqp != null
        && amqp.proxy() != null
        && amqp.proxy().address() == null
        && !isAnsweredWithAnother(end)
        && amqp.handshakeStep().compareTo(HandshakeStep.START_OK) < 0;
  }

  /** With AMQP's header, answered by connection.start, and gone before start-ok. */
  static boolean isLeftAtStart(End end) {
    FlowObservation flow = end.flow();
    return isEndedByClient(end)
        && flow.handshakeSeen()
        && end.amqp() != null
        && end.amqp().protocol().isReadable()
        && end.step().compareTo(HandshakeStep.START_OK) < 0
        && !isAnsweredWithAnother(end)
        && end.first().nanos() - flow.startedNanos() <= CHECKED_NANOS;
  }

  /** After few packets within TLS: too few for a login. */
  static boolean isLeftInTls(End end) {
    FlowObservation flow = end.flow();
    return isEndedByClient(end)
        && flow.handshakeSeen()
        && end.isTls()
        && flow.clientState().packets() <= FEW_PACKETS
        && end.first().nanos() - flow.startedNanos() <= CHECKED_NANOS;
  }

  /** Who checks a port has no reason to find fault with what it answers. */
  static boolean isTlsRefused(End end) {
    return end.first().way() != Way.NONE
        && !end.isByMiddlebox()
        && end.flow().tlsRefused()
        && isNotOpen(end);
  }

  static boolean isProbeLike(End end) {
    return isLeftInTls(end) && !isTlsRefused(end)
        || end.isEmpty() && isEndedByClient(end)
        || isOnlyProxyHeader(end)
        || isProxyLocal(end)
        || isLeftAtStart(end);
  }

  static boolean isHalfOpen(End end) {
    ResetObservation reset = end.reset();
    return reset != null
        && reset.from() == Side.CLIENT
        && reset.shape() == Shape.STATELESS
        && reset.other().synSeen()
        && reset.other().lastPayloadNanos() == 0
        && !UncapturedBytes.any(end.flow())
        && !reset.sender().hasAcknowledgement();
  }

  /** Whether the broker ended it, and not after a FIN of the client. */
  private static boolean isByBroker(End end) {
    return !end.isByMiddlebox()
        && (end.first().way() == Way.FIN || end.first().way() == Way.RESET)
        && end.first().by() == Side.BROKER
        && !(end.reset() != null && end.reset().shape() == Shape.STATELESS);
  }

  private static boolean isNotOpen(End end) {
    return end.isInHandshake() || end.isWithoutAmqp() || !isReadable(end);
  }

  private static boolean isReadable(End end) {
    return end.amqp() != null && end.amqp().protocol().isReadable();
  }

  private static long sinceClientNanos(End end) {
    EndpointState client = end.flow().clientState();
    long last = Math.max(client.lastPayloadNanos(), end.flow().startedNanos());
    return end.first().nanos() - last;
  }

  /** What a client sends after a FIN did not bring that about. */
  private static boolean clientSpokeBefore(End end) {
    return end.flow().clientState().lastPayloadNanos() != 0
        && (end.first().way() != Way.FIN || end.flow().closing().clientSilentNanos() >= 0);
  }

  static boolean isResetAtFirstBytes(End end) {
    return isByBroker(end)
        && end.flow().handshakeSeen()
        && !UncapturedBytes.any(end.flow())
        && clientSpokeBefore(end)
        && !end.brokerSpoke()
        && sinceClientNanos(end) < Thresholds.SILENCE_NANOS;
  }

  /** Both had said something, the broker no connection.start: an alert, or another header. */
  static boolean isEndedAfterHeader(End end) {
    boolean wrong =
        end.isTls()
            ? end.flow().clientState().packets() <= FEW_PACKETS
            : end.step().compareTo(HandshakeStep.START) < 0
                && (end.isInHandshake() || isOnlyProxied(end));
    return isByBroker(end)
        && end.flow().handshakeSeen()
        && end.brokerSpoke()
        && wrong
        && !UncapturedBytes.any(end.flow())
        && sinceClientNanos(end) < Thresholds.SILENCE_NANOS;
  }

  /** The client had sent AMQP's header, and the broker takes another. */
  static boolean isHeaderRefused(End end) {
    return isEndedAfterHeader(end) && end.amqp().protocol().isReadable() && !isTlsRefused(end);
  }

  private static boolean isOnlyProxied(End end) {
    return end.amqp() != null && end.amqp().proxy() != null;
  }

  /**
   * No byte of the application came: the window of 0 kept the client from sending (tcp_synproxy).
   */
  static boolean isRefusedBehind(End end) {
    ResetObservation reset = end.reset();
    return reset != null
        && reset.from() == Side.BROKER
        && end.flow().handshakeSeen()
        && !end.flow().hasPayload()
        && reset.sender().synSeen()
        && reset.sender().window() == 0
        && reset.packet().hasAck();
  }

  static boolean isEndedAtLogin(End end) {
    HandshakeStep step = end.step();
    return isByBroker(end)
        && end.isInHandshake()
        && (step == HandshakeStep.START_OK || step == HandshakeStep.OPEN)
        && !isMassEnd(end);
  }

  static boolean isTimedOut(End end) {
    return isWaitedFor(end) && Math.abs(sinceClientNanos(end) - TIMEOUT_NANOS) <= TOLERANCE_NANOS;
  }

  static boolean isStalled(End end) {
    return isWaitedFor(end) && sinceClientNanos(end) >= Thresholds.SILENCE_NANOS;
  }

  private static boolean isWaitedFor(End end) {
    boolean unread =
        end.isWithoutAmqp() && (end.flow().hasPayload() || UncapturedBytes.any(end.flow()));
    return isByBroker(end)
        && end.flow().handshakeSeen()
        && isNotOpen(end)
        && !end.isTls()
        && !unread
        && !isEndedAtLogin(end);
  }

  /** Amid the handshake without waiting, and not as one of many. */
  static boolean isEndedAmid(End end) {
    return isByBroker(end)
        && end.isInHandshake()
        && !isEndedAtLogin(end)
        && !isResetAtFirstBytes(end)
        && !isEndedAfterHeader(end)
        && !isMassEnd(end)
        && sinceClientNanos(end) < Thresholds.SILENCE_NANOS;
  }

  private static boolean isMassEnd(End end) {
    return end.isReset(Side.BROKER, false)
        && Transport.endedTogether(end) >= Thresholds.MANY
        && sinceClientNanos(end) < Thresholds.SILENCE_NANOS;
  }

  static boolean isResetWhenAccepted(End end) {
    return isEndedWhenAccepted(end) && end.first().way() == Way.RESET;
  }

  static boolean isClosedWhenAccepted(End end) {
    return isEndedWhenAccepted(end) && end.first().way() == Way.FIN;
  }

  private static boolean isEndedWhenAccepted(End end) {
    return isByBroker(end)
        && end.flow().handshakeSeen()
        && !UncapturedBytes.any(end.flow())
        && !clientSpokeBefore(end)
        && !end.brokerSpoke()
        && end.first().nanos() - end.flow().startedNanos() < Thresholds.SILENCE_NANOS;
  }

  /** The broker's side owed connection.start, and closed with FIN, as RabbitMQ does not. */
  static boolean isStartOwedAndClosed(End end) {
    return isStalled(end) && isStartOwed(end) && end.first().way() == Way.FIN;
  }

  /** The client had waited for connection.start for longer than a check does. */
  static boolean isStartAwaited(End end) {
    return isEndedByClient(end)
        && end.flow().handshakeSeen()
        && isStartOwed(end)
        && sinceClientNanos(end) > CHECKED_NANOS;
  }

  private static boolean isStartOwed(End end) {
    return isReadable(end)
        && end.flow().stepReached() == HandshakeStep.HEADER
        && (end.first().way() == Way.FIN
            ? end.flow().closing().brokerSilentNanos() < 0
            : !end.brokerSpoke());
  }

  /** Others spoke to that port what this client spoke, and were understood. */
  static boolean isDoorRightForOthers(End end) {
    return (isResetAtFirstBytes(end) || isEndedAfterHeader(end))
        && isReadable(end)
        && end.captureContext().takesAmqp(end.flow());
  }

  /** Who owed the next step of the handshake, in words; of a connection that is not open. */
  static String owed(End end) {
    return switch (end.flow().stepReached()) {
      case NONE -> "the client had sent nothing";
      case HEADER -> "the broker did not answer the client's protocol header with connection.start";
      case START -> "the client did not answer connection.start with start-ok";
      case START_OK -> "the broker did not answer the login (start-ok)";
      case TUNE -> "the client did not answer tune with tune-ok";
      case TUNE_OK -> "the client did not send connection.open";
      case OPEN -> "the broker did not answer connection.open with open-ok";
      case OPEN_OK -> "the handshake was complete";
    };
  }
}
