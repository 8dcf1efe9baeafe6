package io.rstscope.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.testing.Needs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcapngWriterTest {
  private static final long NANOS = 1_795_196_308_123_456_789L;

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  private static CapturedPacket packet(int length) {
    CapturedPacket packet = new CapturedPacket();
    packet.data = new byte[length + 5];
    for (int i = 0; i < packet.data.length; i++) {
      packet.data[i] = (byte) i;
    }
    packet.offset = 3;
    packet.capturedLength = length;
    packet.originalLength = length + 1000;
    packet.timeNanos = NANOS;
    return packet;
  }

  private PacketSource read() throws CaptureException {
    return CaptureFiles.read("test", new ByteArrayInputStream(file.toByteArray()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 61, 262_144})
  void shouldGiveBackWhatWasWritten(int length) throws IOException {
    PcapngWriter writer = new PcapngWriter(file, "test");
    int id = writer.addInterface("eth0", LinkType.RAW, 256);
    CapturedPacket written = packet(length);
    written.direction = CapturedPacket.OUTBOUND;
    writer.packet(id, written, "a comment");
    CapturedPacket packet = new CapturedPacket();
    try (PacketSource source = read()) {
      assertTrue(source.next(packet));
      assertArrayEquals(
          Arrays.copyOfRange(written.data, 3, 3 + length),
          Arrays.copyOfRange(packet.data, packet.offset, packet.offset + packet.capturedLength));
      assertEquals(length + 1000, packet.originalLength);
      assertEquals(NANOS, packet.timeNanos);
      assertEquals(LinkType.RAW, packet.linkType);
      assertEquals(CapturedPacket.OUTBOUND, packet.direction);
      assertFalse(source.next(packet));
    }
  }

  @Test
  void shouldKeepInterfacesApart() throws IOException {
    PcapngWriter writer = new PcapngWriter(file, null);
    writer.addInterface(null, LinkType.ETHERNET, 0);
    int second = writer.addInterface("any", LinkType.LINUX_SLL2, 0);
    writer.packet(second, packet(20), null);
    CapturedPacket packet = new CapturedPacket();
    try (PacketSource source = read()) {
      assertTrue(source.next(packet));
      assertEquals(1, packet.interfaceId);
      assertEquals(LinkType.LINUX_SLL2, packet.linkType);
      assertEquals(CapturedPacket.DIRECTION_UNKNOWN, packet.direction);
    }
  }

  @Test
  void shouldCutACommentThatIsTooLongForAnOption() throws IOException {
    PcapngWriter writer = new PcapngWriter(file, "test");
    writer.packet(writer.addInterface("eth0", LinkType.ETHERNET, 0), packet(4), "é".repeat(99_999));
    try (PacketSource source = read()) {
      assertTrue(source.next(new CapturedPacket()));
    }
  }

  @Test
  void shouldShowTsharkTheComment(@TempDir Path folder) throws Exception {
    Path tshark = Path.of("/usr/bin/tshark");
    Needs.TSHARK.require(Files.isExecutable(tshark), "tshark is not installed");
    PcapngWriter writer = new PcapngWriter(file, "rstscope");
    writer.packet(writer.addInterface("eth0", LinkType.ETHERNET, 0), packet(60), "sent by: é");
    Path path = Files.write(folder.resolve("comment.pcapng"), file.toByteArray());
    Process process =
        new ProcessBuilder(
                tshark.toString(),
                "-r",
                path.toString(),
                "-T",
                "fields",
                "-e",
                "frame.comment",
                "-e",
                "frame.interface_name",
                "-e",
                "frame.time_epoch")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertEquals("sent by: é\teth0\t1795196308.123456789", said.strip());
  }
}
