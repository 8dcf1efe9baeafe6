package io.rstscope.wire;

/**
 * GENEVE header (RFC 8926, section 3.4), within UDP.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---+-----------+-+-+-----------+-------------------------------+
 * |Ver|  Opt len  |O|C|   Rsvd.   |         Protocol type         |
 * +---+-----------+-+-+-----------+---------------+---------------+
 * |          Virtual network identifier           |   Reserved    |
 * +-----------------------------------------------+---------------+
 * |                    Options (0 to 252 bytes)                   |
 * +---------------------------------------------------------------+
 * </pre>
 */
public final class GeneveHeader {
  public static final int PORT = 6081;

  public static final int VERSION_AND_OPTION_LENGTH = 0;
  public static final int PROTOCOL = 2;

  /** Bytes of a header without options. */
  public static final int MINIMUM_LENGTH = 8;

  private GeneveHeader() {}

  /** 0 to 3; right is 0. */
  public static int version(byte[] data, int offset) {
    return Bytes.u8(data, offset + VERSION_AND_OPTION_LENGTH) >> 6;
  }

  /** Bytes of the header with options, 8 to 260. */
  public static int headerLength(byte[] data, int offset) {
    return MINIMUM_LENGTH + ((data[offset + VERSION_AND_OPTION_LENGTH] & 0x3f) << 2);
  }

  /** One of {@link EtherType}, mostly {@link EtherType#ETHERNET}. */
  public static int protocol(byte[] data, int offset) {
    return Bytes.u16(data, offset + PROTOCOL);
  }
}
