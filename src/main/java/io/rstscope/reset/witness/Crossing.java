package io.rstscope.reset.witness;

import java.util.List;

/**
 * What a capture at the other end of the path shows of a reset.
 *
 * @param kind whether it crossed the path
 * @param capture name of the other capture
 * @param frames the packets there that this rests on: the same reset, or those around where it
 *     would be
 * @param framesHere the packets here that it rests on besides the reset
 * @param transitNanos how long it was on its way, as far as the clocks' error lets that be told, or
 *     -1 when it is in one capture only or the clocks are not known
 * @param shortestNanos the shortest transit of its direction, or -1 as above
 * @param chance that the other capture only missed it, 0 to 1
 * @param triggerAbsent whether the packet that it answers is not there either: what was sent to
 *     that end went elsewhere
 * @param aliveFrame a later packet of the claimed sender there that is no reset, or -1
 */
public record Crossing(
    Kind kind,
    String capture,
    List<Long> frames,
    List<Long> framesHere,
    long transitNanos,
    long shortestNanos,
    double chance,
    boolean triggerAbsent,
    long aliveFrame) {
  /** Whether it crossed the path. */
  public enum Kind {
    /** It arrived here, and never was at the end that it claims to come from. */
    MADE_BETWEEN,
    /** It is in both captures, sooner than any packet of its direction can be. */
    TOO_FAST,
    /** It is in both captures, and overtook a packet of its flow and direction in between. */
    OVERTAKING,
    /** It is in both captures: a forged one may be, too. */
    CROSSED,
    /** It left this end, and never arrived at the other. */
    STOPPED
  }
}
