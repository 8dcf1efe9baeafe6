package io.rstscope.wire;

/**
 * TCP options (RFC 9293, section 3.2; RFC 7323; RFC 2018), gone through one by one with {@link
 * #seek}.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |   Kind = 2    |  Length = 4   |     Maximum segment size      |
 * +---------------+---------------+---------------+---------------+
 * |   Kind = 3    |  Length = 3   |  Shift count  |
 * +---------------+---------------+---------------+
 * |   Kind = 4    |  Length = 2   |  SACK permitted
 * +---------------+---------------+
 * |   Kind = 8    |  Length = 10  |
 * +---------------+---------------+-------------------------------+
 * |                     TS value, then TS echo                    |
 * +---------------------------------------------------------------+
 * </pre>
 */
public final class TcpOptions {
  public static final int END_OF_LIST = 0;
  public static final int NO_OPERATION = 1;
  public static final int MAXIMUM_SEGMENT_SIZE = 2;
  public static final int WINDOW_SCALE = 3;
  public static final int SACK_PERMITTED = 4;
  public static final int TIMESTAMPS = 8;

  /** Result of {@link #seek}: the options were read to their end. */
  public static final int DONE = -1;

  /** Result of {@link #seek}: what follows is not captured, or its length lies. */
  public static final int BROKEN = -2;

  /**
   * Two no-operations and the head of a timestamps option, as RFC 7323 (appendix A) lays it out.
   */
  private static final int PADDED_TIMESTAMPS = 0x0101080a;

  /** Bytes of the options when there is only a {@link #PADDED_TIMESTAMPS}. */
  private static final int PADDED_TIMESTAMPS_LENGTH = 12;

  private TcpOptions() {}

  /**
   * Finds the next option that is no padding.
   *
   * @param position the first byte to look at: of the options, or after the option before
   * @param end after the last byte of the options, as the header claims
   * @param capturedEnd after the last byte that may be read; before {@code end} when cut
   * @return its position: its length is known to be right for its kind, and to be captured; or
   *     {@link #DONE} or {@link #BROKEN}
   */
  public static int seek(byte[] data, int position, int end, int capturedEnd) {
    int limit = Math.min(end, capturedEnd);
    int at = position;
    while (at < limit && data[at] == NO_OPERATION) {
      at++;
    }
    if (at >= end) {
      return DONE;
    }
    if (at >= limit) {
      return BROKEN;
    }
    if (data[at] == END_OF_LIST) {
      return DONE;
    }
    return at + 2 <= limit && isRightLength(data, at) && at + length(data, at) <= limit
        ? at
        : BROKEN;
  }

  /** Whether the options are only the timestamps, padded in the way nearly every sender does. */
  public static boolean areTimestampsOnly(byte[] data, int position, int length) {
    return length == PADDED_TIMESTAMPS_LENGTH && Bytes.i32(data, position) == PADDED_TIMESTAMPS;
  }

  /** Where the timestamps option is when {@link #areTimestampsOnly}. */
  public static int paddedTimestamps(int position) {
    return position + 2;
  }

  /** Kind of the option at {@code option}, 0 to 255. */
  public static int kind(byte[] data, int option) {
    return Bytes.u8(data, option);
  }

  /** Bytes of the option with kind and length, 2 to 255 once {@link #seek} has found it. */
  public static int length(byte[] data, int option) {
    return Bytes.u8(data, option + 1);
  }

  /** Of a {@link #TIMESTAMPS} option: the sender's clock, for {@link SequenceNumber}. */
  public static int timestampValue(byte[] data, int option) {
    return Bytes.i32(data, option + 2);
  }

  /**
   * The clock of the other side as the sender last took it from a packet that arrived: TSecr of
   * padded timestamps that end there.
   *
   * @param end after the last byte of the options
   * @return 0 when the options do not end in such
   */
  public static int paddedEcho(byte[] data, int end) {
    int options = end - PADDED_TIMESTAMPS_LENGTH;
    return options >= 0 && areTimestampsOnly(data, options, PADDED_TIMESTAMPS_LENGTH)
        ? Bytes.i32(data, end - 4)
        : 0;
  }

  private static boolean isRightLength(byte[] data, int option) {
    int length = length(data, option);
    return switch (kind(data, option)) {
      case MAXIMUM_SEGMENT_SIZE -> length == 4;
      case WINDOW_SCALE -> length == 3;
      case SACK_PERMITTED -> length == 2;
      case TIMESTAMPS -> length == 10;
      default -> length >= 2;
    };
  }
}
