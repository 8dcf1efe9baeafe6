package io.rstscope.reset;

/** How a connection ended by the broker's log, as far as a cause follows from it. */
public enum LoggedEnd {
  /** The log does not have it, or none was read. */
  UNKNOWN,
  /** It was closed, and nothing was wrong. */
  CLOSED,
  /** "client unexpectedly closed TCP connection": without connection.close. */
  CLIENT_LEFT,
  /** "missed heartbeats from client". */
  HEARTBEATS_MISSED,
  /** "{writer,send_failed,timeout}": what was sent was not taken for the send timeout. */
  SEND_TIMED_OUT,
  /** Another error. */
  FAILED
}
