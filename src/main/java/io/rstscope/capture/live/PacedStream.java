package io.rstscope.capture.live;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/**
 * Reads a pipe in a few large portions rather than many small ones: after a small one it lets the
 * pipe fill for some milliseconds.
 *
 * <p>Programs that capture write some KiB at a time. Without a pause, each of these wakes the
 * reader, which costs more than decoding the dozen packets that are in it.
 */
final class PacedStream extends FilterInputStream {
  private static final long PAUSE_MILLIS = 10;

  private final int enough;

  /**
   * @param enough after so many bytes at once the next read follows without a pause
   */
  PacedStream(InputStream pipe, int enough) {
    super(pipe);
    this.enough = enough;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    int count = super.read(to, offset, length);
    if (count >= 0 && count < enough) {
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException();
      }
    }
    return count;
  }
}
