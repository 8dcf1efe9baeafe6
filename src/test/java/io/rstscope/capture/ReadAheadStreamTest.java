package io.rstscope.capture;

import static io.rstscope.capture.CaptureBuilder.payload;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadStreamTest {
  private static final long LONG = 10_000;

  private static ReadAheadStream ahead(InputStream stream) {
    return new ReadAheadStream("test", stream);
  }

  @Test
  void shouldGiveAllBytes() throws IOException {
    byte[] bytes = payload(1_000_000, 1);
    try (ReadAheadStream in = ahead(new ByteArrayInputStream(bytes))) {
      assertEquals(bytes[0] & 0xff, in.read());
      assertArrayEquals(payload(1_000_000, 1), prepend(bytes[0], in.readAllBytes()));
      assertEquals(-1, in.read());
      assertEquals(-1, in.read());
    }
  }

  @Test
  void shouldHandOverWhatAQuietPipeGaveAndCloseWhileItIsBlocked() throws IOException {
    CountDownLatch released = new CountDownLatch(1);
    try (ReadAheadStream in = ahead(new QuietPipe(payload(10, 4), released))) {
      assertTrue(in.await(LONG));
      assertEquals(10, in.read(new byte[100], 0, 100));
      assertFalse(in.await(1));
    }
    // closed although the thread is still in read, from which an interrupt does not wake it
    released.countDown();
  }

  @Test
  void shouldNeedNoWaitingOnceItHasEnded() throws IOException {
    try (ReadAheadStream in = ahead(InputStream.nullInputStream())) {
      assertTrue(in.await(LONG));
      assertTrue(in.await(0));
      assertEquals(-1, in.read());
      assertTrue(in.await(0));
    }
  }

  @Test
  void shouldHandOverWhyItCannotBeRead() throws IOException {
    IOException failure = new IOException("Input/output error");
    try (ReadAheadStream in = ahead(failing(failure))) {
      assertTrue(in.await(LONG));
      assertSame(failure, assertThrows(IOException.class, in::read));
      assertSame(failure, assertThrows(IOException.class, in::read));
    }
  }

  @Test
  void shouldHandOverAnErrorOfTheThreadToo() throws IOException {
    try (ReadAheadStream in = ahead(failing(new IllegalStateException("no")))) {
      assertEquals("no", assertThrows(IOException.class, in::read).getMessage());
    }
  }

  @Test
  void shouldTellThatItWasInterrupted() {
    CountDownLatch released = new CountDownLatch(1);
    try (ReadAheadStream in = ahead(new QuietPipe(new byte[0], released))) {
      Thread.currentThread().interrupt();
      assertThrows(InterruptedIOException.class, in::read);
      assertTrue(Thread.currentThread().isInterrupted());
      assertThrows(InterruptedIOException.class, () -> in.await(LONG));
      assertTrue(Thread.interrupted());
    }
    released.countDown();
  }

  private static InputStream failing(Exception failure) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return read(new byte[1], 0, 1);
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        if (failure instanceof IOException e) {
          throw e;
        }
        throw (RuntimeException) failure;
      }
    };
  }

  private static byte[] prepend(byte first, byte[] rest) {
    byte[] all = new byte[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }

  /** Gives some bytes, then blocks, deaf to interrupts as standard input is. */
  private static final class QuietPipe extends InputStream {
    private final byte[] bytes;
    private final CountDownLatch released;
    private boolean given;

    QuietPipe(byte[] bytes, CountDownLatch released) {
      this.bytes = bytes;
      this.released = released;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (!given && bytes.length > 0) {
        given = true;
        System.arraycopy(bytes, 0, target, offset, bytes.length);
        return bytes.length;
      }
      while (true) {
        try {
          released.await();
          return -1;
        } catch (InterruptedException e) {
          // stays blocked
        }
      }
    }
  }
}
