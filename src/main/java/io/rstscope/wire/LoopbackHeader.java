package io.rstscope.wire;

/**
 * BSD loopback encapsulation, of link types NULL and LOOP (https://www.tcpdump.org/linktypes.html).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------------------------------------------------------+
 * |                        Address family                         |
 * +---------------------------------------------------------------+
 * </pre>
 */
public final class LoopbackHeader {
  public static final int LENGTH = 4;

  private static final int AF_INET = 2;
  private static final int AF_INET6_LINUX = 10;
  private static final int AF_INET6_NETBSD_OPENBSD = 24;
  private static final int AF_INET6_FREEBSD = 28;
  private static final int AF_INET6_MACOS = 30;

  private LoopbackHeader() {}

  /** The address family of link type LOOP, in network byte order. */
  public static int family(byte[] data, int offset) {
    return Bytes.i32(data, offset);
  }

  /**
   * The address family of link type NULL, in the byte order of the host that captured: whichever
   * order makes it small, for no family needs more than 16 bits.
   */
  public static int familyOfEitherOrder(byte[] data, int offset) {
    int family = Bytes.i32(data, offset);
    return family >>> 16 == 0 ? family : Integer.reverseBytes(family);
  }

  /** {@link EtherType#IPV4} or {@link EtherType#IPV6} on any system, or 0 for another family. */
  public static int etherType(int family) {
    return switch (family) {
      case AF_INET -> EtherType.IPV4;
      case AF_INET6_LINUX, AF_INET6_NETBSD_OPENBSD, AF_INET6_FREEBSD, AF_INET6_MACOS ->
          EtherType.IPV6;
      default -> 0;
    };
  }
}
