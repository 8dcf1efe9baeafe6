package io.rstscope.reset;

/**
 * Silences before a reset, in nanoseconds; -1 where nothing came before.
 *
 * @param sameDirection since the last packet of the claimed sender
 * @param opposite since the last packet of the other side
 * @param payload since the last payload of either side
 * @param beforeTrigger of the whole flow before the oldest packet the reset answers: what an idle
 *     timer saw; -1 when it answers none
 */
public record Idle(long sameDirection, long opposite, long payload, long beforeTrigger) {

  /**
   * How long the flow was silent: before the packet that the reset answers, else before the reset;
   * -1 if unknown.
   */
  public long silenceNanos() {
    if (beforeTrigger >= 0) {
      return beforeTrigger;
    }
    return shorter(sameDirection, opposite);
  }

  /** The shorter one of two silences, of which each may be unknown; -1 when both are. */
  static long shorter(long one, long other) {
    return one < 0 || other < 0 ? Math.max(one, other) : Math.min(one, other);
  }
}
