package io.rstscope.wire;

/**
 * Linux cooked header, version 1 (https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------------------------------+-------------------------------+
 * |          Packet type          |       ARPHRD_ type            |
 * +-------------------------------+-------------------------------+
 * |        Address length         |            Address            |
 * +-------------------------------+-------------------------------+
 * |                            Address                            |
 * +-------------------------------+-------------------------------+
 * |       Address, unused         |           Protocol            |
 * +-------------------------------+-------------------------------+
 * </pre>
 */
public final class LinuxCookedHeader {
  public static final int PACKET_TYPE = 0;
  public static final int ADDRESS_LENGTH = 4;
  public static final int ADDRESS = 6;
  public static final int PROTOCOL = 14;
  public static final int LENGTH = 16;

  /** Highest packet type of a packet that was received: to us, broadcast, multicast, others'. */
  public static final int PACKET_TYPE_LAST_RECEIVED = 3;

  /** Packet type of a packet that the capturing host sent. */
  public static final int PACKET_TYPE_OUTGOING = 4;

  private LinuxCookedHeader() {}

  /** 0 to 65,535; {@code PACKET_HOST} and so on of linux/if_packet.h. */
  public static int packetType(byte[] data, int offset) {
    return Bytes.u16(data, offset + PACKET_TYPE);
  }

  /** Bytes of the sender's address, 0 to 65,535; only 8 of them have a place. */
  public static int addressLength(byte[] data, int offset) {
    return Bytes.u16(data, offset + ADDRESS_LENGTH);
  }

  /** The sender's MAC address, 48 bits, if {@link #addressLength} is 6. */
  public static long address(byte[] data, int offset) {
    return Bytes.u48(data, offset + ADDRESS);
  }

  /** One of {@link EtherType}, or what is none on odd device types. */
  public static int protocol(byte[] data, int offset) {
    return Bytes.u16(data, offset + PROTOCOL);
  }
}
