package io.rstscope.decode;

/**
 * What identifies a flow: both addresses and ports, the same for both directions.
 *
 * <p>An IPv4 flow is told by two words, {@code addresses} and {@code ports}. Of an IPv6 flow {@code
 * addresses} is a hash, and whoever compares must look at the addresses too.
 */
public final class FlowKey {
  /** Set in the ports of an IPv6 flow. */
  static final long IPV6 = 1L << 32;

  private FlowKey() {}

  /** Whether the source is the lower of both ends. */
  static boolean isSourceLower(Segment s) {
    if (s.sourceHigh != s.destinationHigh) {
      return Long.compareUnsigned(s.sourceHigh, s.destinationHigh) < 0;
    }
    if (s.sourceLow != s.destinationLow) {
      return Long.compareUnsigned(s.sourceLow, s.destinationLow) < 0;
    }
    return s.sourcePort < s.destinationPort;
  }

  /**
   * Of IPv4 the lower address, then the upper address (32 bits each), of IPv6 a hash of both.
   *
   * @param lower {@link #isSourceLower}
   */
  static long addresses(Segment s, boolean lower) {
    if (s.ipVersion == 4) {
      return lower ? s.sourceLow << 32 | s.destinationLow : s.destinationLow << 32 | s.sourceLow;
    }
    long source = mix(s.sourceHigh * 31 + s.sourceLow);
    long destination = mix(s.destinationHigh * 31 + s.destinationLow);
    return lower ? source * 31 + destination : destination * 31 + source;
  }

  /**
   * Whether it is {@link #IPV6}, the lower end's port, then the upper end's port (16 bits each).
   *
   * @param lower {@link #isSourceLower}
   */
  static long ports(Segment s, boolean lower) {
    long lowerPort = lower ? s.sourcePort : s.destinationPort;
    long upperPort = lower ? s.destinationPort : s.sourcePort;
    return (s.ipVersion == 6 ? IPV6 : 0) | lowerPort << 16 | upperPort;
  }

  /** What tables are searched by, of addresses and ports; any value. */
  public static int hash(long addresses, long ports) {
    return (int) (mix(addresses ^ ports * 0x9e3779b97f4a7c15L) >>> 32);
  }

  /** Finaliser of MurmurHash3: every bit of the input changes half of those of the output. */
  private static long mix(long value) {
    long mixed = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 33;
  }
}
