package io.rstscope.capture;

import io.rstscope.wire.Bytes;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.zip.ZipException;

/**
 * A stream of bytes that a thread of its own reads ahead, so that records can be looked at in
 * place.
 *
 * <p>Whatever one read of the stream gives is handed over at once: a slow pipe is not delayed. A
 * record that begins in one block and ends in the next is moved in front of the next, into room
 * kept free for it, so that it always lies in one array. Blocks are reused; nothing is allocated
 * per record.
 *
 * <p>Used by one thread, which never touches the stream: the thread that reads ahead owns it, and
 * closes it.
 */
final class ReadAhead implements Closeable {
  /** The longest record that can be asked for, in bytes. */
  static final int MAX_RECORD = 1 << 19;

  /** Bytes read at once: they stay in a processor's cache until they are decoded. */
  private static final int BLOCK_SIZE = 1 << 18;

  /** One being decoded, one being filled, and two to make up for an uneven pace. */
  private static final int BLOCKS = 4;

  private static final class Block {
    final byte[] data;

    /** Bytes behind the room in front, or -1 at the end of the stream. */
    int length;

    /** Bytes of the file read when this block was complete. */
    long fileBytes;

    /** Why the stream could not be read, or null. */
    Throwable failure;

    Block(int size) {
      data = new byte[MAX_RECORD + size];
    }
  }

  /** Stands for the block before the first, and is never filled. */
  private static final Block NONE = new Block(-MAX_RECORD);

  private final String name;
  private final InputStream stream;
  private final LongSupplier fileBytes;
  private final int blockSize;
  private final BlockingQueue<Block> full = new ArrayBlockingQueue<>(BLOCKS);
  private final BlockingQueue<Block> empty = new ArrayBlockingQueue<>(BLOCKS);
  private final Thread thread;
  private volatile boolean closed;

  private Block current = NONE;
  private byte[] data = current.data;
  private int position;
  private int limit;

  /** Where {@code data[0]} would lie in the stream; may be negative. */
  private long base;

  private boolean ended;
  private boolean bigEndian;

  /**
   * Starts reading.
   *
   * @param name what messages call the stream
   * @param stream is closed by {@link #close}, by and by if it is blocked
   * @param fileBytes tells how much of the file was read so far; asked by the thread that reads
   */
  ReadAhead(String name, InputStream stream, LongSupplier fileBytes) {
    this(name, stream, fileBytes, BLOCK_SIZE);
  }

  /** As above, reading at most {@code blockSize} bytes at once. */
  ReadAhead(String name, InputStream stream, LongSupplier fileBytes, int blockSize) {
    this.name = name;
    this.stream = stream;
    this.fileBytes = fileBytes;
    this.blockSize = blockSize;
    thread = new Thread(this::fillBlocks, "read-ahead " + name);
    thread.setDaemon(true);
    thread.start();
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
    return current.fileBytes;
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
    Block next = null;
    try {
      next = ended ? null : full.poll(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw interrupted();
    }
    if (next != null) {
      enter(next);
    }
    return ended || next != null;
  }

  /** Whether the stream is known to have ended: nothing follows what is available. */
  boolean ended() {
    return ended;
  }

  /**
   * Stops reading; returns at once, even if the thread is blocked in a read that nothing will end.
   * That thread is a daemon and never keeps the program alive.
   */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private boolean refill(int n) throws CaptureException {
    while (limit - position < n) {
      if (ended) {
        return false;
      }
      enter(take());
    }
    return true;
  }

  private void enter(Block next) throws CaptureException {
    if (next.failure != null) {
      throw problem(reason(next.failure));
    }
    if (next.length < 0) {
      ended = true;
    } else {
      moveTo(next);
    }
  }

  private Block take() throws CaptureException {
    try {
      return full.take();
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private CaptureException interrupted() {
    Thread.currentThread().interrupt();
    return problem("interrupted");
  }

  private void moveTo(Block next) {
    int rest = limit - position;
    int start = MAX_RECORD - rest;
    System.arraycopy(data, position, next.data, start, rest);
    base += position - start;
    if (current != NONE) {
      empty.add(current);
    }
    current = next;
    data = next.data;
    position = start;
    limit = MAX_RECORD + next.length;
  }

  private static String reason(Throwable failure) {
    return failure instanceof ZipException
        ? failure.getMessage()
        : "cannot be read: " + failure.getMessage();
  }

  private void fillBlocks() {
    try (stream) {
      for (int allocated = 0; !closed; ) {
        Block block = empty.poll();
        if (block == null) {
          block = allocated++ < BLOCKS ? new Block(blockSize) : empty.take();
        }
        fill(block);
        full.put(block);
        if (block.length < 0) {
          return;
        }
      }
    } catch (InterruptedException | IOException e) {
      // closed by the consumer, which waits for nothing any more
    }
  }

  private void fill(Block block) {
    block.length = -1;
    try {
      block.length = stream.read(block.data, MAX_RECORD, blockSize);
      // whatever happens here has to reach the consumer, which would wait for ever
    } catch (Throwable e) {
      block.failure = e;
    }
    block.fileBytes = fileBytes.getAsLong();
  }
}
