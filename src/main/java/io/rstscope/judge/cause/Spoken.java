package io.rstscope.judge.cause;

import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.ConnectionClose;
import io.rstscope.amqp.HandshakeStep;
import io.rstscope.judge.context.ForcedClose;
import io.rstscope.net.Side;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Role;
import io.rstscope.reset.Shape;
import java.util.Locale;

/** What AMQP said of the end: words that need no interpretation. */
final class Spoken {
  private static final int NOT_ALLOWED = 530;
  private static final int PRECONDITION_FAILED = 406;

  /** rabbit_reader.erl, is_over_vhost_connection_limit and its like for nodes and users. */
  private static final String LIMIT = "limit";

  /** rabbit_channel.erl, handle_consumer_timed_out. */
  private static final String NOT_ACKNOWLEDGED = "delivery acknowledgement";

  /** One that has nothing more to do without its consumer leaves at once. */
  private static final long ENDS_NANOS = 2_000_000_000L;

  /** A program that fails on a channel's error does so soon. */
  private static final long LEAVES_NANOS = 10_000_000_000L;

  private Spoken() {}

  /** Something else ended the connection before the broker could confirm. */
  static boolean isCutShort(End end) {
    if (end.close().confirmedBy() != null) {
      return false;
    }
    ResetObservation reset = end.decisive();
    return reset == null
        ? end.flow().clientState().isUnanswered()
        : reset.role() == Role.ENDS_CONNECTION
            && (end.isByMiddlebox() || reset.shape() == Shape.STATELESS);
  }

  /** A reset without effect came before the connection was closed as it should. */
  static boolean isIgnoredThenClosed(End end) {
    return !end.flow().resets().isEmpty()
        && end.flow().resets().get(0).role() == Role.IGNORED
        && end.isClosedBy(Side.CLIENT)
        && !end.close().isError();
  }

  static boolean isShutdown(End end) {
    return ForcedClose.isShutdown(end.close());
  }

  /** Told to close, and the capture cuts by whom. */
  static boolean isForcedCut(End end) {
    ConnectionClose close = end.close();
    return close != null
        && close.by() == Side.BROKER
        && !ForcedClose.isShutdown(close)
        && ForcedClose.isForced(close)
        && ForcedClose.isCut(close);
  }

  /** For a reason of its own. */
  static boolean isOther(End end) {
    return !isShutdown(end) && !isForcedCut(end) && !isLoginRefused(end) && !isIdleSaid(end);
  }

  /**
   * rabbit_amqp_reader.erl: so RabbitMQ 4 tells a client of AMQP 1.0 whose idle-time-out ran out.
   */
  static boolean isIdleSaid(End end) {
    return end.isClosedBy(Side.BROKER) && contains(end.close(), "idle timeout");
  }

  static boolean isLoginRefused(End end) {
    AmqpSnapshot amqp = end.amqp();
    if (amqp == null) {
      return false;
    }
    ConnectionClose close = amqp.close();
    boolean opening =
        amqp.handshakeStep() != HandshakeStep.NONE && amqp.handshakeStep() != HandshakeStep.OPEN_OK;
    boolean noVhost =
        close != null && close.code() == NOT_ALLOWED && opening && !contains(close, LIMIT);
    return amqp.authenticationFailed() || noVhost;
  }

  static boolean isProtocolRefused(End end) {
    AmqpSnapshot amqp = end.amqp();
    return amqp != null
        && (amqp.versionRefused() || amqp.protocol().isForeign() && !end.brokerSpoke());
  }

  /** The client ended the connection soon after the broker had closed a channel with an error. */
  static boolean leftAfterChannelError(End end) {
    AmqpSnapshot amqp = end.amqp();
    long since = end.first().nanos() - end.flow().channelErrorNanos();
    return amqp != null
        && amqp.channelError() != null
        && amqp.channelError().by() == Side.BROKER
        && (end.close() == null || isConsumerTimeout(end) && end.isClosedBy(Side.CLIENT))
        && end.first().by() == Side.CLIENT
        && !end.isByMiddlebox()
        && !end.isUnanswered()
        && since >= 0
        && since <= LEAVES_NANOS;
  }

  /** It did so at once after the broker had cancelled its consumer. */
  static boolean leftAfterCancel(End end) {
    return leftAfterChannelError(end)
        && end.amqp().channelError().isOfConsumer()
        && end.first().nanos() - end.flow().channelErrorNanos() <= ENDS_NANOS;
  }

  static boolean isConsumerTimeout(End end) {
    ConnectionClose error = end.amqp().channelError();
    return error.code() == PRECONDITION_FAILED && contains(error, NOT_ACKNOWLEDGED);
  }

  private static boolean contains(ConnectionClose close, String part) {
    return close.text() != null && close.text().toLowerCase(Locale.ROOT).contains(part);
  }

  /** Code, name and text as they were said. */
  static String words(ConnectionClose close) {
    String code = close.code() >= 0 ? String.valueOf(close.code()) : close.condition();
    if (code == null && close.text() == null) {
      return "";
    }
    return (code == null ? "" : code)
        + (close.text() == null || close.text().isEmpty() ? "" : " \"" + close.text() + "\"");
  }
}
