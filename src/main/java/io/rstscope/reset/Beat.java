package io.rstscope.reset;

/**
 * The small packets of one side of a connection of which no heartbeat was agreed in sight:
 * heartbeats have one size, also within TLS, and come at one interval.
 *
 * @param nanos when the last one was captured, ns since 1970; 0 when there was none
 * @param length of its payload, bytes
 * @param tlsType the content type of the TLS record that it is (RFC 8446, section 5.1), else 0
 * @param intervalNanos from the one of the same size before to it, ns; -1 when there was none
 * @param repeated how often in a row that interval came again, 0 or more
 */
public record Beat(long nanos, int length, int tlsType, long intervalNanos, int repeated) {
  /** Of a side that sent none. */
  public static final Beat NONE = new Beat(0, 0, 0, -1, 0);
}
