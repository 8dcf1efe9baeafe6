package io.rstscope.wire;

/**
 * One entry of an MPLS label stack (RFC 3032, section 2.1).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------------------------------+-----+-+---------------+
 * |                 Label                 | TC  |S|      TTL      |
 * +---------------------------------------+-----+-+---------------+
 * </pre>
 */
public final class MplsLabel {
  public static final int LENGTH = 4;

  private MplsLabel() {}

  /** Whether this is the last label: what follows is not named, one must look. */
  public static boolean isLast(byte[] data, int offset) {
    return (data[offset + 2] & 1) != 0;
  }
}
