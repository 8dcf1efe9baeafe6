package io.rstscope.amqp;

/** The last step of the handshake that was seen, in the order in which they come. */
public enum HandshakeStep {
  /** None: it lies before the capture, or nothing was sent. */
  NONE,
  /** The client's protocol header. */
  HEADER,
  /** connection.start; in AMQP 1.0 the broker's sasl-mechanisms. */
  START,
  /** connection.start-ok; in AMQP 1.0 the client's sasl-init. */
  START_OK,
  /** connection.tune; in AMQP 1.0 the broker's sasl-outcome with code 0. */
  TUNE,
  /** connection.tune-ok; AMQP 1.0 has no such step. */
  TUNE_OK,
  /** connection.open; in AMQP 1.0 the client's open. */
  OPEN,
  /** connection.open-ok; in AMQP 1.0 the broker's open. */
  OPEN_OK;
}
