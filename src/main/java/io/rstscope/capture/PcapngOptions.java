package io.rstscope.capture;

/**
 * Walks the options at the end of a pcapng block: code (16 bits), length (16 bits), and a value
 * padded to 32 bits (draft-ietf-opsawg-pcapng, section 3.5).
 *
 * <p>One object walks the options of many blocks, if {@link #start} says where.
 */
final class PcapngOptions {
  private static final int END_OF_OPTIONS = 0;
  private static final int OPTION_HEADER = 4;

  private final RecordBuffer in;
  private int nextAt;
  private int end;
  private int code;
  private int valueAt;
  private int length;

  /** Walks no options until {@link #start} is called. */
  PcapngOptions(RecordBuffer in) {
    this.in = in;
  }

  /** As {@link #start}. */
  PcapngOptions(RecordBuffer in, int optionsAt, int blockLength) {
    this(in);
    start(optionsAt, blockLength);
  }

  /**
   * @param optionsAt where in the block, which begins at the position, its options begin
   * @param blockLength length of the whole block, which has been required
   */
  void start(int optionsAt, int blockLength) {
    nextAt = optionsAt;
    end = blockLength - PcapngBlocks.TRAILER;
  }

  /**
   * Moves to the next option, if there is one.
   *
   * @throws CaptureException when it would go beyond the block
   */
  boolean next() throws CaptureException {
    if (nextAt + OPTION_HEADER > end) {
      return false;
    }
    code = in.u16(nextAt);
    length = in.u16(nextAt + 2);
    valueAt = nextAt + OPTION_HEADER;
    if (code == END_OF_OPTIONS) {
      return false;
    }
    if (valueAt + length > end) {
      throw in.problem(
          "damaged: an option claims %d bytes, and %d are left in its block"
              .formatted(length, end - valueAt));
    }
    nextAt = valueAt + PcapngBlocks.padded(length);
    return true;
  }

  /** Whether the option has this code, and the length it should have. */
  boolean is(int expectedCode, int expectedLength) {
    return code == expectedCode && length == expectedLength;
  }

  /** Value of an option of one byte. */
  int u8() {
    return in.data()[in.position() + valueAt] & 0xff;
  }

  /** Value of an option of four bytes. */
  int i32() {
    return in.i32(valueAt);
  }

  /** Value of an option of eight bytes. */
  long i64() {
    return in.i64(valueAt);
  }
}
