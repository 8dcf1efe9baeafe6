package io.rstscope.amqp;

/**
 * Is shown which bytes of payloads were read to say what is known of connections: never passwords
 * or bodies of messages. Payloads of which all else is zero say the same. Called by the thread that
 * reads.
 */
public interface PayloadReads {
  /** For those who do not ask. */
  PayloadReads UNHEEDED = (data, from, to) -> {};

  /**
   * These bytes of a segment's payload, captured ones only, were read.
   *
   * @param data the array with the payload
   * @param from the first of them
   * @param to behind the last; not before {@code from}
   */
  void read(byte[] data, int from, int to);
}
