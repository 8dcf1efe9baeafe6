package io.rstscope.reset;

/**
 * The small packets of one side of a connection of which no heartbeat was agreed in sight:
 * heartbeats have one size, also within TLS, and come at one interval.
 *
 * @param nanos when the last of two or more of the same size was captured, ns since 1970; 0 when
 *     there were none
 * @param intervalNanos from the one before to it, ns; -1 when there was none
 * @param repeated how often in a row that interval came again, 0 or more
 * @param lastNanos when the last small packet of any size was captured, ns since 1970, or 0
 * @param lastLength of its payload, bytes
 * @param lastTlsType the content type of the TLS record that it is (RFC 8446, section 5.1), else 0
 * @param fatalAlert what it says against the handshake of TLS where it is a fatal alert in clear
 *     (RFC 8446, section 6), else -1
 */
public record Beat(
    long nanos,
    long intervalNanos,
    int repeated,
    long lastNanos,
    int lastLength,
    int lastTlsType,
    int fatalAlert) {
  /** Of a side that sent none. */
  public static final Beat NONE = new Beat(0, -1, 0, 0, 0, 0, -1);
}
