package io.rstscope.capture.live;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.IOException;

/**
 * A {@code FILE} of the C library that lies in memory (open_memstream(3)), to be written by native
 * code and read here: again and again from its beginning, in the same memory.
 *
 * <p>Used by one thread at a time.
 */
final class MemoryFile implements AutoCloseable {
  static {
    Native.register(Platform.C_LIBRARY_NAME);
  }

  private static native Pointer open_memstream(Pointer data, Pointer size);

  private static native int fflush(Pointer file);

  /** A long in C, of which there are never so many bits: JNA would make an object of each. */
  private static native int ftell(Pointer file);

  private static native void rewind(Pointer file);

  private static native int fclose(Pointer file);

  private static native void free(Pointer memory);

  /** Where the C library says, at each flush, where the bytes lie, and how many they are. */
  private final Memory whereabouts = new Memory(2L * Native.POINTER_SIZE);

  private final Pointer file;
  private Pointer data = Pointer.NULL;
  private int position;
  private int limit;

  /**
   * An empty one.
   *
   * @throws IOException when there is no memory
   */
  MemoryFile() throws IOException {
    file = open_memstream(whereabouts, whereabouts.share(Native.POINTER_SIZE));
    if (file == null) {
      throw new IOException("no memory: errno " + Native.getLastError());
    }
  }

  /** The {@code FILE *} to write to. */
  Pointer file() {
    return file;
  }

  /** Bytes written since it was cleared. */
  int written() {
    // the size that musl tells stays what it was when nothing is written after a rewind
    return ftell(file);
  }

  /** Forgets what was written. */
  void clear() {
    rewind(file);
    position = 0;
    limit = 0;
  }

  /**
   * What has been written since it was cleared can be read from now on.
   *
   * @throws IOException when there was no memory for all of it
   */
  void flip() throws IOException {
    if (fflush(file) != 0) {
      throw new IOException("no memory: errno " + Native.getLastError());
    }
    data = whereabouts.getPointer(0);
    position = 0;
    limit = written();
  }

  /** Bytes not yet read. */
  int remaining() {
    return limit - position;
  }

  /** Reads as many as remain, at most {@code length}; returns how many. */
  int read(byte[] target, int offset, int length) {
    int count = Math.min(length, remaining());
    data.read(position, target, offset, count);
    position += count;
    return count;
  }

  /** Gives the memory back; called once. */
  @Override
  public void close() {
    fclose(file);
    free(whereabouts.getPointer(0));
    whereabouts.close();
  }
}
