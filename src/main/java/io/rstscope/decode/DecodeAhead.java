package io.rstscope.decode;

import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.PacketCounts;
import io.rstscope.capture.PacketSource;
import java.io.Closeable;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A thread of its own that reads packets and decodes them, ahead of the one that follows their
 * flows.
 *
 * <p>Segments are handed over in batches, each with the block in which their packets lie: when
 * there is no room left in it, and when the next packet may have to be waited for, so that a slow
 * pipe is not delayed. Batches are used again; nothing is allocated per packet.
 *
 * <p>Used by one thread. The source, the decoder and the counts belong to the other one until
 * {@link #next} has given null or failed.
 */
public final class DecodeAhead implements Closeable {
  /** One being filled, one being followed, and two to make up for an uneven pace. */
  private static final int BATCHES = 4;

  /** Bytes of a block: so many that handing it over, and waking who waits, does not count. */
  private static final int BLOCK_SIZE = 1 << 20;

  private final PacketSource source;
  private final SegmentDecoder decoder;
  private final PacketCounts counts;
  private final BlockingQueue<SegmentBatch> full = new ArrayBlockingQueue<>(BATCHES);
  private final BlockingQueue<SegmentBatch> empty = new ArrayBlockingQueue<>(BATCHES);
  private final Thread thread;
  private volatile boolean closed;

  /** The batch of the thread that reads. */
  private SegmentBatch filling;

  /** The batch of the thread that follows flows. */
  private SegmentBatch current;

  /**
   * Starts reading.
   *
   * @param counts is given every packet, on the thread that reads
   */
  public DecodeAhead(PacketSource source, SegmentDecoder decoder, PacketCounts counts) {
    this.source = source;
    this.decoder = decoder;
    this.counts = counts;
    for (int i = 0; i < BATCHES; i++) {
      empty.add(new SegmentBatch());
    }
    thread = new Thread(this::decode, "decode-ahead " + source.name());
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * The next batch, which is valid until the next call; waits for it.
   *
   * @return null at the end of the source
   * @throws CaptureException when the source cannot be read further; all segments before have been
   *     given
   */
  public SegmentBatch next() throws CaptureException {
    boolean ended = current != null && current.isLast();
    if (!ended) {
      current = exchange();
    }
    if (ended || current.isLast() && current.size() == 0) {
      rethrow(current.failure());
      return null;
    }
    return current;
  }

  private SegmentBatch exchange() throws CaptureException {
    try {
      if (current != null) {
        empty.put(current);
      }
      return full.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CaptureException(source.name(), CaptureException.NO_OFFSET, "interrupted");
    }
  }

  private static void rethrow(Throwable failure) throws CaptureException {
    if (failure instanceof CaptureException unreadable) {
      throw unreadable;
    }
    if (failure instanceof OutOfMemoryError exhausted) {
      throw exhausted;
    }
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }

  /** Stops reading; returns at once, even if the thread is blocked, which is a daemon. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void decode() {
    try {
      filling = empty.take();
      Throwable failure = decodeAll();
      filling.endWith(failure);
      full.put(filling);
    } catch (InterruptedException e) {
      // closed by the other thread, which waits for nothing any more
    }
  }

  /** Returns why the source could not be read to its end, or null. */
  private Throwable decodeAll() {
    CapturedPacket packet = new CapturedPacket();
    boolean mayWait = source.mayWait();
    try {
      source.readInto(this::nextBlock);
      while (!closed && source.next(packet)) {
        counts.add(packet);
        decoder.decode(packet, filling);
        if (mayWait && !source.nextIsAtHand()) {
          source.readInto(this::nextBlock);
        }
      }
      return null;
      // whatever happens has to reach the other thread, which would wait for ever
    } catch (CaptureException | RuntimeException | Error e) {
      return e;
    }
  }

  /** Hands over what was decoded from a block, and gives another one. */
  private byte[] nextBlock(byte[] block, int room) throws InterruptedIOException {
    try {
      if (filling.size() > 0 || block == filling.data()) {
        filling.bytesRead(source.bytesRead());
        full.put(filling);
        filling = empty.take();
        filling.clear();
      }
      return filling.block(Math.max(room, BLOCK_SIZE));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }
}
