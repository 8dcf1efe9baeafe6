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
    if (sameDirection < 0 || opposite < 0) {
      return Math.max(sameDirection, opposite);
    }
    return Math.min(sameDirection, opposite);
  }
}
