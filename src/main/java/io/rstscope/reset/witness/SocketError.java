package io.rstscope.reset.witness;

import io.rstscope.net.Side;

/**
 * An error that the kernel of the capturing host reported to the program of a socket
 * (sk_error_report in net/core/sock.c, since Linux 5.14). Of sockets that no program holds any more
 * none is reported, so that a missing one proves nothing.
 *
 * @param of whose socket it was
 * @param name as in errno(3), such as {@code ETIMEDOUT}
 * @param meaning of that error
 * @param nanos when, ns since 1970
 */
public record SocketError(Side of, String name, Meaning meaning, long nanos) {
  /** What such an error proves of a connection that was established. */
  public enum Meaning {
    /**
     * The kernel gave up (tcp_write_err in net/ipv4/tcp_timer.c): data, or probes of keep-alive or
     * of a window of 0, got no ACK for too long; with TCP_USER_TIMEOUT also that the window stayed
     * 0.
     */
    GAVE_UP,
    /**
     * As {@link #GAVE_UP}; and ICMP, or the host's own routes, had said that the other cannot be
     * reached: tcp_v4_err and inet_sk_rebuild_header keep that for tcp_write_err.
     */
    UNREACHABLE,
    /** A reset in sequence was taken (tcp_reset in net/ipv4/tcp_input.c), whoever had sent it. */
    RESET,
    /** Somebody on that host destroyed the socket (tcp_abort: ss --kill). */
    DESTROYED
  }

  /** Whether the kernel itself ended the connection, since nothing came back. */
  public boolean isGivingUp() {
    return meaning == Meaning.GAVE_UP || meaning == Meaning.UNREACHABLE;
  }
}
