package io.rstscope.capture;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes that are read from a stream, and hands over what each single read gives. */
final class CountingStream extends FilterInputStream {
  /** Written by the thread that reads only. */
  private volatile long count;

  CountingStream(InputStream in) {
    super(in);
  }

  /** Bytes read so far; for any thread. */
  long count() {
    return count;
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread reads
  public int read() throws IOException {
    int value = super.read();
    count += value < 0 ? 0 : 1;
    return value;
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread reads
  public int read(byte[] target, int offset, int length) throws IOException {
    int n = super.read(target, offset, length);
    count += Math.max(0, n);
    return n;
  }

  /**
   * Nothing, so that buffers around this do not gather several reads; and pipes would throw here
   * (JDK 17 seeks).
   */
  @Override
  public int available() {
    return 0;
  }
}
