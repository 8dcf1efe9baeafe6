package io.rstscope.capture;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Decompresses gzip (RFC 1952), one member or several behind one another.
 *
 * <p>Unlike {@link java.util.zip.GZIPInputStream} it hands out every byte that can be decompressed
 * before it says that the data is damaged, and takes nothing behind a member in silence. Used by
 * one thread.
 */
final class GzipStream extends BulkStream {
  private static final int HAS_HEADER_CRC = 1 << 1;
  private static final int HAS_EXTRA = 1 << 2;
  private static final int HAS_NAME = 1 << 3;
  private static final int HAS_COMMENT = 1 << 4;

  private static final String CUT_SHORT = "gzip data is cut short";

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;
  private boolean inMember;
  private ZipException failure;

  GzipStream(InputStream in) {
    this.in = in;
  }

  /**
   * {@inheritDoc}
   *
   * @throws ZipException when the data is damaged or cut short; its message is a sentence
   */
  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (inMember || beginMember()) {
      int n = inflate(target, offset, length);
      if (n > 0) {
        crc.update(target, offset, n);
        return n;
      }
      if (failure != null) {
        throw failure;
      }
      if (inflater.finished()) {
        endMember();
      } else {
        feed();
      }
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }

  private int inflate(byte[] target, int offset, int length) {
    long before = inflater.getBytesWritten();
    try {
      return failure == null ? inflater.inflate(target, offset, length) : 0;
    } catch (DataFormatException e) {
      failure = new ZipException("gzip data is damaged: " + e.getMessage());
      return (int) (inflater.getBytesWritten() - before);
    }
  }

  private void feed() throws IOException {
    if (!fill()) {
      throw new ZipException(CUT_SHORT);
    }
    inflater.setInput(buffer, 0, limit);
    position = limit;
  }

  private boolean beginMember() throws IOException {
    if (position == limit && !fill()) {
      return false;
    }
    if (nextByte() != 0x1f || nextByte() != 0x8b) {
      throw new ZipException("what follows the gzip data is no gzip data");
    }
    if (nextByte() != 8) {
      throw new ZipException("gzip data is compressed by an unknown method");
    }
    skipRestOfHeader();
    inflater.reset();
    inflater.setInput(buffer, position, limit - position);
    crc.reset();
    inMember = true;
    return true;
  }

  private void skipRestOfHeader() throws IOException {
    int flags = nextByte();
    skipBytes(6);
    if ((flags & HAS_EXTRA) != 0) {
      skipBytes((int) nextLittleEndian(2));
    }
    if ((flags & HAS_NAME) != 0) {
      skipText();
    }
    if ((flags & HAS_COMMENT) != 0) {
      skipText();
    }
    if ((flags & HAS_HEADER_CRC) != 0) {
      skipBytes(2);
    }
  }

  private void endMember() throws IOException {
    position = limit - inflater.getRemaining();
    long expected = nextLittleEndian(4);
    long length = nextLittleEndian(4);
    if (expected != crc.getValue() || length != (inflater.getBytesWritten() & 0xffff_ffffL)) {
      throw new ZipException("gzip data is damaged: its checksum differs");
    }
    inMember = false;
  }

  private void skipBytes(int n) throws IOException {
    for (int i = 0; i < n; i++) {
      nextByte();
    }
  }

  private void skipText() throws IOException {
    while (nextByte() != 0) {
      // the name of the file, or a comment
    }
  }

  private long nextLittleEndian(int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) nextByte() << (8 * i);
    }
    return value;
  }

  private int nextByte() throws IOException {
    if (position == limit && !fill()) {
      throw new ZipException(CUT_SHORT);
    }
    return buffer[position++] & 0xff;
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, in.read(buffer));
    return limit > 0;
  }
}
