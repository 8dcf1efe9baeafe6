package io.rstscope.wire;

/**
 * PPPoE session header (RFC 2516, section 4) with the PPP protocol after it (RFC 1661, section 2).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------+-------+---------------+-------------------------------+
 * |Version| Type  |     Code      |          Session id           |
 * +-------+-------+---------------+-------------------------------+
 * |            Length             |         PPP protocol          |
 * +-------------------------------+-------------------------------+
 * </pre>
 */
public final class PppoeHeader {
  public static final int PAYLOAD_LENGTH = 4;
  public static final int PPP_PROTOCOL = 6;

  /** Bytes with the PPP protocol, which is part of the payload. */
  public static final int LENGTH = 8;

  private PppoeHeader() {}

  /** Bytes that follow the session header, those of the PPP protocol among them. */
  public static int payloadLength(byte[] data, int offset) {
    return Bytes.u16(data, offset + PAYLOAD_LENGTH);
  }

  /** {@link EtherType#IPV4}, {@link EtherType#IPV6}, or 0 for the other PPP protocols. */
  public static int etherType(byte[] data, int offset) {
    return PppHeader.etherType(Bytes.u16(data, offset + PPP_PROTOCOL));
  }
}
