package io.rstscope.capture;

/**
 * What an interface description block of a pcapng file says.
 *
 * @param linkType link type of its packets, supported or not
 * @param snapLength most bytes captured of a packet, unsigned; 0 means no limit
 * @param time how its packets count time
 */
record PcapngInterface(int linkType, int snapLength, TimeResolution time) {
  private static final int FIXED_PART = 16;
  private static final int IF_TSRESOL = 9;
  private static final int IF_TSOFFSET = 14;

  /** What holds without {@code if_tsresol}. */
  private static final int MICROSECONDS = 6;

  /**
   * Reads the block that begins at the position.
   *
   * @param blockLength all of the block has been required
   * @throws CaptureException when its options lie about their length
   */
  static PcapngInterface read(RecordBuffer in, int blockLength) throws CaptureException {
    int resolution = MICROSECONDS;
    long offsetSeconds = 0;
    PcapngOptions options = new PcapngOptions(in, FIXED_PART, blockLength);
    while (options.next()) {
      if (options.is(IF_TSRESOL, 1)) {
        resolution = options.u8();
      } else if (options.is(IF_TSOFFSET, Long.BYTES)) {
        offsetSeconds = options.i64();
      }
    }
    return new PcapngInterface(in.u16(8), in.i32(12), TimeResolution.of(resolution, offsetSeconds));
  }

  /** How much of a packet of this length was captured; both unsigned. */
  int captured(int originalLength) {
    return snapLength != 0 && Integer.compareUnsigned(snapLength, originalLength) < 0
        ? snapLength
        : originalLength;
  }
}
