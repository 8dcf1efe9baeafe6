package io.rstscope.capture.live;

import io.rstscope.capture.Blocks;
import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.PacketSource;
import io.rstscope.capture.live.LiveException.Reason;
import java.io.IOException;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapDumper;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;

/**
 * The packets of an interface as they come.
 *
 * <p>libpcap writes them into a pipe, in its own format and without a call into Java for each; what
 * comes out at the other end is read as any capture is. A quiet interface is not delayed by the
 * buffer of libpcap's side: a thread empties it every 50 ms.
 *
 * <p>Used by one thread; {@link #statistics} and {@link #close} by any.
 */
public final class LiveCapture implements LiveSource {
  private static final long FLUSH_MILLIS = 50;
  private static final long AWAIT_MILLIS = 20;
  private static final long CLOSE_MILLIS = 2_000;

  private final String name;
  private final PcapHandle handle;
  private final PcapDumper dumper;
  private final PacketSource packets;
  private final Thread pump;
  private volatile String failure;
  private volatile boolean closed;
  private volatile LiveStatistics statistics = LiveStatistics.NONE;

  private LiveCapture(String name, PcapHandle handle) throws IOException, PcapNativeException {
    this.name = name;
    this.handle = handle;
    try (NativePipe pipe = new NativePipe()) {
      dumper = dumpOpen(pipe.writerName());
      flush();
      packets = CaptureFiles.read(name, new PacedStream(pipe.openReader(), pipe.capacity() / 16));
    }
    pump = new Thread(this::pump, "capture " + name);
    pump.setDaemon(true);
    pump.start();
    Thread flusher = new Thread(this::flushAgainAndAgain, "flush " + name);
    flusher.setDaemon(true);
    flusher.start();
  }

  /**
   * Opens an interface and begins to capture.
   *
   * @param name such as {@code eth0}, or {@code any} where the system has it
   * @throws LiveException when that is not possible, in words that tell why
   */
  public static LiveCapture open(String name, LiveOptions options) throws LiveException {
    PcapHandle handle = Opening.open(name, options);
    try {
      return new LiveCapture(name, handle);
    } catch (IOException | PcapNativeException e) {
      handle.close();
      throw new LiveException(Reason.FAILED, name + ": " + e.getMessage());
    }
  }

  private PcapDumper dumpOpen(String pipe) throws PcapNativeException {
    try {
      return handle.dumpOpen(pipe);
    } catch (NotOpenException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The only thread that closes what belongs to libpcap: nobody else knows when it is done. */
  private void pump() {
    try {
      handle.loop(-1, dumper);
    } catch (PcapNativeException e) {
      failure = e.getMessage();
    } catch (InterruptedException | NotOpenException e) {
      // closed
    } finally {
      statistics();
      dumper.close();
      handle.close();
    }
  }

  /**
   * Moves to the next packet; to be called when {@link #await} has said that it is there.
   *
   * @return false once it is closed
   * @throws CaptureException when the interface is gone, went down, or failed otherwise
   */
  @Override
  public boolean next(CapturedPacket packet) throws CaptureException {
    if (packets.next(packet)) {
      return true;
    }
    if (!closed) {
      throw new CaptureException(
          name, CaptureException.NO_OFFSET, failure == null ? "the capture ended" : failure);
    }
    return false;
  }

  @Override
  public boolean await(long millis) throws CaptureException {
    // what comes may be the first part of a packet only
    for (long left = millis; left > 0; left -= AWAIT_MILLIS) {
      if (packets.await(Math.min(left, AWAIT_MILLIS))) {
        return true;
      }
    }
    return packets.await(0);
  }

  /**
   * Empties libpcap's buffer again and again. Not for the thread that reads: it would wait for the
   * pump, which may be waiting for it to empty the pipe.
   */
  private void flushAgainAndAgain() {
    try {
      while (!closed && pump.isAlive()) {
        flush();
        Thread.sleep(FLUSH_MILLIS);
      }
    } catch (InterruptedException e) {
      // nobody does that, but if so it is over
    }
  }

  private void flush() {
    try {
      dumper.flush();
    } catch (PcapNativeException | NotOpenException e) {
      // it is being closed, which flushes too
    }
  }

  @Override
  public void readInto(Blocks blocks) throws CaptureException {
    packets.readInto(blocks);
  }

  @Override
  public boolean nextIsAtHand() {
    return packets.nextIsAtHand();
  }

  /** What was counted so far; once the interface is gone, what was counted until then. */
  @Override
  public LiveStatistics statistics() {
    try {
      var counted = handle.getStats();
      statistics =
          new LiveStatistics(counted.getNumPacketsDropped(), counted.getNumPacketsDroppedByIf());
    } catch (PcapNativeException | NotOpenException e) {
      // the last ones stand
    }
    return statistics;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long bytesRead() {
    return packets.bytesRead();
  }

  /**
   * Ends the capture, and waits until libpcap has let go of the pipe: a process that exits flushes
   * the streams of the C library, and would wait for ever for one that nobody reads.
   */
  @Override
  public void close() {
    closed = true;
    try {
      handle.breakLoop();
    } catch (NotOpenException e) {
      // it has ended already
    }
    packets.close();
    try {
      pump.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
