package io.rstscope.amqp;

import io.rstscope.net.Side;

/**
 * The performatives of AMQP 1.0 that concern the connection (part 2, section 2.7, and part 5,
 * section 5.3.3). sasl-init and sasl-response hold credentials: only that they came is told.
 */
final class Performatives10 {
  /** Begins a hostname that names a virtual host of RabbitMQ. */
  private static final String VHOST = "vhost:";

  private static final int OPEN = 0x10;
  private static final int CLOSE = 0x18;
  private static final int ERROR = 0x1d;
  private static final int SASL_MECHANISMS = 0x40;
  private static final int SASL_INIT = 0x41;
  private static final int SASL_OUTCOME = 0x44;

  private static final int MILLIS_PER_SECOND = 1000;

  private Performatives10() {}

  static boolean isKnown(int code) {
    return code >= OPEN && code <= CLOSE || code >= SASL_MECHANISMS && code <= SASL_OUTCOME;
  }

  /** Whether the fields of the performative are read. */
  static boolean isRead(int code) {
    return code == OPEN || code == CLOSE || code == SASL_OUTCOME;
  }

  /** As {@link Framing#accept}, for the performative whose list is at {@code at}. */
  static void accept(
      ConnectionFacts connection, Side from, int code, byte[] bytes, int at, int limit) {
    switch (code) {
      case SASL_MECHANISMS -> connection.reached(HandshakeStep.START);
      case SASL_INIT -> connection.reached(HandshakeStep.START_OK);
      case SASL_OUTCOME -> outcome(connection, new Values10(bytes, at, limit).items());
      case OPEN -> open(connection, from, new Values10(bytes, at, limit).items());
      case CLOSE -> close(connection, from, new Values10(bytes, at, limit).items());
      default -> {
        // clients send these without waiting for the broker's open
        boolean late = connection.state() == AmqpState.NONE;
        if (code > OPEN && code < CLOSE && (from == Side.BROKER || late)) {
          connection.inUse();
        }
      }
    }
  }

  private static void outcome(ConnectionFacts connection, Values10 fields) {
    long code = fields.number();
    if (code == 0) {
      connection.reached(HandshakeStep.TUNE);
    } else if (code > 0) {
      connection.authenticationFailed();
    }
  }

  /** Fields: container-id, hostname, four that are stepped over, ..., properties (2.7.1). */
  private static void open(ConnectionFacts connection, Side from, Values10 fields) {
    String containerId = fields.text();
    String hostname = fields.text();
    fields.skip();
    fields.skip();
    connection.idleTimeOut(from, seconds(fields.number()));
    if (from == Side.BROKER) {
      connection.reached(HandshakeStep.OPEN_OK);
      return;
    }
    connection.reached(HandshakeStep.OPEN);
    connection.vhost(virtualHost(hostname));
    for (int i = 0; i < 4; i++) {
      fields.skip();
    }
    IdentityBuilder identity = new IdentityBuilder();
    identity.connectionName(containerId);
    Values10 properties = fields.items();
    while (properties.hasNext()) {
      properties.property(identity);
    }
    connection.client(identity.build());
  }

  /**
   * Null for any other name: RabbitMQ then takes its default one (rabbit_amqp_reader.erl, vhost).
   */
  private static String virtualHost(String hostname) {
    return hostname != null && hostname.startsWith(VHOST)
        ? hostname.substring(VHOST.length())
        : null;
  }

  /** Absent is 0: no limit. Parts of a second count as one. */
  private static int seconds(long millis) {
    return millis < 0 ? 0 : (int) Math.min(millis + 999, Integer.MAX_VALUE) / MILLIS_PER_SECOND;
  }

  private static void close(ConnectionFacts connection, Side from, Values10 fields) {
    Values10 error = fields.described(ERROR);
    String condition = error.text();
    String text = error.text();
    connection.closeOfEither(new ConnectionClose(from, -1, condition, text, -1, -1, -1, null));
  }
}
