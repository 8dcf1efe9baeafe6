package io.rstscope.attribution;

import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.AmqpState;
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

  private static final int ACCESS_REFUSED = 403;
  private static final int NOT_ALLOWED = 530;

  /** RabbitMQ's text of a shutdown (rabbit_reader.erl) takes 75 characters. */
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
    return Finding.of(Sender.BROKER, cause(close, text.toLowerCase(Locale.ROOT), amqp), 0.95, said);
  }

  /** What is there of the text ends before a shutdown's would: the snap length cut the packet. */
  private static boolean isCut(String text) {
    return text.isEmpty() || text.endsWith("…") && text.length() < SHUTDOWN_TEXT;
  }

  private static Cause cause(ConnectionClose close, String text, AmqpSnapshot amqp) {
    boolean opening =
        amqp.handshakeStep() != HandshakeStep.OPEN_OK && amqp.state() != AmqpState.OPEN;
    if (close.code() == CONNECTION_FORCED && text.contains("shutdown")
        || close.condition() != null && text.contains("shutdown")) {
      return Cause.BROKER_SHUTDOWN;
    }
    if (close.code() == ACCESS_REFUSED && opening || close.code() == NOT_ALLOWED && opening) {
      return Cause.AUTH_FAILURE;
    }
    return Cause.BROKER_CLOSED;
  }
}
