package io.rstscope.pairing;

import io.rstscope.pairing.clock.ClockPiece.Part;

/**
 * The time that a capture covers, by its own clock.
 *
 * @param firstNanos its first packet, nanoseconds since 1970
 * @param lastNanos its last
 * @param complete whether it holds all packets in that time, as far as its system counted, with all
 *     their headers
 */
public record Span(long firstNanos, long lastNanos, boolean complete) {
  /** What of it lies in that part. */
  Span in(Part part) {
    return new Span(
        Math.max(part.firstNanos(), firstNanos), Math.min(part.lastNanos(), lastNanos), complete);
  }

  /** Whether it began long enough before that time, and ended long enough after it. */
  boolean covers(long nanos, long marginNanos) {
    return nanos - marginNanos >= firstNanos && nanos + marginNanos <= lastNanos;
  }
}
