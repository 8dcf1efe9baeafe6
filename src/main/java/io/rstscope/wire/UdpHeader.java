package io.rstscope.wire;

/**
 * UDP header (RFC 768).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------------------------------+-------------------------------+
 * |          Source port          |       Destination port        |
 * +-------------------------------+-------------------------------+
 * |            Length             |           Checksum            |
 * +-------------------------------+-------------------------------+
 * </pre>
 */
public final class UdpHeader {
  public static final int DESTINATION_PORT = 2;
  public static final int DATAGRAM_LENGTH = 4;
  public static final int LENGTH = 8;

  private UdpHeader() {}

  /** 0 to 65,535. */
  public static int destinationPort(byte[] data, int offset) {
    return Bytes.u16(data, offset + DESTINATION_PORT);
  }

  /** Bytes of header and payload; right is {@link #LENGTH} or more, or 0 in a jumbogram. */
  public static int datagramLength(byte[] data, int offset) {
    return Bytes.u16(data, offset + DATAGRAM_LENGTH);
  }
}
