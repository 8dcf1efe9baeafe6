package io.rstscope.capture.live;

import io.rstscope.capture.Blocks;
import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.FileNames;
import io.rstscope.capture.PacketSource;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * A capture that somebody else still writes: standard input, a FIFO, or a file that grows.
 *
 * <p>Used by one thread; {@link #statistics} and {@link #close} by any.
 */
public final class StreamCapture implements LiveSource {
  /** A sixteenth of what a pipe holds (pipe(7)). */
  private static final int ENOUGH = 1 << 12;

  private final PacketSource packets;
  private final FollowedFile followed;
  private volatile long dropped;

  private StreamCapture(PacketSource packets, FollowedFile followed) {
    this.packets = packets;
    this.followed = followed;
  }

  /**
   * Opens a stream, and waits for its writer and the first bytes.
   *
   * @param name a file, a FIFO, or {@link CaptureFiles#STDIN}
   * @throws CaptureException when there is no such file, it must not be read, it is no capture that
   *     we know, or the thread is interrupted
   */
  public static StreamCapture open(String name) throws CaptureException {
    InputStream stream = new PacedStream(new OpenedLate(name), ENOUGH);
    return new StreamCapture(CaptureFiles.read(name, stream), null);
  }

  /**
   * Opens a file that grows; at its end what is appended is waited for.
   *
   * @throws CaptureException as {@link #open}
   */
  public static StreamCapture follow(String name) throws CaptureException {
    FollowedFile file;
    try {
      file = FollowedFile.open(FileNames.find(name));
    } catch (CaptureException e) {
      throw e;
    } catch (IOException e) {
      throw new CaptureException(name, CaptureException.NO_OFFSET, e.getMessage());
    }
    return new StreamCapture(CaptureFiles.read(name, file), file);
  }

  /** Opening a FIFO waits for its writer: who reads ahead is to wait, for he can be left behind. */
  private static final class OpenedLate extends InputStream {
    private final String name;
    private InputStream opened;

    OpenedLate(String name) {
      this.name = name;
    }

    private InputStream opened() throws IOException {
      if (opened == null) {
        Path path = FileNames.find(name);
        opened =
            name.equals(CaptureFiles.STDIN)
                ? new FileInputStream(FileDescriptor.in)
                : CaptureFiles.openFile(path);
      }
      return opened;
    }

    @Override
    public int read() throws IOException {
      return opened().read();
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      return opened().read(to, offset, length);
    }

    @Override
    public void close() throws IOException {
      if (opened != null) {
        opened.close();
      }
    }
  }

  /** Why another file is to be read from now on, which has that name now; null while none is. */
  public String replaced() {
    return followed == null ? null : followed.replaced();
  }

  @Override
  public boolean next(CapturedPacket packet) throws CaptureException {
    boolean there = packets.next(packet);
    if (there) {
      count(packet.dropped);
    }
    return there;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  private void count(long more) {
    if (more > 0) {
      dropped += more;
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

  @Override
  public boolean await(long millis) throws CaptureException {
    return packets.await(millis);
  }

  /** What the capture itself says was lost, as pcapng may. */
  @Override
  public LiveStatistics statistics() {
    return new LiveStatistics(dropped, 0);
  }

  @Override
  public List<String> warnings() {
    return packets.warnings();
  }

  @Override
  public String name() {
    return packets.name();
  }

  @Override
  public long bytesRead() {
    return packets.bytesRead();
  }

  @Override
  public void close() {
    packets.close();
  }
}
