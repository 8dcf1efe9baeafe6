package io.rstscope.wire;

/**
 * Ethernet II header (IEEE 802.3, clause 3), as captured: without preamble and checksum.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------------------------------------------------------+
 * |                      Destination address                      |
 * +-------------------------------+-------------------------------+
 * |      Destination address      |        Source address         |
 * +-------------------------------+-------------------------------+
 * |                        Source address                         |
 * +-------------------------------+-------------------------------+
 * |           EtherType           |           Payload ...
 * +-------------------------------+--------------------------------
 * </pre>
 */
public final class EthernetHeader {
  public static final int SOURCE = 6;
  public static final int ETHER_TYPE = SOURCE + 6;
  public static final int LENGTH = ETHER_TYPE + 2;

  private EthernetHeader() {}

  /** Source MAC address, 48 bits. */
  public static long source(byte[] data, int offset) {
    return Bytes.u48(data, offset + SOURCE);
  }

  /** One of {@link EtherType}, or a length when below {@link EtherType#MINIMUM}. */
  public static int etherType(byte[] data, int offset) {
    return Bytes.u16(data, offset + ETHER_TYPE);
  }
}
