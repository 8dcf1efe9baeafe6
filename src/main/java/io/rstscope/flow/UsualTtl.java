package io.rstscope.flow;

/**
 * The usual one among the TTLs of one side, by the majority vote of Boyer and Moore with few votes:
 * an odd packet does not move it, a lasting change of path does after a while.
 *
 * <p>An int holds the usual TTL, its votes, another TTL that was seen lately, and how many packets
 * had not the usual one; 0 before the first packet.
 */
final class UsualTtl {
  private static final int VOTE = 1 << 8;
  private static final int VOTES = 0xff00;
  private static final int MAX_VOTES = 15 * VOTE;
  private static final int OTHER_SHIFT = 16;
  private static final int COUNT_SHIFT = 24;
  private static final int MAX_COUNT = 0xff;

  private UsualTtl() {}

  /** The vote after one more packet. */
  static int take(int vote, int ttl) {
    int votes = vote & VOTES;
    if (vote == 0) {
      return VOTE | ttl;
    }
    if (ttl == value(vote)) {
      return votes == MAX_VOTES ? vote : vote + VOTE;
    }
    int count = Math.min((vote >>> COUNT_SHIFT) + 1, MAX_COUNT) << COUNT_SHIFT;
    return votes == 0
        ? count | value(vote) << OTHER_SHIFT | VOTE | ttl
        : count | ttl << OTHER_SHIFT | votes - VOTE | value(vote);
  }

  /** 0 to 255. */
  static int value(int vote) {
    return vote & 0xff;
  }

  /** Another one seen lately, or -1. */
  static int other(int vote) {
    return otherCount(vote) == 0 ? -1 : vote >>> OTHER_SHIFT & 0xff;
  }

  /** How many packets had not the usual one when they came, 0 to 255. */
  static int otherCount(int vote) {
    return vote >>> COUNT_SHIFT;
  }
}
