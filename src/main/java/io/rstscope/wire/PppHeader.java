package io.rstscope.wire;

/**
 * PPP header (RFC 1661, section 2), in HDLC-like framing (RFC 1662, section 3.1) or without, and
 * what Cisco sends in its place (RFC 1547, section 4.3.1).
 *
 * <pre>
 * +----------+----------+-------------+
 * | Address  | Control  |  Protocol   |  address and control may be left out, and the protocol
 * | 11111111 | 00000011 | 8/16 bits   |  may be compressed to its low 8 bits (RFC 1661, 6.5, 6.6)
 * +----------+----------+-------------+
 * | 00001111 | 00000000 |  EtherType  |  Cisco's; 10001111 for broadcasts
 * +----------+----------+-------------+
 * </pre>
 */
public final class PppHeader {
  /** Bytes of address and control. */
  public static final int FRAMING = 2;

  /** Bytes of a protocol that is not compressed. */
  public static final int PROTOCOL = 2;

  /** Bytes of Cisco's header. */
  public static final int CISCO_LENGTH = 4;

  private static final int ALL_STATIONS = 0xff;
  private static final int UNNUMBERED_INFORMATION = 0x03;
  private static final int CISCO_UNICAST = 0x0f;
  private static final int CISCO_BROADCAST = 0x8f;

  private static final int IPV4 = 0x0021;
  private static final int IPV6 = 0x0057;

  private PppHeader() {}

  /** Whether it begins with PPP's address and control; {@link #FRAMING} bytes are read. */
  public static boolean isFramed(byte[] data, int offset) {
    return Bytes.u16(data, offset) == (ALL_STATIONS << 8 | UNNUMBERED_INFORMATION);
  }

  /** Whether it begins with Cisco's address and control; {@link #FRAMING} bytes are read. */
  public static boolean isCisco(byte[] data, int offset) {
    int both = Bytes.u16(data, offset);
    return both == CISCO_UNICAST << 8 || both == CISCO_BROADCAST << 8;
  }

  /** Bytes of the protocol: 1 when it is compressed, which its last bit tells, or 2. */
  public static int protocolLength(byte[] data, int offset) {
    return (data[offset] & 1) != 0 ? 1 : PROTOCOL;
  }

  /**
   * The protocol, compressed or not, as {@link EtherType#IPV4}, {@link EtherType#IPV6}, or 0 for
   * the others.
   */
  public static int etherType(byte[] data, int offset) {
    boolean compressed = protocolLength(data, offset) == 1;
    return etherType(compressed ? Bytes.u8(data, offset) : Bytes.u16(data, offset));
  }

  /** As above, of a protocol by its number. */
  static int etherType(int protocol) {
    return switch (protocol) {
      case IPV4 -> EtherType.IPV4;
      case IPV6 -> EtherType.IPV6;
      default -> 0;
    };
  }

  /** The EtherType in Cisco's header. */
  public static int ciscoEtherType(byte[] data, int offset) {
    return Bytes.u16(data, offset + FRAMING);
  }
}
