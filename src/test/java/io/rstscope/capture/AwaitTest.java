package io.rstscope.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.testing.PcapFile;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pipe that is written to now and then, as that of an interface. */
@Timeout(20)
class AwaitTest {
  private static final int FILE_HEADER = 24;
  private static final long LONG = 10_000;

  private final PipedOutputStream pipe = new PipedOutputStream();
  private final CapturedPacket packet = new CapturedPacket();
  private final byte[] file =
      new PcapFile(LinkType.ETHERNET).add(1, new byte[60], 60).add(2, new byte[70], 70).bytes();
  private PacketSource source;
  private int written;

  @BeforeEach
  void open() throws IOException {
    PipedInputStream in = new PipedInputStream(pipe, 1 << 16);
    write(FILE_HEADER);
    source = CaptureFiles.read("pipe", in);
  }

  /** Writes the next bytes of the file. */
  private void write(int count) throws IOException {
    pipe.write(Arrays.copyOfRange(file, written, written + count));
    pipe.flush();
    written += count;
  }

  @Test
  void shouldNotWaitForEver() throws IOException {
    assertFalse(source.await(10));
  }

  @Test
  void shouldSeeAPacketThatComes() throws IOException {
    write(16 + 60);
    assertTrue(source.await(LONG));
    assertTrue(source.next(packet));
    assertEquals(60, packet.capturedLength);
  }

  @Test
  void shouldNotTakeAPartForAPacket() throws IOException {
    write(16 + 59);
    source.await(LONG);
    assertFalse(source.await(10));
    write(1);
    assertTrue(source.await(LONG));
    assertTrue(source.next(packet));
  }

  @Test
  void shouldNotWaitForAPacketWhoseLengthLies() throws IOException {
    pipe.write(new byte[] {1, 0, 0, 0, 1, 0, 0, 0, -1, -1, -1, 0x7f, 60, 0, 0, 0});
    pipe.flush();
    assertTrue(source.await(LONG));
    assertThrows(CaptureException.class, () -> source.next(packet));
  }

  @Test
  void shouldSeeTheEnd() throws IOException {
    pipe.close();
    assertTrue(source.await(LONG));
    assertFalse(source.next(packet));
    assertTrue(source.await(0));
  }

  @Test
  void shouldHaveAtHandWhatCameWithThePacketBefore() throws IOException {
    write(16 + 60 + 16 + 70);
    assertTrue(source.await(LONG));
    source.next(packet);
    assertTrue(source.await(0));
    source.next(packet);
    assertEquals(70, packet.capturedLength);
  }
}
