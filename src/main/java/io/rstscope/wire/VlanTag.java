package io.rstscope.wire;

/**
 * VLAN tag (IEEE 802.1Q, clause 9), from after the EtherType that announces it: {@link
 * EtherType#VLAN}, {@link EtherType#SERVICE_VLAN} or {@link EtherType#OLD_SERVICE_VLAN}.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-----+-+-----------------------+-------------------------------+
 * | PCP |D|        VLAN id        |           EtherType           |
 * +-----+-+-----------------------+-------------------------------+
 * </pre>
 */
public final class VlanTag {
  public static final int ETHER_TYPE = 2;
  public static final int LENGTH = ETHER_TYPE + 2;

  private VlanTag() {}

  /** What follows the tag: one of {@link EtherType}, perhaps a further tag. */
  public static int etherType(byte[] data, int offset) {
    return Bytes.u16(data, offset + ETHER_TYPE);
  }
}
