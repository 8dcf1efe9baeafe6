package io.rstscope.capture.live;

import io.rstscope.capture.Blocks;
import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.PacketSource;
import io.rstscope.capture.live.LiveException.Reason;
import java.io.IOException;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;

/**
 * The packets of an interface as they come.
 *
 * <p>libpcap writes them into memory, in its own format; what lies there is read as any capture is.
 *
 * <p>Used by one thread; {@link #statistics} and {@link #close} by any.
 */
public final class LiveCapture implements LiveSource {
  private final String name;
  private final PcapHandle handle;
  private final DispatchedStream stream;
  private final PacketSource packets;
  private volatile boolean closed;
  private volatile LiveStatistics statistics = LiveStatistics.NONE;

  private LiveCapture(String name, PcapHandle handle, DispatchedStream stream)
      throws CaptureException {
    this.name = name;
    this.handle = handle;
    this.stream = stream;
    packets = CaptureFiles.readAwaitable(name, stream);
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
      return new LiveCapture(name, handle, new DispatchedStream(handle, options.snapLength()));
    } catch (IOException | PcapNativeException | NotOpenException e) {
      handle.close();
      throw new LiveException(Reason.FAILED, name + ": " + e.getMessage());
    } catch (LinkageError e) {
      handle.close();
      throw Opening.notLoaded(e);
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
    try {
      if (packets.next(packet)) {
        return true;
      }
    } catch (CaptureException e) {
      // one that is closed may end within a packet
      if (!closed) {
        throw e;
      }
    }
    if (!closed) {
      throw new CaptureException(name, CaptureException.NO_OFFSET, stream.failure());
    }
    return false;
  }

  @Override
  public boolean await(long millis) throws CaptureException {
    return packets.await(millis);
  }

  @Override
  public void readInto(Blocks blocks) throws CaptureException {
    packets.readInto(blocks);
  }

  @Override
  public boolean nextIsAtHand() {
    return packets.nextIsAtHand();
  }

  /** What was counted so far; once it is closed, what was counted until then. */
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

  /** Ends the capture; returns when whoever waits for a packet has been told, after 0.1 s. */
  @Override
  public void close() {
    closed = true;
    statistics();
    packets.close();
  }
}
