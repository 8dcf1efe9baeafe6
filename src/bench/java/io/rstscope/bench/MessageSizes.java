package io.rstscope.bench;

import java.util.random.RandomGenerator;

/**
 * Random payload lengths that bring a capture to its mean size: large ones while it is below, small
 * ones while it is above.
 */
final class MessageSizes {
  private static final int SMALLEST = 16;
  private static final int SMALL = 160;
  private static final int LARGE = 256;
  private static final int LARGEST = 4096;

  private final PcapWriter capture;
  private final double meanRecord;
  private final RandomGenerator random;

  /**
   * @param meanRecord bytes that a packet takes in the file, with its record header
   */
  MessageSizes(PcapWriter capture, double meanRecord, RandomGenerator random) {
    this.capture = capture;
    this.meanRecord = meanRecord;
    this.random = random;
  }

  /** Small ones only. */
  static MessageSizes small(PcapWriter capture, RandomGenerator random) {
    return new MessageSizes(capture, 0, random);
  }

  /** Bytes of the next message body, 16 to 4,095. */
  int next() {
    return capture.uncutBytes() < capture.packets() * meanRecord
        ? random.nextInt(LARGE, LARGEST)
        : random.nextInt(SMALLEST, SMALL);
  }
}
