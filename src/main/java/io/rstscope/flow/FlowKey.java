package io.rstscope.flow;

/**
 * What identifies a flow: both addresses and ports, the same for both directions; refilled for each
 * segment.
 *
 * <p>An IPv4 flow is told by {@link #addresses} and {@link #ports} alone. Of an IPv6 flow {@code
 * addresses} is a hash, and whoever compares must look at the addresses too.
 */
final class FlowKey {
  long addresses;

  /** Whether it is IPv6 (1 bit), lower address's port, upper address's port (16 bits each). */
  long ports;

  /** Whether the segment's source is the lower of the two addresses. */
  boolean sourceIsLower;

  int hash;

  void take(Segment s) {
    sourceIsLower = isSourceLower(s);
    if (s.ipVersion == 4) {
      addresses =
          sourceIsLower
              ? s.sourceLow << 32 | s.destinationLow
              : s.destinationLow << 32 | s.sourceLow;
    } else {
      long source = mix(s.sourceHigh * 31 + s.sourceLow);
      long destination = mix(s.destinationHigh * 31 + s.destinationLow);
      addresses = sourceIsLower ? source * 31 + destination : destination * 31 + source;
    }
    long lowerPort = sourceIsLower ? s.sourcePort : s.destinationPort;
    long upperPort = sourceIsLower ? s.destinationPort : s.sourcePort;
    ports = (s.ipVersion == 6 ? 1L << 32 : 0) | lowerPort << 16 | upperPort;
    hash = hash(addresses, ports);
  }

  static int hash(long addresses, long ports) {
    return (int) (mix(addresses ^ ports * 0x9e3779b97f4a7c15L) >>> 32);
  }

  private static boolean isSourceLower(Segment s) {
    if (s.sourceHigh != s.destinationHigh) {
      return Long.compareUnsigned(s.sourceHigh, s.destinationHigh) < 0;
    }
    if (s.sourceLow != s.destinationLow) {
      return Long.compareUnsigned(s.sourceLow, s.destinationLow) < 0;
    }
    return s.sourcePort < s.destinationPort;
  }

  /** Finaliser of MurmurHash3: every bit of the input changes half of those of the output. */
  private static long mix(long value) {
    long mixed = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 33;
  }
}
