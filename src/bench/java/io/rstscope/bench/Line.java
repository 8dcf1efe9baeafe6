package io.rstscope.bench;

/**
 * One segment, or one message of several segments, of a {@link Script}.
 *
 * @param flags of the TCP header
 * @param payload bytes; before a body, the method that announces it
 * @param hasBody whether a message body of random length follows the payload
 * @param silenceNanos how long nothing is said before, beside the time that an answer takes
 */
record Line(Sender sender, int flags, byte[] payload, boolean hasBody, long silenceNanos) {
  private static final byte[] NOTHING = {};

  /** Who sends a line. */
  enum Sender {
    CLIENT,
    BROKER,
    /** Pretends to be the client. */
    MIDDLEBOX
  }

  static Line control(Sender sender, int flags) {
    return new Line(sender, flags, NOTHING, false, 0);
  }

  static Line data(Sender sender, byte[] payload) {
    return new Line(sender, TcpWriter.PSH | TcpWriter.ACK, payload, false, 0);
  }

  static Line message(Sender sender, byte[] method) {
    return new Line(sender, TcpWriter.PSH | TcpWriter.ACK, method, true, 0);
  }

  Line after(long nanos) {
    return new Line(sender, flags, payload, hasBody, nanos);
  }
}
