package io.rstscope.capture.live;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;

/** A file descriptor that can be waited for, by poll(2). */
final class PolledDescriptor {
  static {
    Native.register(Platform.C_LIBRARY_NAME);
  }

  /** The count is an unsigned long in C; JNA would ask Java for each. */
  private static native int poll(Pointer descriptors, int count, int millis);

  /** Of poll.h, on Linux and macOS. */
  private static final short POLLIN = 1;

  /** {@code struct pollfd}: the descriptor, what is wanted and what there is. */
  private final Memory pollfd = new Memory(Integer.BYTES + 2 * Short.BYTES);

  /**
   * @param descriptor of a negative one nothing ever comes: it is always waited for as long as that
   *     is allowed
   */
  PolledDescriptor(int descriptor) {
    pollfd.setInt(0, descriptor);
    pollfd.setShort(Integer.BYTES, POLLIN);
  }

  /** Waits until there is something to read, or an error, for at most that long. */
  void await(int millis) {
    // a signal, too, may end it: whoever reads then finds nothing
    poll(pollfd, 1, millis);
  }
}
