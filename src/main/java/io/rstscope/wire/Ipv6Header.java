package io.rstscope.wire;

/**
 * IPv6 header (RFC 8200, section 3).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------+---------------+---------------------------------------+
 * |Version| Traffic class |              Flow label               |
 * +-------+---------------+-------+---------------+---------------+
 * |        Payload length         |  Next header  |   Hop limit   |
 * +-------------------------------+---------------+---------------+
 * |                   Source address (16 bytes)                   |
 * +---------------------------------------------------------------+
 * |                Destination address (16 bytes)                 |
 * +---------------------------------------------------------------+
 * </pre>
 */
public final class Ipv6Header {
  public static final int VERSION_CLASS_AND_LABEL = 0;
  public static final int PAYLOAD_LENGTH = 4;
  public static final int NEXT_HEADER = 6;
  public static final int HOP_LIMIT = 7;
  public static final int SOURCE = 8;
  public static final int DESTINATION = 24;
  public static final int LENGTH = 40;

  private Ipv6Header() {}

  /** IP version, 0 to 15; right is 6. */
  public static int version(byte[] data, int offset) {
    return Bytes.u8(data, offset + VERSION_CLASS_AND_LABEL) >> 4;
  }

  /** Flow label, 0 to 0xfffff. */
  public static int flowLabel(byte[] data, int offset) {
    return Bytes.i32(data, offset + VERSION_CLASS_AND_LABEL) & 0xfffff;
  }

  /**
   * Bytes after this header, extension headers included; 0 in a jumbogram (RFC 2675), whose length
   * is in an option.
   */
  public static int payloadLength(byte[] data, int offset) {
    return Bytes.u16(data, offset + PAYLOAD_LENGTH);
  }

  /** One of {@link IpProtocol}, or the first of the {@link Ipv6ExtensionHeader}s. */
  public static int nextHeader(byte[] data, int offset) {
    return Bytes.u8(data, offset + NEXT_HEADER);
  }

  /** Hop limit, 0 to 255. */
  public static int hopLimit(byte[] data, int offset) {
    return Bytes.u8(data, offset + HOP_LIMIT);
  }

  /** First 64 bits of the source address. */
  public static long sourceHigh(byte[] data, int offset) {
    return Bytes.i64(data, offset + SOURCE);
  }

  /** Last 64 bits of the source address. */
  public static long sourceLow(byte[] data, int offset) {
    return Bytes.i64(data, offset + SOURCE + 8);
  }

  /** First 64 bits of the destination address. */
  public static long destinationHigh(byte[] data, int offset) {
    return Bytes.i64(data, offset + DESTINATION);
  }

  /** Last 64 bits of the destination address. */
  public static long destinationLow(byte[] data, int offset) {
    return Bytes.i64(data, offset + DESTINATION + 8);
  }
}
