package io.rstscope.wire;

/**
 * TCP header (RFC 9293, section 3.1).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------------------------------+-------------------------------+
 * |          Source port          |       Destination port        |
 * +-------------------------------+-------------------------------+
 * |                        Sequence number                        |
 * +---------------------------------------------------------------+
 * |                     Acknowledgment number                     |
 * +-------+-------+---------------+-------------------------------+
 * |D.offs.| Resvd |C|E|U|A|P|R|S|F|            Window             |
 * +-------+-------+---------------+-------------------------------+
 * |           Checksum            |        Urgent pointer         |
 * +-------------------------------+-------------------------------+
 * |                          Options ...
 * +----------------------------------------------------------------
 * </pre>
 */
public final class TcpHeader {
  public static final int SOURCE_PORT = 0;
  public static final int DESTINATION_PORT = 2;

  /** Bytes up to and with both ports. */
  public static final int PORTS_LENGTH = 4;

  public static final int SEQUENCE = 4;
  public static final int ACKNOWLEDGEMENT = 8;
  public static final int DATA_OFFSET = 12;
  public static final int FLAGS = 13;
  public static final int WINDOW = 14;

  /** Bytes up to and with the window: all that a connection is followed by. */
  public static final int WINDOW_END = 16;

  /** Bytes of a header without options. */
  public static final int MINIMUM_LENGTH = 20;

  private TcpHeader() {}

  /** 0 to 65,535. */
  public static int sourcePort(byte[] data, int offset) {
    return Bytes.u16(data, offset + SOURCE_PORT);
  }

  /** 0 to 65,535. */
  public static int destinationPort(byte[] data, int offset) {
    return Bytes.u16(data, offset + DESTINATION_PORT);
  }

  /** For {@link SequenceNumber}. */
  public static int sequence(byte[] data, int offset) {
    return Bytes.i32(data, offset + SEQUENCE);
  }

  /** For {@link SequenceNumber}; means something only with the ACK flag. */
  public static int acknowledgement(byte[] data, int offset) {
    return Bytes.i32(data, offset + ACKNOWLEDGEMENT);
  }

  /** Bytes of the header with options, 0 to 60; right is {@link #MINIMUM_LENGTH} or more. */
  public static int headerLength(byte[] data, int offset) {
    return (data[offset + DATA_OFFSET] & 0xf0) >> 2;
  }

  /** CWR to FIN, 0 to 255. */
  public static int flags(byte[] data, int offset) {
    return Bytes.u8(data, offset + FLAGS);
  }

  /** Window before scaling, 0 to 65,535. */
  public static int window(byte[] data, int offset) {
    return Bytes.u16(data, offset + WINDOW);
  }
}
