package io.rstscope.capture.live;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import io.rstscope.capture.AwaitableStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.reflect.Field;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.BlockingMode;
import org.pcap4j.core.PcapNativeException;

/**
 * The packets of an interface as a stream in libpcap's own format, header and all.
 *
 * <p>Whoever reads it waits for the kernel himself, and has libpcap write what came into memory:
 * {@code pcap_dispatch} calls {@code pcap_dump}, and nothing calls Java for a packet. It ends when
 * the interface fails, and when it is closed.
 *
 * <p>Used by one thread; {@link #failure} and {@link #close} by any.
 */
final class DispatchedStream extends AwaitableStream {
  /** Once so many bytes are written they are read first: they stay in a processor's cache. */
  static final int ENOUGH = 1 << 19;

  /** What a dispatch may write, were all its packets as long as they can be. */
  private static final int MOST_BYTES = 1 << 23;

  private static final int MOST_PACKETS = 1 << 10;
  private static final int PACKET_HEADER = 16;

  /** How long a single wait is: whoever closes it waits for its end. */
  private static final int WAIT_MILLIS = 100;

  static {
    Native.register(Opening.LIBRARY);
  }

  private static native Pointer pcap_dump_fopen(Pointer pcap, Pointer file);

  private static native int pcap_get_selectable_fd(Pointer pcap);

  private static native int pcap_dispatch(
      Pointer pcap, int count, Pointer callback, Pointer argument);

  private static final Function PCAP_DUMP =
      NativeLibrary.getInstance(Opening.LIBRARY).getFunction("pcap_dump");

  private final PcapHandle handle;
  private final Pointer pcap;
  private final int packetsAtOnce;
  private final PolledDescriptor descriptor;
  private final MemoryFile memory;
  private volatile String failure;
  private volatile boolean closed;
  private boolean released;

  /**
   * Begins to capture.
   *
   * @param handle is closed by {@link #close}, and by whoever calls this when it fails
   * @param snapLength that of the handle
   * @throws IOException when there is no memory
   */
  DispatchedStream(PcapHandle handle, int snapLength)
      throws IOException, PcapNativeException, NotOpenException {
    this.handle = handle;
    pcap = pcap(handle);
    packetsAtOnce = Math.min(MOST_PACKETS, MOST_BYTES / (snapLength + PACKET_HEADER));
    handle.setBlockingMode(BlockingMode.NONBLOCKING);
    descriptor = new PolledDescriptor(pcap_get_selectable_fd(pcap));
    memory = new MemoryFile();
    if (pcap_dump_fopen(pcap, memory.file()) == null) {
      memory.close();
      throw new IOException(handle.getError());
    }
    memory.flip();
  }

  /**
   * pcap4j keeps to itself what libpcap knows a handle by, and has no dispatch that dumps. To open
   * interfaces without it would take some twenty functions more, all of which it has.
   */
  private static Pointer pcap(PcapHandle handle) {
    try {
      Field field = PcapHandle.class.getDeclaredField("handle");
      field.setAccessible(true);
      return (Pointer) field.get(handle);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("another pcap4j: " + e.getMessage(), e);
    }
  }

  /** Why it ended, in libpcap's words; null when it has not, or was closed. */
  String failure() {
    return failure;
  }

  @Override
  public synchronized int read(byte[] target, int offset, int length) throws IOException {
    while (!isReady()) {
      fill(WAIT_MILLIS);
    }
    return closed || memory.remaining() == 0 ? -1 : memory.read(target, offset, length);
  }

  @Override
  public synchronized boolean await(long millis) throws InterruptedIOException {
    for (long left = millis; left > 0 && !isReady(); left -= WAIT_MILLIS) {
      fill((int) Math.min(left, WAIT_MILLIS));
    }
    if (!isReady()) {
      fill(0);
    }
    return isReady();
  }

  private boolean isReady() {
    return closed || memory.remaining() > 0 || failure != null;
  }

  private void fill(int millis) throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException();
    }
    descriptor.await(millis);
    memory.clear();
    int count;
    do {
      // whether or not something came: libpcap looks for the interface meanwhile
      count = pcap_dispatch(pcap, packetsAtOnce, PCAP_DUMP, memory.file());
    } while (count == packetsAtOnce && memory.written() < ENOUGH);
    try {
      memory.flip();
      if (count < 0) {
        failure = "Error occurred: " + handle.getError();
      }
    } catch (IOException | NotOpenException e) {
      failure = e.getMessage();
    }
  }

  /** Waits for the thread that reads it to leave libpcap, if it is there. */
  @Override
  public void close() {
    closed = true;
    synchronized (this) {
      if (!released) {
        memory.close();
        handle.close();
        released = true;
      }
    }
  }
}
