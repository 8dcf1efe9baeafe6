package io.rstscope.amqp;

/** How far a connection has come; later constants are later in its life. */
public enum AmqpState {
  /** Nothing of AMQP was seen. */
  NONE,
  /** From the protocol header until open-ok. */
  HANDSHAKE,
  OPEN,
  /** Open, and the broker told the client not to publish (RabbitMQ's connection.blocked). */
  BLOCKED,
  /** One side sent connection.close. */
  CLOSING,
  /** The close was confirmed, or the broker refused the protocol version. */
  CLOSED;
}
