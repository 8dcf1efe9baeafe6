package io.rstscope.decode;

/**
 * A TCP port that was not asked for.
 *
 * @param port 0 to 65,535: the lower of a packet's two, as services have the lower ones
 * @param packets to and from it
 * @param look what its first bytes were
 */
public record OtherPort(int port, long packets, Look look) {
  /** What payload begins with. */
  public enum Look {
    /** The protocol header of AMQP (AMQP 0-9-1, section 4.2.2). */
    AMQP,
    /** A handshake of TLS (RFC 8446, section 5.1). */
    TLS,
    /** Something else, or nothing. */
    UNKNOWN
  }

  /** Whether RabbitMQ is there by what was said, or by the ports that IANA gave AMQP. */
  public boolean mayBeBrokers() {
    return look == Look.AMQP || port == 5672 || port == 5671;
  }
}
