package io.rstscope.capture;

import io.rstscope.wire.Bytes;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.UnaryOperator;

/** Decompresses a stream that begins as gzip does, and passes on any other. */
final class MaybeGzipStream extends FilterInputStream {
  private static final int GZIP_MAGIC = 0x1f8b;

  private final UnaryOperator<InputStream> around;
  private boolean sniffed;

  /** Reads nothing yet. */
  MaybeGzipStream(InputStream in) {
    this(in, UnaryOperator.identity());
  }

  /**
   * Reads nothing yet.
   *
   * @param around what to put around the stream that decompresses, if there is one
   */
  MaybeGzipStream(InputStream in, UnaryOperator<InputStream> around) {
    super(new BufferedInputStream(in));
    this.around = around;
  }

  @Override
  public int read() throws IOException {
    sniff();
    return in.read();
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    sniff();
    return in.read(target, offset, length);
  }

  private void sniff() throws IOException {
    if (sniffed) {
      return;
    }
    in.mark(Short.BYTES);
    byte[] magic = in.readNBytes(Short.BYTES);
    in.reset();
    if (magic.length == Short.BYTES && Bytes.u16(magic, 0) == GZIP_MAGIC) {
      in = around.apply(new GzipStream(in));
    }
    sniffed = true;
  }
}
