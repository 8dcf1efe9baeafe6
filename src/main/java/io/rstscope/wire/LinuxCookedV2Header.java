package io.rstscope.wire;

/**
 * Linux cooked header, version 2 (https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL2.html).
 * Packet types are those of {@link LinuxCookedHeader}.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------------------------------+-------------------------------+
 * |           Protocol            |           Reserved            |
 * +-------------------------------+-------------------------------+
 * |                        Interface index                        |
 * +-------------------------------+---------------+---------------+
 * |         ARPHRD_ type          |  Packet type  |Address length |
 * +-------------------------------+---------------+---------------+
 * |                            Address                            |
 * +-------------------------------+-------------------------------+
 * |            Address            |            unused             |
 * +-------------------------------+-------------------------------+
 * </pre>
 */
public final class LinuxCookedV2Header {
  public static final int PROTOCOL = 0;
  public static final int PACKET_TYPE = 10;
  public static final int ADDRESS_LENGTH = 11;
  public static final int ADDRESS = 12;
  public static final int LENGTH = 20;

  private LinuxCookedV2Header() {}

  /** One of {@link EtherType}, or what is none on odd device types. */
  public static int protocol(byte[] data, int offset) {
    return Bytes.u16(data, offset + PROTOCOL);
  }

  /** 0 to 255; {@code PACKET_HOST} and so on of linux/if_packet.h. */
  public static int packetType(byte[] data, int offset) {
    return Bytes.u8(data, offset + PACKET_TYPE);
  }

  /** Bytes of the sender's address, 0 to 255; only 8 of them have a place. */
  public static int addressLength(byte[] data, int offset) {
    return Bytes.u8(data, offset + ADDRESS_LENGTH);
  }

  /** The sender's MAC address, 48 bits, if {@link #addressLength} is 6. */
  public static long address(byte[] data, int offset) {
    return Bytes.u48(data, offset + ADDRESS);
  }
}
