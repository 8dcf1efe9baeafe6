package io.rstscope.attribution;

import io.rstscope.amqp.AmqpRole;
import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.ConnectionClose;
import io.rstscope.amqp.HandshakeStep;
import java.util.Locale;

/**
 * What the broker's connection.close means; code and text both matter, because 320 says shutdown
 * and operator alike.
 */
final class BrokerClose {
  /** AMQP 0-9-1, section 1.3: connection-forced. */
  private static final int CONNECTION_FORCED = 320;

  /** The same in AMQP 1.0, section 2.8.16. */
  private static final String FORCED_10 = "amqp:connection:forced";

  private static final int NOT_ALLOWED = 530;

  /** RabbitMQ's text of a shutdown ends so (rabbit_reader.erl); an operator's reason is his own. */
  private static final String SHUTDOWN = "reason 'shutdown'";

  /** It takes 75 characters in all. */
  private static final int SHUTDOWN_TEXT = 80;

  private BrokerClose() {}

  /**
   * @param oneOfMany whether the broker ended many connections at that moment, as at its shutdown
   */
  static Finding finding(ConnectionClose close, AmqpSnapshot amqp, boolean oneOfMany) {
    String text = close.text() == null ? "" : close.text();
    String said = "the broker closed the connection: " + close.code() + " \"" + text + "\"";
    if (close.code() < 0 && close.text() == null) {
      said = "the broker closed the connection";
      if (amqp.lostToSnapLength()) {
        return Finding.of(
            Sender.BROKER, Cause.BROKER_CLOSED, 0.6, said + "; the capture cuts the reason");
      }
    }
    if (close.code() == CONNECTION_FORCED && isCut(text)) {
      return Finding.of(
          Sender.BROKER,
          oneOfMany ? Cause.BROKER_SHUTDOWN : Cause.BROKER_CLOSED,
          oneOfMany ? 0.8 : 0.6,
          said
              + (oneOfMany ? ", and many others at once" : "")
              + "; the capture cuts the text that tells a shutdown from an operator");
    }
    return Finding.of(Sender.BROKER, cause(close, amqp), 0.95, said);
  }

  /** What is there of the text ends before a shutdown's would: the snap length cut the packet. */
  private static boolean isCut(String text) {
    return text.isEmpty() || text.endsWith("…") && text.length() < SHUTDOWN_TEXT;
  }

  /**
   * Whether the broker said with it that it shuts down.
   *
   * @param close may be null
   */
  static boolean isShutdown(ConnectionClose close) {
    return isForced(close)
        && close.text() != null
        && close.text().toLowerCase(Locale.ROOT).contains(SHUTDOWN);
  }

  /**
   * Whether the broker closed because somebody told it to.
   *
   * @param close may be null
   */
  static boolean isForced(ConnectionClose close) {
    return close != null
        && close.by() == AmqpRole.BROKER
        && (close.code() == CONNECTION_FORCED || FORCED_10.equals(close.condition()));
  }

  private static Cause cause(ConnectionClose close, AmqpSnapshot amqp) {
    if (isShutdown(close)) {
      return Cause.BROKER_SHUTDOWN;
    }
    boolean opening =
        amqp.handshakeStep() != HandshakeStep.NONE && amqp.handshakeStep() != HandshakeStep.OPEN_OK;
    return close.code() == NOT_ALLOWED && opening ? Cause.AUTH_FAILURE : Cause.BROKER_CLOSED;
  }
}
