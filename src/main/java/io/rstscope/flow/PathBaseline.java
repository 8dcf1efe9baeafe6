package io.rstscope.flow;

import io.rstscope.decode.SegmentBatch;

/**
 * Which way the packets of one side come: the usual one among their TTLs and among their source MAC
 * addresses, each by the majority vote of Boyer and Moore with few votes: an odd packet does not
 * move it, a lasting change of path does after a while.
 *
 * <p>The look is an int with the MAC address's number ({@link MacAddresses}), the TTL, and where
 * and how the last packet was captured ({@link #look}); the votes are an int with those for both,
 * another TTL that was seen lately, and how many packets had not the usual ones.
 */
final class PathBaseline {
  private static final int MAC_SHIFT = 16;
  private static final int TTL_SHIFT = 8;
  private static final int TTL_BITS = 0xff << TTL_SHIFT;
  private static final int INTERFACE_SHIFT = 4;
  private static final int INTERFACE_BITS = 0xf;
  private static final int DONT_FRAGMENT = 1;

  private static final int TTL_VOTE = 1;
  private static final int TTL_VOTES = 0x0f;
  private static final int MAC_VOTE = 1 << 4;
  private static final int MAC_VOTES = 0xf0;
  private static final int OTHER_TTL_SHIFT = 8;
  private static final int OTHER_TTL_BITS = 0xff << OTHER_TTL_SHIFT;
  private static final int OTHER_TTLS_SHIFT = 16;
  private static final int OTHER_MACS_SHIFT = 24;
  private static final int MAX_COUNT = 0xff;

  /** The votes after the first packet. */
  static final int FIRST_VOTES = TTL_VOTE | MAC_VOTE;

  private PathBaseline() {}

  /**
   * The look of a segment: two that come the same way, captured at the same place, have one.
   *
   * @param mac the number of its source MAC address
   * @param way its {@link SegmentBatch#way}
   */
  static int look(int mac, int way) {
    return mac << MAC_SHIFT | way;
  }

  /** The votes after a packet that had the usual TTL and MAC address. */
  static int agree(int votes) {
    return votes
        + ((votes & TTL_VOTES) == TTL_VOTES ? 0 : TTL_VOTE)
        + ((votes & MAC_VOTES) == MAC_VOTES ? 0 : MAC_VOTE);
  }

  /** The votes after one more packet, to be taken before {@link #lookAfter}. */
  static int votesAfter(int votes, int look, int seen) {
    return votesForMac(votesForTtl(votes, look, seen), look, seen);
  }

  private static int votesForTtl(int votes, int look, int seen) {
    int left = votes & TTL_VOTES;
    if (ttl(look) == ttl(seen)) {
      return left == TTL_VOTES ? votes : votes + TTL_VOTE;
    }
    int counted = count(votes, OTHER_TTLS_SHIFT) & ~OTHER_TTL_BITS;
    return left == 0
        ? counted + TTL_VOTE | ttl(look) << OTHER_TTL_SHIFT
        : counted - TTL_VOTE | ttl(seen) << OTHER_TTL_SHIFT;
  }

  private static int votesForMac(int votes, int look, int seen) {
    int left = votes & MAC_VOTES;
    if (look >>> MAC_SHIFT == seen >>> MAC_SHIFT) {
      return left == MAC_VOTES ? votes : votes + MAC_VOTE;
    }
    return count(votes, OTHER_MACS_SHIFT) + (left == 0 ? MAC_VOTE : -MAC_VOTE);
  }

  private static int count(int votes, int shift) {
    return (votes >>> shift & MAX_COUNT) == MAX_COUNT ? votes : votes + (1 << shift);
  }

  /**
   * The look after one more packet.
   *
   * @param votes those before it
   */
  static int lookAfter(int votes, int look, int seen) {
    int kept = 0;
    kept |= (votes & TTL_VOTES) == 0 ? 0 : TTL_BITS;
    kept |= (votes & MAC_VOTES) == 0 ? 0 : -1 << MAC_SHIFT;
    return look & kept | seen & ~kept;
  }

  /** The usual way, as {@link SegmentBatch#way(int)}. */
  static int way(int look) {
    return look & (1 << MAC_SHIFT) - 1;
  }

  /** The usual TTL, 0 to 255. */
  static int ttl(int look) {
    return look >>> TTL_SHIFT & 0xff;
  }

  /** The number of the usual MAC address. */
  static int mac(int look) {
    return look >>> MAC_SHIFT;
  }

  /** Whether the last packet had Don't Fragment set. */
  static boolean dontFragment(int look) {
    return (look & DONT_FRAGMENT) != 0;
  }

  /** Another TTL seen lately, or -1. */
  static int otherTtl(int votes) {
    return otherTtls(votes) == 0 ? -1 : votes >>> OTHER_TTL_SHIFT & 0xff;
  }

  /** How many packets had not the TTL that was usual when they came, 0 to 255. */
  static int otherTtls(int votes) {
    return votes >>> OTHER_TTLS_SHIFT & MAX_COUNT;
  }

  /** How many packets had not the MAC address that was usual when they came, 0 to 255. */
  static int otherMacs(int votes) {
    return votes >>> OTHER_MACS_SHIFT;
  }

  /** Whether a segment was captured on another interface than the last packet, as far as known. */
  static boolean isOnOtherInterface(int look, int seen) {
    return ((look ^ seen) >>> INTERFACE_SHIFT & INTERFACE_BITS) != 0;
  }
}
