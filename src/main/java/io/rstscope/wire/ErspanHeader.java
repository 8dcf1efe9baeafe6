package io.rstscope.wire;

/**
 * Header of a mirrored frame, ERSPAN types II and III (draft-foschiano-erspan-03, section 4),
 * within GRE; an Ethernet frame follows. Type I has no header.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------+-----------------------+-----+---+-+-------------------+
 * |Version|         VLAN          | COS |Enc|T|    Session id     |
 * +-------+-----------------------+-----+---+-+-------------------+
 * |             II: reserved and index. III: timestamp            |
 * +-------------------------------+-+---------+-----------+-+---+-+
 * | III: security group tag       |P|Frm type |  Hw id    |D|Gra|O|
 * +-------------------------------+-+---------+-----------+-+---+-+
 * |   III, if O: platform specific subheader (8 bytes)            |
 * +---------------------------------------------------------------+
 * </pre>
 */
public final class ErspanHeader {
  public static final int TYPE_II_LENGTH = 8;
  public static final int TYPE_II_VERSION = 1;
  public static final int TYPE_III_VERSION = 2;

  /** Bytes of a type III header without its subheader. */
  public static final int TYPE_III_MINIMUM_LENGTH = 12;

  /** Frame type of type III: an Ethernet frame without its checksum follows. */
  public static final int FRAME_ETHERNET = 0;

  /** Frame type of type III: an IP packet follows. */
  public static final int FRAME_IP = 2;

  private static final int SUBHEADER_LENGTH = 8;

  private ErspanHeader() {}

  /** {@link #TYPE_II_VERSION} or {@link #TYPE_III_VERSION}; others are not known. */
  public static int version(byte[] data, int offset) {
    return Bytes.u8(data, offset) >> 4;
  }

  /** Bytes of a type III header: 12 or 20. */
  public static int typeThreeLength(byte[] data, int offset) {
    return TYPE_III_MINIMUM_LENGTH + (data[offset + 11] & 1) * SUBHEADER_LENGTH;
  }

  /** What follows a type III header, 0 to 31. */
  public static int frameType(byte[] data, int offset) {
    return data[offset + 10] >> 2 & 0x1f;
  }
}
