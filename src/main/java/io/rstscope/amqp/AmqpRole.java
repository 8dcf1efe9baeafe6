package io.rstscope.amqp;

/** Which end of a connection. */
public enum AmqpRole {
  CLIENT,
  BROKER;

  /** The other end. */
  public AmqpRole peer() {
    return this == CLIENT ? BROKER : CLIENT;
  }

  static AmqpRole of(boolean client) {
    return client ? CLIENT : BROKER;
  }
}
