package io.rstscope.capture;

import io.rstscope.wire.Bytes;

/**
 * Records of an Endace ERF file, which has no magic (Endace's "ERF Types Reference Guide").
 *
 * <pre>
 *  0 time: fraction of a second, then seconds since 1970, little endian
 *  8 type, with a bit for extension headers     9 flags
 * 10 length of the record     12 losses, or 0   14 length on the wire
 * </pre>
 */
final class ErfRecord {
  private static final int LENGTH = 16;
  private static final int EXTENSION_HEADERS = 0x80;

  /** The type that may have no time, and the one with the highest number. */
  private static final int METADATA = 27;

  private static final int PADDING = 48;

  /** 1990, before there were such cards. */
  private static final int EARLIEST = 631_152_000;

  private ErfRecord() {}

  /** Whether a file that begins with these bytes is likely to hold nothing but such records. */
  static boolean areLikely(byte[] start) {
    int at = 0;
    while (at <= start.length - LENGTH) {
      if (!isLikely(start, at)) {
        return false;
      }
      at += recordLength(start, at);
    }
    return at > 0;
  }

  private static boolean isLikely(byte[] data, int at) {
    int seconds = Bytes.i32LE(data, at + 4);
    int type = data[at + 8] & 0xff & ~EXTENSION_HEADERS;
    boolean timed = seconds >= EARLIEST || seconds == 0 && type == METADATA;
    return timed
        && type >= 1
        && type <= PADDING
        && recordLength(data, at) >= LENGTH
        && recordLength(data, at) % Long.BYTES == 0;
  }

  private static int recordLength(byte[] data, int at) {
    return Bytes.u16(data, at + 10);
  }
}
