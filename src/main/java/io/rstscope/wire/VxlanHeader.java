package io.rstscope.wire;

/**
 * VXLAN header (RFC 7348, section 5), within UDP; an Ethernet frame follows.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+-----------------------------------------------+
 * |R|R|R|R|I|R|R|R|                   Reserved                    |
 * +---------------+-------------------------------+---------------+
 * |           VXLAN network identifier            |   Reserved    |
 * +-----------------------------------------------+---------------+
 * </pre>
 */
public final class VxlanHeader {
  public static final int PORT = 4789;

  /** What Linux used before {@link #PORT} was assigned, and still does when not told otherwise. */
  public static final int LINUX_PORT = 8472;

  public static final int FLAGS = 0;
  public static final int LENGTH = 8;

  private VxlanHeader() {}

  /** Whether the header names its network, which each valid one does. */
  public static boolean isValid(byte[] data, int offset) {
    return (data[offset + FLAGS] & 0x08) != 0;
  }
}
