package io.rstscope.judge.cause;

import io.rstscope.judge.context.FirstEnd.Way;
import io.rstscope.reset.witness.SocketError;
import io.rstscope.reset.witness.SocketError.Meaning;

/** What the kernel of the capturing host told the program of its socket, as far as it ended it. */
final class Kernels {
  /** Between a packet and the error that follows from it. */
  private static final long NEAR_NANOS = 100_000_000L;

  private Kernels() {}

  /** Before whatever else ended the connection, or just behind the reset of that very kernel. */
  static boolean gaveUp(End end, Meaning how) {
    SocketError error = end.flow().givenUp();
    return error != null
        && error.meaning() == how
        && !end.isRefused()
        && (end.isUnanswered()
            || error.nanos() <= end.first().nanos()
            || isBehindItsReset(end, error));
  }

  /** Keep-alive that ran out sends a reset, then reports (tcp_keepalive_timer). */
  private static boolean isBehindItsReset(End end, SocketError error) {
    return end.reset() != null
        && end.first().way() == Way.RESET
        && end.reset().from() == error.of()
        && Math.abs(error.nanos() - end.reset().packet().timeNanos()) <= NEAR_NANOS;
  }

  static boolean tookUnseenReset(End end) {
    SocketError error = end.flow().account().error();
    return error != null && error.meaning() == Meaning.RESET && end.first().way() == Way.NONE;
  }

  /** Its reset comes just before the error (tcp_abort). */
  static boolean destroyed(End end) {
    SocketError error = end.flow().account().error();
    return error != null && error.meaning() == Meaning.DESTROYED && isBehindItsReset(end, error);
  }

  /** What the error says, a clause; of an end of which one of the above holds. */
  static String says(End end) {
    SocketError error = end.flow().account().error();
    String whose = "the " + error.of().word() + "'s";
    return switch (error.meaning()) {
          case GAVE_UP ->
              "the kernel of "
                  + whose
                  + " host gave the connection up: what it sent, or its keep-alive, got no ACK for"
                  + " too long";
          case UNREACHABLE ->
              "the kernel of "
                  + whose
                  + " host gave the connection up: nothing came back, and ICMP or its own routes"
                  + " said that the other host cannot be reached";
          case RESET -> whose + " socket took an RST that is not in the capture";
          case DESTROYED ->
              "somebody on " + whose + " host destroyed the socket, as ss --kill does";
        }
        + " ("
        + error.name()
        + ")";
  }
}
