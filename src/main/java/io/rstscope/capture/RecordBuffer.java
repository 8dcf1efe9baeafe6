package io.rstscope.capture;

import io.rstscope.wire.Bytes;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.zip.ZipException;

/**
 * A stream of bytes in which records can be looked at in place.
 *
 * <p>What is read goes into one array after another, which may be the same one again ({@link
 * Blocks}). A record that begins near the end of one is moved to the start of the next, so that it
 * always lies in one array. Nothing is allocated per record.
 *
 * <p>Used by one thread.
 */
final class RecordBuffer implements Closeable {
  /** The longest record that can be asked for, in bytes. */
  static final int MAX_RECORD = 1 << 19;

  /** Bytes of the first block: they stay in a processor's cache until they are decoded. */
  private static final int BLOCK_SIZE = 1 << 16;

  private final String name;
  private final CaptureStream stream;

  private Blocks blocks = Blocks.ONE;
  private byte[] data;
  private int position;
  private int limit;

  /** Where {@code data[0]} would lie in the stream; may be negative. */
  private long base;

  private boolean ended;
  private boolean bigEndian;

  /**
   * Reads nothing yet.
   *
   * @param name what messages call the stream
   * @param stream is closed by {@link #close}
   */
  RecordBuffer(String name, CaptureStream stream) {
    this(name, stream, BLOCK_SIZE);
  }

  /** As above, with blocks of {@code blockSize} bytes while records fit in. */
  RecordBuffer(String name, CaptureStream stream, int blockSize) {
    this.name = name;
    this.stream = stream;
    data = new byte[blockSize];
  }

  /**
   * Sees to it that at least {@code n} bytes, at most {@link #MAX_RECORD}, lie in {@link #data}
   * from {@link #position}; waits for them if need be.
   *
   * @return false when the stream ends before; {@link #available} tells how many there are
   * @throws CaptureException when the stream cannot be read
   */
  boolean require(int n) throws CaptureException {
    return limit - position >= n || refill(n);
  }

  /** The array to read from; another one after the next {@link #require} or {@link #skip}. */
  byte[] data() {
    return data;
  }

  /** As {@link PacketSource#readInto}. */
  void readInto(Blocks next) throws CaptureException {
    blocks = next;
    moveOn(available());
  }

  /** Where in {@link #data} the first byte not yet consumed lies. */
  int position() {
    return position;
  }

  /** Bytes that can be read without waiting. */
  int available() {
    return limit - position;
  }

  /** Bytes consumed since the start of the (decompressed) stream. */
  long offset() {
    return base + position;
  }

  /** Bytes of the file read so far, compressed if it is. */
  long fileBytes() {
    return stream.fileBytes();
  }

  /** As {@link PacketSource#mayWait}. */
  boolean mayWait() {
    return stream.mayWait();
  }

  /** What messages call the stream. */
  String name() {
    return name;
  }

  /** Sets the byte order of {@link #u16}, {@link #i32} and {@link #u32}. */
  void bigEndian(boolean isBigEndian) {
    bigEndian = isBigEndian;
  }

  /** The 16 bits that lie {@code ahead} bytes after the position; they have been required. */
  int u16(int ahead) {
    int at = position + ahead;
    return bigEndian ? Bytes.u16(data, at) : Bytes.u16LE(data, at);
  }

  /** The 32 bits that lie {@code ahead} bytes after the position; they have been required. */
  int i32(int ahead) {
    int at = position + ahead;
    return bigEndian ? Bytes.i32(data, at) : Bytes.i32LE(data, at);
  }

  /** As {@link #i32}, unsigned. */
  long u32(int ahead) {
    return i32(ahead) & 0xffff_ffffL;
  }

  /** The 64 bits that lie {@code ahead} bytes after the position; they have been required. */
  long i64(int ahead) {
    int at = position + ahead;
    return bigEndian ? Bytes.i64(data, at) : Bytes.i64LE(data, at);
  }

  /** The first 32 of 64 bits that {@link #i64} gave, for two integers read at once. */
  int first(long both) {
    return (int) (bigEndian ? both >>> 32 : both);
  }

  /** The other 32 bits. */
  int second(long both) {
    return (int) (bigEndian ? both : both >>> 32);
  }

  /** Consumes {@code n} bytes that have been required. */
  void advance(int n) {
    position += n;
  }

  /**
   * Consumes {@code n} bytes, any number of them.
   *
   * @return false when the stream ends before
   * @throws CaptureException when the stream cannot be read
   */
  boolean skip(long n) throws CaptureException {
    long left = n;
    while (left > available()) {
      left -= available();
      position = limit;
      if (!refill(1)) {
        return false;
      }
    }
    position += (int) left;
    return true;
  }

  /** An exception about what begins at the current offset. */
  CaptureException problem(String reason) {
    return new CaptureException(name, offset(), reason);
  }

  /**
   * Waits for more bytes than are available, for at most that long.
   *
   * @return whether there are more, or the stream has ended
   * @throws CaptureException when the stream cannot be read
   */
  boolean await(long millis) throws CaptureException {
    try {
      if (!ended && !stream.await(millis)) {
        return false;
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    refill(available() + 1);
    return true;
  }

  /** Whether the stream is known to have ended: nothing follows what is available. */
  boolean ended() {
    return ended;
  }

  /** Closes the stream; returns at once. */
  @Override
  public void close() {
    stream.close();
  }

  private boolean refill(int n) throws CaptureException {
    if (position + n > data.length) {
      moveOn(n);
    }
    while (limit - position < n) {
      if (ended) {
        return false;
      }
      read();
    }
    return true;
  }

  /** Goes on in another block, which has room for {@code n} bytes. */
  private void moveOn(int n) throws CaptureException {
    byte[] next;
    try {
      next = blocks.next(data, n);
    } catch (InterruptedIOException e) {
      throw unreadable(e);
    }
    int rest = limit - position;
    System.arraycopy(data, position, next, 0, rest);
    data = next;
    base += position;
    position = 0;
    limit = rest;
  }

  /** Bytes before the limit stay as they are: someone may be looking at the packets there. */
  private void read() throws CaptureException {
    try {
      int n = stream.read(data, limit, data.length - limit);
      ended = n < 0;
      limit += Math.max(0, n);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private CaptureException unreadable(IOException e) {
    if (e instanceof InterruptedIOException || e instanceof ClosedByInterruptException) {
      return problem("interrupted");
    }
    return problem(
        e instanceof ZipException ? e.getMessage() : "cannot be read: " + e.getMessage());
  }
}
