package io.rstscope.capture;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/**
 * The bytes of a capture, decompressed if they are by gzip.
 *
 * <p>A plain file is read by the thread that decodes it: what it has just read lies in its cache.
 * So is a stream that knows how to wait. Whatever else is read ahead by a thread of its own: a
 * pipe, as nobody knows how long it keeps its reader waiting, and gzip, as decompression takes
 * longer than decoding.
 *
 * <p>Used by one thread; closed by any.
 */
final class CaptureStream implements Closeable {
  private final CountingStream file;
  private final InputStream content;

  /** What can be waited for of it, or null: a file is there. */
  private final AwaitableStream awaitable;

  private final boolean mayWait;

  private CaptureStream(
      CountingStream file, InputStream content, AwaitableStream awaitable, boolean mayWait) {
    this.file = file;
    this.content = content;
    this.awaitable = awaitable;
    this.mayWait = mayWait;
  }

  /**
   * The bytes of a regular file.
   *
   * @param stream is closed by {@link #close}
   */
  static CaptureStream ofFile(String name, InputStream stream) {
    CountingStream file = new CountingStream(stream);
    return new CaptureStream(
        file, new MaybeGzipStream(file, gzip -> new ReadAheadStream(name, gzip)), null, false);
  }

  /**
   * The bytes of a stream that may keep its reader waiting.
   *
   * @param stream is closed by {@link #close}, by and by if it is blocked
   */
  static CaptureStream ofPipe(String name, InputStream stream) {
    return readAhead(name, stream, true);
  }

  /**
   * The bytes of a stream that knows how to wait, as they are.
   *
   * @param stream is closed by {@link #close}
   */
  static CaptureStream ofAwaitable(AwaitableStream stream) {
    CountingStream file = new CountingStream(stream);
    return new CaptureStream(file, file, stream, true);
  }

  /**
   * The bytes of a file that lies elsewhere: reading it takes time, and it ends.
   *
   * @param stream is closed by {@link #close}, by and by if it is blocked
   */
  static CaptureStream ofRemote(String name, InputStream stream) {
    return readAhead(name, stream, false);
  }

  private static CaptureStream readAhead(String name, InputStream stream, boolean mayWait) {
    CountingStream file = new CountingStream(stream);
    ReadAheadStream ahead = new ReadAheadStream(name, new MaybeGzipStream(file));
    return new CaptureStream(file, ahead, ahead, mayWait);
  }

  /** As {@link InputStream#read(byte[], int, int)}. */
  int read(byte[] target, int offset, int length) throws IOException {
    return content.read(target, offset, length);
  }

  /**
   * Waits until {@link #read} need not, for at most that long.
   *
   * @return whether it would return at once; of a file, always
   * @throws InterruptedIOException when the thread that waits is interrupted, and stays so
   */
  boolean await(long millis) throws InterruptedIOException {
    return awaitable == null || awaitable.await(millis);
  }

  /** Bytes of the file read so far, compressed if it is; maybe some more than were asked for. */
  long fileBytes() {
    return file.count();
  }

  /** As {@link PacketSource#mayWait}. */
  boolean mayWait() {
    return mayWait;
  }

  /** Returns at once. Nothing is thrown: what was only read has nothing to lose. */
  @Override
  public void close() {
    try {
      content.close();
    } catch (IOException e) {
      // there is nothing that anybody could do
    }
  }
}
