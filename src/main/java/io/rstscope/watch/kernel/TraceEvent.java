package io.rstscope.watch.kernel;

import io.rstscope.net.HostPort;

/**
 * What the kernel recorded of a connection.
 *
 * @param nanos when, by the clock of the trace
 * @param source of the packet; of an error the end whose socket has it
 * @param destination of the packet; of an error the other end
 * @param reason why it was sent; null where it was not, and of kernels that do not say
 * @param error of the socket; null of resets
 */
record TraceEvent(
    long nanos, Kind kind, HostPort source, HostPort destination, String reason, Errno error) {
  /** What happened. */
  enum Kind {
    /** It sent a reset. */
    SENT,
    /** A socket took a reset. */
    TAKEN,
    /** A socket's program was told of an error. */
    ERROR
  }
}
