package io.rstscope.capture;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A stream that a thread of its own reads ahead: what is compressed is decompressed meanwhile, and
 * nobody needs to wait longer for a pipe than he likes.
 *
 * <p>Whatever one read of the stream gives can be read at once: a slow pipe is not delayed.
 *
 * <p>Used by one thread, which never touches the stream: the thread that reads ahead owns it, and
 * closes it.
 */
final class ReadAheadStream extends AwaitableStream {
  /** Bytes read at once. */
  private static final int CHUNK_SIZE = 1 << 17;

  /** One being used up, one being filled, and two to make up for an uneven pace. */
  private static final int CHUNKS = 4;

  private static final class Chunk {
    final byte[] data = new byte[CHUNK_SIZE];

    /** Bytes in it, or -1 at the end of the stream. */
    int length;

    /** Why the stream could not be read, or null. */
    Throwable failure;
  }

  private final InputStream stream;
  private final BlockingQueue<Chunk> full = new ArrayBlockingQueue<>(CHUNKS);
  private final BlockingQueue<Chunk> empty = new ArrayBlockingQueue<>(CHUNKS);
  private final Thread thread;
  private volatile boolean closed;

  /** What is being used up; stays when it tells of the end. */
  private Chunk current;

  private int position;

  /**
   * Starts reading.
   *
   * @param stream is closed by {@link #close}, by and by if it is blocked
   */
  ReadAheadStream(String name, InputStream stream) {
    this.stream = stream;
    for (int i = 0; i < CHUNKS; i++) {
      empty.add(new Chunk());
    }
    thread = new Thread(this::readAhead, "read-ahead " + name);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * {@inheritDoc}
   *
   * @throws InterruptedIOException when the thread that waits is interrupted, and stays so
   */
  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (isUsedUp()) {
      goOn(take());
    }
    if (current.failure != null) {
      throw failure();
    }
    if (current.length < 0) {
      return -1;
    }
    int n = Math.min(length, current.length - position);
    System.arraycopy(current.data, position, target, offset, n);
    position += n;
    return n;
  }

  @Override
  public boolean await(long millis) throws InterruptedIOException {
    if (!isUsedUp()) {
      return true;
    }
    try {
      Chunk next = full.poll(millis, TimeUnit.MILLISECONDS);
      if (next != null) {
        goOn(next);
      }
      return next != null;
    } catch (InterruptedException e) {
      throw interrupted();
    }
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

  private boolean isUsedUp() {
    return current == null || position == current.length;
  }

  private void goOn(Chunk next) {
    if (current != null) {
      empty.add(current);
    }
    current = next;
    position = 0;
  }

  private Chunk take() throws InterruptedIOException {
    try {
      return full.take();
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException();
  }

  private IOException failure() {
    return current.failure instanceof IOException e
        ? e
        : new IOException(current.failure.getMessage(), current.failure);
  }

  private void readAhead() {
    try (stream) {
      while (!closed) {
        Chunk chunk = empty.take();
        fill(chunk);
        full.put(chunk);
        if (chunk.length < 0) {
          return;
        }
      }
    } catch (InterruptedException | IOException e) {
      // closed by the user, who waits for nothing any more
    }
  }

  private void fill(Chunk chunk) {
    chunk.length = -1;
    try {
      chunk.length = stream.read(chunk.data, 0, CHUNK_SIZE);
      // whatever happens here has to reach the user, who would wait for ever
    } catch (Throwable e) {
      chunk.failure = e;
    }
  }
}
