package io.rstscope.flow;

/**
 * The usual one among the source MAC addresses of one side, voted for as {@link UsualTtl} does.
 *
 * <p>A long holds the address, its votes, and how many packets had another one; 0 before the first
 * packet.
 */
final class UsualMac {
  private static final long ADDRESS = 0xffff_ffff_ffffL;
  private static final long VOTE = 1L << 48;
  private static final long VOTES = 0xffL << 48;
  private static final long MAX_VOTES = 15 * VOTE;
  private static final int COUNT_SHIFT = 56;
  private static final long MAX_COUNT = 0xff;

  private UsualMac() {}

  /**
   * The vote after one more packet.
   *
   * @param mac 48 bits, or {@link Segment#NO_MAC}
   */
  static long take(long vote, long mac) {
    long address = mac & ADDRESS;
    long votes = vote & VOTES;
    if (vote == 0) {
      return VOTE | address;
    }
    if (address == (vote & ADDRESS)) {
      return votes == MAX_VOTES ? vote : vote + VOTE;
    }
    long count = Math.min((vote >>> COUNT_SHIFT) + 1, MAX_COUNT) << COUNT_SHIFT;
    return votes == 0 ? count | VOTE | address : count | votes - VOTE | vote & ADDRESS;
  }

  /** The address, or {@link Segment#NO_MAC}. */
  static long value(long vote) {
    long address = vote & ADDRESS;
    return vote == 0 || address == ADDRESS ? Segment.NO_MAC : address;
  }

  /** How many packets had not the usual one when they came, 0 to 255. */
  static int otherCount(long vote) {
    return (int) (vote >>> COUNT_SHIFT);
  }
}
