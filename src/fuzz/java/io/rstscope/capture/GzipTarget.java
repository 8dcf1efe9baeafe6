package io.rstscope.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Decompresses gzip, and compares with the JDK; compresses the input, and reads it as before. */
public final class GzipTarget {
  /** Enough to see what happens with a bomb. */
  private static final int MOST = 1 << 20;

  private GzipTarget() {}

  /** Takes any bytes. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    if (bytes.length > 1 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b) {
      byte[] ours = ours(bytes);
      byte[] theirs = jdk(bytes);
      if (ours != null && theirs != null && ours.length < MOST) {
        assertArrayEquals(theirs, ours);
      }
      Reading.of(bytes);
    } else if (bytes.length > 0) {
      ReadingChecks.assertSame(Reading.of(bytes), Reading.of(GzipStreamTest.gzip(bytes)));
    }
  }

  private static byte[] jdk(byte[] bytes) {
    try {
      return new GZIPInputStream(new ByteArrayInputStream(bytes)).readNBytes(MOST);
    } catch (IOException e) {
      return null;
    }
  }

  /** The beginning of what is in it; null when it is damaged. */
  private static byte[] ours(byte[] bytes) {
    try (InputStream gzip = new GzipStream(new ByteArrayInputStream(bytes))) {
      return gzip.readNBytes(MOST);
    } catch (IOException e) {
      assertNotNull(e.getMessage());
      return null;
    }
  }
}
