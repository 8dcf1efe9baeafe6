package io.rstscope.wire;

/**
 * What macOS puts before a packet that {@code tcpdump -i pktap} or {@code -i all} captured ({@code
 * struct pktap_header} of xnu's bsd/net/pktap.h), little endian; process names follow.
 *
 * <pre>
 *  0 length of this header        36 flags: direction
 *  4 what follows: 1 a packet     40 protocol family
 *  8 its link type (DLT)          44 lengths of the packet's link-layer header and trailer
 * 12 interface's name             52 process
 * </pre>
 */
public final class PktapHeader {
  /** Bytes of the shortest there has been. */
  public static final int MINIMUM_LENGTH = 108;

  /** {@link #recordType} of a packet. */
  public static final int PACKET = 1;

  private static final int RECORD_TYPE = 4;
  private static final int LINK_TYPE = 8;
  private static final int FLAGS = 36;
  private static final int INBOUND = 1;
  private static final int OUTBOUND = 2;

  private PktapHeader() {}

  /** Bytes of the header, as it says: any number at all. */
  public static int length(byte[] data, int offset) {
    return Bytes.i32LE(data, offset);
  }

  /** Whether a packet follows ({@link #PACKET}), or something else. */
  public static int recordType(byte[] data, int offset) {
    return Bytes.i32LE(data, offset + RECORD_TYPE);
  }

  /** The link type of what follows, as BSD numbers it. */
  public static int linkType(byte[] data, int offset) {
    return Bytes.i32LE(data, offset + LINK_TYPE);
  }

  /** Whether the host received the packet. */
  public static boolean isInbound(byte[] data, int offset) {
    return (Bytes.i32LE(data, offset + FLAGS) & INBOUND) != 0;
  }

  /** Whether the host sent the packet. */
  public static boolean isOutbound(byte[] data, int offset) {
    return (Bytes.i32LE(data, offset + FLAGS) & OUTBOUND) != 0;
  }
}
