package io.rstscope.capture;

/**
 * The blocks that a pcapng file consists of (draft-ietf-opsawg-pcapng, section 3.1): how long the
 * one is that begins at the position, which both of its ends tell.
 *
 * <p>A length that is no multiple of four is taken as rounded up, as Wireshark does, since some
 * writers forget the padding.
 */
final class PcapngBlocks {
  /** Bytes of type and length. */
  static final int HEADER = 8;

  /** Bytes of the length again. */
  static final int TRAILER = 4;

  /** Bytes of a block with nothing in it. */
  static final int MINIMUM = HEADER + TRAILER;

  private final RecordBuffer in;

  PcapngBlocks(RecordBuffer in) {
    this.in = in;
  }

  /** A length with the padding to 32 bits. */
  static int padded(int length) {
    return (length + 3) & ~3;
  }

  /**
   * Sees to it that all of the block can be read.
   *
   * @param minimum bytes of a block of its kind
   * @return its length with padding, bytes
   * @throws CaptureException when it is cut short, too long to be held, or lies about its length
   */
  int require(int minimum) throws CaptureException {
    long length = blockLength(minimum);
    if (length > RecordBuffer.MAX_RECORD) {
      throw in.problem("damaged: a block of type %d claims %d bytes".formatted(in.i32(0), length));
    }
    if (!in.require((int) length)) {
      throw cutShort(in.offset(), length);
    }
    checkTrailer((int) length - TRAILER, in.u32(4));
    return (int) length;
  }

  /**
   * Consumes a block of any length without looking into it.
   *
   * @throws CaptureException when it is cut short, or lies about its length
   */
  void skip(int minimum) throws CaptureException {
    long length = blockLength(minimum);
    long claimed = in.u32(4);
    long start = in.offset();
    if (!in.skip(length - TRAILER) || !in.require(TRAILER)) {
      throw cutShort(start, length);
    }
    checkTrailer(0, claimed);
    in.advance(TRAILER);
  }

  private long blockLength(int minimum) throws CaptureException {
    long claimed = in.u32(4);
    if (claimed < minimum) {
      throw in.problem(
          "damaged: a block claims %d bytes, and its kind has at least %d"
              .formatted(claimed, minimum));
    }
    return (claimed + 3) & ~3L;
  }

  private void checkTrailer(int at, long expected) throws CaptureException {
    if (in.u32(at) != expected) {
      throw in.problem(
          "damaged: a block claims %d bytes at its begin, and %d at its end"
              .formatted(expected, in.u32(at)));
    }
  }

  private CaptureException cutShort(long start, long length) {
    String reason = "cut short inside a block of " + length + " bytes";
    return new CaptureException(in.name(), start, reason);
  }
}
