package io.rstscope.capture.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What native code writes into memory is read whole. */
class MemoryFileTest {
  private static final int MUCH = 1 << 20;
  private static final NativeLong ONE = new NativeLong(1);

  private MemoryFile memory;

  @BeforeEach
  void open() throws IOException {
    memory = new MemoryFile();
  }

  @AfterEach
  void close() {
    memory.close();
  }

  private void write(byte[] bytes) {
    NativeLibrary.getInstance(Platform.C_LIBRARY_NAME)
        .getFunction("fwrite")
        .invokeInt(new Object[] {bytes, ONE, new NativeLong(bytes.length), memory.file()});
  }

  private static byte[] bytes(int count, int value) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private byte[] readAll() {
    byte[] all = new byte[memory.remaining()];
    assertEquals(all.length, memory.read(all, 0, all.length));
    return all;
  }

  @Test
  void shouldGiveWhatWasWritten() throws IOException {
    write(bytes(3, 7));
    write(bytes(MUCH, 8));
    memory.flip();
    byte[] first = new byte[5];
    assertEquals(4, memory.read(first, 1, 4));
    assertArrayEquals(new byte[] {0, 7, 7, 7, 8}, first);
    assertArrayEquals(bytes(MUCH - 1, 8), readAll());
    assertEquals(0, memory.read(first, 0, first.length));
  }

  @Test
  void shouldBeginAnewWhenItIsCleared() throws IOException {
    write(bytes(MUCH, 1));
    memory.flip();
    for (int size : new int[] {2, MUCH, 3 * MUCH, 1}) {
      memory.clear();
      write(bytes(size, size % 5));
      memory.flip();
      assertArrayEquals(bytes(size, size % 5), readAll());
    }
  }

  @Test
  void shouldBeEmptyWhenNothingWasWrittenSince() throws IOException {
    write(bytes(5, 1));
    memory.flip();
    memory.clear();
    memory.flip();
    assertEquals(0, memory.remaining());
  }
}
