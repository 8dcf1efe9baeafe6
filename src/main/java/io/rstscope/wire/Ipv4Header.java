package io.rstscope.wire;

/**
 * IPv4 header (RFC 791, section 3.1).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------+-------+---------------+-------------------------------+
 * |Version|  IHL  |Type of service|         Total length          |
 * +-------+-------+---------------+-----+-------------------------+
 * |        Identification         |0|D|M|     Fragment offset     |
 * +---------------+---------------+-----+-------------------------+
 * | Time to live  |   Protocol    |        Header checksum        |
 * +---------------+---------------+-------------------------------+
 * |                        Source address                         |
 * +---------------------------------------------------------------+
 * |                      Destination address                      |
 * +---------------------------------------------------------------+
 * |                          Options ...
 * +----------------------------------------------------------------
 * </pre>
 */
public final class Ipv4Header {
  public static final int VERSION_AND_LENGTH = 0;
  public static final int TOTAL_LENGTH = 2;
  public static final int IDENTIFICATION = 4;
  public static final int FLAGS_AND_FRAGMENT_OFFSET = 6;
  public static final int TIME_TO_LIVE = 8;
  public static final int PROTOCOL = 9;
  public static final int SOURCE = 12;
  public static final int DESTINATION = 16;

  /** Bytes of a header without options. */
  public static final int MINIMUM_LENGTH = 20;

  private static final int DONT_FRAGMENT = 0x4000;
  private static final int MORE_FRAGMENTS = 0x2000;
  private static final int FRAGMENT_OFFSET = 0x1fff;

  private Ipv4Header() {}

  /** IP version, 0 to 15; right is 4. */
  public static int version(byte[] data, int offset) {
    return Bytes.u8(data, offset + VERSION_AND_LENGTH) >> 4;
  }

  /** Bytes of the header with options, 0 to 60; right is {@link #MINIMUM_LENGTH} or more. */
  public static int headerLength(byte[] data, int offset) {
    return (data[offset + VERSION_AND_LENGTH] & 0x0f) << 2;
  }

  /** Bytes of header and payload; 0 where the sending host leaves segmentation to its card. */
  public static int totalLength(byte[] data, int offset) {
    return Bytes.u16(data, offset + TOTAL_LENGTH);
  }

  /** Identification, 0 to 65,535. */
  public static int identification(byte[] data, int offset) {
    return Bytes.u16(data, offset + IDENTIFICATION);
  }

  /** Whether routers must not fragment the packet. */
  public static boolean dontFragment(byte[] data, int offset) {
    return (Bytes.u16(data, offset + FLAGS_AND_FRAGMENT_OFFSET) & DONT_FRAGMENT) != 0;
  }

  /** Whether the packet is a fragment and not the last. */
  public static boolean moreFragments(byte[] data, int offset) {
    return (Bytes.u16(data, offset + FLAGS_AND_FRAGMENT_OFFSET) & MORE_FRAGMENTS) != 0;
  }

  /** Place of the fragment in the whole packet's payload, in bytes; 0 unless a later fragment. */
  public static int fragmentOffset(byte[] data, int offset) {
    return (Bytes.u16(data, offset + FLAGS_AND_FRAGMENT_OFFSET) & FRAGMENT_OFFSET) << 3;
  }

  /** Time to live in hops, 0 to 255. */
  public static int timeToLive(byte[] data, int offset) {
    return Bytes.u8(data, offset + TIME_TO_LIVE);
  }

  /** One of {@link IpProtocol}. */
  public static int protocol(byte[] data, int offset) {
    return Bytes.u8(data, offset + PROTOCOL);
  }

  /** Source address, 32 bits. */
  public static long source(byte[] data, int offset) {
    return Bytes.u32(data, offset + SOURCE);
  }

  /** Destination address, 32 bits. */
  public static long destination(byte[] data, int offset) {
    return Bytes.u32(data, offset + DESTINATION);
  }
}
