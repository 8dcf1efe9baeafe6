package io.rstscope.capture.live;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * An anonymous pipe whose two ends have names, so that libpcap can open one and Java the other;
 * nothing of it lies in a file system.
 *
 * <p>Both ends must be opened by name before {@link #close}, which lets go of the ends without
 * name: the reader then sees the end of the stream when the writer closes.
 */
final class NativePipe implements AutoCloseable {
  /** {@code F_SETPIPE_SZ} of fcntl(2), Linux only; 1 MiB is what anybody may ask for (pipe(7)). */
  private static final int SET_SIZE = 1031;

  private static final int SIZE = 1 << 20;
  private static final int USUAL_SIZE = 1 << 16;

  /** The C library. */
  interface CLibrary extends Library {
    int pipe(int[] ends);

    int fcntl(int descriptor, int command, int argument);

    int close(int descriptor);
  }

  private final CLibrary c = Native.load(Platform.C_LIBRARY_NAME, CLibrary.class);
  private final int[] ends = new int[2];
  private final int capacity;

  NativePipe() throws IOException {
    if (c.pipe(ends) != 0) {
      throw new IOException("no pipe: errno " + Native.getLastError());
    }
    capacity = Platform.isLinux() && c.fcntl(ends[1], SET_SIZE, SIZE) >= SIZE ? SIZE : USUAL_SIZE;
  }

  /** Bytes that it holds. */
  int capacity() {
    return capacity;
  }

  InputStream openReader() throws IOException {
    return new FileInputStream(name(ends[0]));
  }

  String writerName() {
    return name(ends[1]);
  }

  private static String name(int descriptor) {
    return "/dev/fd/" + descriptor;
  }

  @Override
  public void close() {
    c.close(ends[0]);
    c.close(ends[1]);
  }
}
