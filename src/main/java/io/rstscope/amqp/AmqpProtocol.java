package io.rstscope.amqp;

/** What the bytes of a connection turned out to be. */
public enum AmqpProtocol {
  /** No payload that tells. */
  NONE("none", "nothing"),
  AMQP_0_9_1("0-9-1", "AMQP 0-9-1"),
  AMQP_1_0("1.0", "AMQP 1.0"),
  /** An AMQP protocol header of a version that is neither 0-9-1 nor 1.0. */
  AMQP_OTHER("unknown", "AMQP of another version"),
  /** TLS, or AMQP's own header for it (AMQP 1.0, section 5.2): nothing further can be read. */
  TLS("tls", "TLS"),
  HTTP("unknown", "an HTTP request"),
  SSH("unknown", "SSH"),
  STOMP("unknown", "STOMP"),
  MQTT("unknown", "MQTT"),
  /** The client's first bytes are nothing that we know. */
  UNKNOWN("unknown", "bytes that are not AMQP");

  private final String label;
  private final String words;

  AmqpProtocol(String label, String words) {
    this.label = label;
    this.words = words;
  }

  /** One of {@code none}, {@code 0-9-1}, {@code 1.0}, {@code tls}, {@code unknown}. */
  public String label() {
    return label;
  }

  /** What it is, to be put in a sentence: "the client sent …". */
  public String words() {
    return words;
  }

  /** Whether it is a version of AMQP whose frames we read. */
  public boolean isReadable() {
    return this == AMQP_0_9_1 || this == AMQP_1_0;
  }

  /** Whether a broker's AMQP port has no use for it. */
  public boolean isForeign() {
    return this == AMQP_OTHER || ordinal() >= HTTP.ordinal();
  }
}
