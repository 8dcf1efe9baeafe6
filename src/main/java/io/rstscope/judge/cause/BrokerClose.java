package io.rstscope.judge.cause;

import io.rstscope.amqp.AmqpSnapshot;
import io.rstscope.amqp.ConnectionClose;
import io.rstscope.amqp.HandshakeStep;
import io.rstscope.judge.context.ForcedClose;
import io.rstscope.judge.sender.Sender;

/**
 * What the broker's connection.close means; code and text both matter, because 320 says shutdown
 * and operator alike.
 */
public final class BrokerClose {
  private static final int NOT_ALLOWED = 530;

  /** It takes 75 characters in all. */
  private static final int SHUTDOWN_TEXT = 80;

  private BrokerClose() {}

  /**
   * @param oneOfMany whether the broker ended many connections at that moment, as at its shutdown
   */
  public static Finding finding(ConnectionClose close, AmqpSnapshot amqp, boolean oneOfMany) {
    String text = close.text() == null ? "" : close.text();
    String said = "the broker closed the connection: " + close.code() + " \"" + text + "\"";
    if (close.code() < 0 && close.text() == null) {
      said = "the broker closed the connection";
      if (amqp.lostToSnapLength()) {
        return Finding.of(
            Sender.BROKER, Cause.BROKER_CLOSED, 0.6, said + "; the capture cuts the reason");
      }
    }
    if (close.code() == ForcedClose.CONNECTION_FORCED && isCut(text)) {
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

  private static Cause cause(ConnectionClose close, AmqpSnapshot amqp) {
    if (ForcedClose.isShutdown(close)) {
      return Cause.BROKER_SHUTDOWN;
    }
    boolean opening =
        amqp.handshakeStep() != HandshakeStep.NONE && amqp.handshakeStep() != HandshakeStep.OPEN_OK;
    return close.code() == NOT_ALLOWED && opening ? Cause.AUTH_FAILURE : Cause.BROKER_CLOSED;
  }
}
