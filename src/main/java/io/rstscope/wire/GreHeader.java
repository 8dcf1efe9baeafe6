package io.rstscope.wire;

/**
 * GRE header (RFC 2784, RFC 2890), version 0; each of the last three words is there when its flag
 * is set.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-----------------+-----+-------------------------------+
 * |C|R|K|S|    Reserved     | Ver |         Protocol type         |
 * +-+-+-+-+-----------------+-----+-------------------------------+
 * |      Checksum (if C)          |           Reserved            |
 * +-------------------------------+-------------------------------+
 * |                          Key (if K)                           |
 * +---------------------------------------------------------------+
 * |                    Sequence number (if S)                     |
 * +---------------------------------------------------------------+
 * </pre>
 */
public final class GreHeader {
  public static final int FLAGS_AND_VERSION = 0;
  public static final int PROTOCOL = 2;

  /** Bytes of a header without optional words. */
  public static final int MINIMUM_LENGTH = 4;

  private static final int CHECKSUM_PRESENT = 0x8000;
  private static final int ROUTING_PRESENT = 0x4000;
  private static final int KEY_PRESENT = 0x2000;
  private static final int SEQUENCE_PRESENT = 0x1000;
  private static final int VERSION = 0x0007;

  private GreHeader() {}

  /**
   * Whether the header is of version 0 and without source routing (RFC 1701, which RFC 2784
   * withdrew), so that {@link #headerLength} is right. PPTP's is version 1.
   */
  public static boolean isPlain(byte[] data, int offset) {
    return (Bytes.u16(data, offset + FLAGS_AND_VERSION) & (ROUTING_PRESENT | VERSION)) == 0;
  }

  /** Bytes of the header with what is there of the optional words: 4, 8, 12 or 16. */
  public static int headerLength(byte[] data, int offset) {
    int flags = Bytes.u16(data, offset + FLAGS_AND_VERSION);
    return MINIMUM_LENGTH
        + 4 * Integer.bitCount(flags & (CHECKSUM_PRESENT | KEY_PRESENT | SEQUENCE_PRESENT));
  }

  /** Whether the header holds a sequence number, which tells ERSPAN type II from type I. */
  public static boolean hasSequence(byte[] data, int offset) {
    return (Bytes.u16(data, offset + FLAGS_AND_VERSION) & SEQUENCE_PRESENT) != 0;
  }

  /** One of {@link EtherType}. */
  public static int protocol(byte[] data, int offset) {
    return Bytes.u16(data, offset + PROTOCOL);
  }
}
