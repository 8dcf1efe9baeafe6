package io.rstscope.wire;

/**
 * IPv6 extension headers (RFC 8200, section 4): what all have, and the fragment header. The
 * authentication header (RFC 4302), which counts its length otherwise, also follows IPv4.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+--------------------------------
 * |  Next header  |    Length     |  of the header, as its kind says
 * +---------------+---------------+-------------------------+---+-+
 * |  Next header  |   Reserved    |     Fragment offset     |Res|M|
 * +---------------+---------------+-------------------------+---+-+
 * |                        Identification                         |
 * +---------------------------------------------------------------+
 * </pre>
 */
public final class Ipv6ExtensionHeader {
  public static final int HOP_BY_HOP = 0;
  public static final int ROUTING = 43;
  public static final int FRAGMENT = 44;
  public static final int AUTHENTICATION = 51;
  public static final int DESTINATION_OPTIONS = 60;
  public static final int MOBILITY = 135;
  public static final int HOST_IDENTITY = 139;
  public static final int SHIM6 = 140;

  public static final int NEXT_HEADER = 0;
  public static final int HEADER_LENGTH = 1;
  public static final int FRAGMENT_OFFSET_AND_MORE = 2;
  public static final int IDENTIFICATION = 4;

  /** Bytes of the shortest, and of the fragment header. */
  public static final int MINIMUM_LENGTH = 8;

  private Ipv6ExtensionHeader() {}

  /** One of {@link IpProtocol}, or a further extension header. */
  public static int nextHeader(byte[] data, int offset) {
    return Bytes.u8(data, offset + NEXT_HEADER);
  }

  /** Bytes of this header, 8 to 2048; not of a fragment header. */
  public static int length(byte[] data, int offset) {
    return (Bytes.u8(data, offset + HEADER_LENGTH) + 1) << 3;
  }

  /** Bytes of an authentication header, 8 to 1028. */
  public static int authenticationLength(byte[] data, int offset) {
    return (Bytes.u8(data, offset + HEADER_LENGTH) + 2) << 2;
  }

  /** Place of the fragment in the whole packet's payload, in bytes; 0 unless a later fragment. */
  public static int fragmentOffset(byte[] data, int offset) {
    return Bytes.u16(data, offset + FRAGMENT_OFFSET_AND_MORE) & 0xfff8;
  }

  /** Whether the packet is a fragment and not the last. */
  public static boolean moreFragments(byte[] data, int offset) {
    return (Bytes.u16(data, offset + FRAGMENT_OFFSET_AND_MORE) & 1) != 0;
  }

  /** Identification of the fragmented packet, 32 bits. */
  public static int identification(byte[] data, int offset) {
    return Bytes.i32(data, offset + IDENTIFICATION);
  }
}
