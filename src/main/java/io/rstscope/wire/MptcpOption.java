package io.rstscope.wire;

/**
 * The option MP_TCPRST of Multipath TCP, in an RST that ends a subflow (RFC 8684, section 3.6).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------+-----------------------+
 * |   Kind = 30   |  Length = 4   |   8   |U|V|W|T|    Reason     |
 * +---------------+---------------+-------+-----------------------+
 * </pre>
 */
public final class MptcpOption {
  /** What {@link #reset} returns of other options. */
  public static final int NONE = -1;

  private static final int KIND = 30;
  private static final int RESET_LENGTH = 4;
  private static final int RESET = 8;
  private static final int TRANSIENT = 0x100;

  private MptcpOption() {}

  /**
   * Flags and reason of MP_TCPRST, 0 to 0xfff.
   *
   * @param option as {@link TcpOptions#seek} found it
   * @return {@link #NONE} when it is another option
   */
  public static int reset(byte[] data, int option) {
    boolean isReset =
        TcpOptions.kind(data, option) == KIND
            && TcpOptions.length(data, option) == RESET_LENGTH
            && Bytes.u8(data, option + 2) >> 4 == RESET;
    return isReset ? Bytes.u16(data, option + 2) & 0xfff : NONE;
  }

  /** The reason in {@link #reset}, 0 to 255. */
  public static int reason(int reset) {
    return reset & 0xff;
  }

  /** Whether T is set in {@link #reset}: the subflow may be opened again. */
  public static boolean isTransient(int reset) {
    return (reset & TRANSIENT) != 0;
  }
}
