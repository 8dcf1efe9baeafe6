package io.rstscope.watch;

import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.LinkType;
import io.rstscope.capture.PacketSource;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.report.model.Notice;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceFolderTest {
  @TempDir private Path folder;

  private EvidenceFolder opened;

  /** A run after the one before. */
  private EvidenceFolder open(int files, long bytes) throws IOException {
    if (opened != null) {
      opened.close();
    }
    opened = another(files, bytes);
    return opened;
  }

  private EvidenceFolder another(int files, long bytes) throws IOException {
    return new EvidenceFolder(
        new WatchOptions.Evidence(folder.resolve("evidence"), false, files, bytes));
  }

  @AfterEach
  void close() throws IOException {
    if (opened != null) {
      opened.close();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("evidence"))) {
      return files.filter(file -> !file.endsWith(".rstscope.lock")).sorted().toList();
    }
  }

  /** Lost so many seconds after the others. */
  private static Notice notice(int second) {
    Talk talk =
        new Talk("10.0.1.1", 40_000 + second)
            .pause(Duration.ofSeconds(second))
            .open(60)
            .socketReset(CLIENT);
    FlowVerdict verdict = Analysis.of(talk);
    return new Notice(second + 1, 0, "eth0", verdict, 0, 0);
  }

  private static List<EvidencePacket> packets(Notice notice) {
    long frame = notice.verdict().flow().resets().get(0).packet().frame();
    return List.of(
        new EvidencePacket(
            frame - 1, 123_456_789_012_345_678L, LinkType.ETHERNET, 90, new byte[60]),
        new EvidencePacket(frame, 123_456_789_012_345_999L, LinkType.ETHERNET, 61, new byte[61]));
  }

  private void write(EvidenceFolder evidence, Notice notice) throws IOException {
    evidence.write(notice, packets(notice));
  }

  @Test
  void shouldMakeTheFolderAgainThatWasRemoved() throws IOException {
    EvidenceFolder evidence = open(10, 1_000_000);
    write(evidence, notice(0));
    for (Path file : files()) {
      Files.delete(file);
    }
    Files.delete(folder.resolve("evidence").resolve(".rstscope.lock"));
    Files.delete(folder.resolve("evidence"));

    write(evidence, notice(1));

    assertEquals(1, files().size());
  }

  @Test
  void shouldNotShareTheFolderWithAnotherAgent() throws IOException {
    open(10, 1_000_000);
    IOException refused = assertThrows(IOException.class, () -> another(10, 1_000_000));
    assertTrue(refused.getMessage().endsWith("another rstscope writes to it"));
    open(10, 1_000_000);
  }

  @Test
  void shouldNotWriteToAFolderThatOthersMayChange() throws IOException {
    Path open = Files.createDirectory(folder.resolve("evidence"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    IOException refused = assertThrows(IOException.class, () -> open(10, 1_000_000));
    assertTrue(refused.getMessage().contains("can be written by everybody"));
  }

  @Test
  void shouldRemoveWhatAKilledRunLeftUnfinished() throws IOException {
    open(10, 1_000_000);
    Files.writeString(folder.resolve("evidence").resolve("x.rstscope.pcapng.tmp"), "half");
    Files.writeString(folder.resolve("evidence").resolve("other.tmp"), "theirs");
    open(10, 1_000_000);
    assertEquals(List.of(folder.resolve("evidence").resolve("other.tmp")), files());
  }

  @Test
  void shouldWriteACaptureThatCanBeRead() throws IOException {
    write(open(10, 1 << 20), notice(0));
    try (PacketSource source = CaptureFiles.open(files().get(0).toString())) {
      CapturedPacket packet = new CapturedPacket();
      assertTrue(source.next(packet));
      assertEquals(123_456_789_012_345_678L, packet.timeNanos);
      assertEquals(90, packet.originalLength);
      assertTrue(source.next(packet));
      assertEquals(LinkType.ETHERNET, packet.linkType);
      assertArrayEquals(
          new byte[61],
          Arrays.copyOfRange(packet.data, packet.offset, packet.offset + packet.capturedLength));
    }
  }

  @Test
  void shouldMakeAFolderAndFilesThatOnlyTheirOwnerMayRead() throws IOException {
    write(open(10, 1 << 20), notice(0));
    assertEquals("rwx------", permissions(folder.resolve("evidence")));
    assertEquals("rw-------", permissions(files().get(0)));
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void shouldCommentTheResetWithItsVerdict() throws IOException {
    write(open(10, 1 << 20), notice(0));
    String content = Files.readString(files().get(0), StandardCharsets.ISO_8859_1);
    assertTrue(content.contains("rstscope: sent by client"), content);
    assertTrue(content.contains("client-abort"), content);
  }

  @Test
  void shouldReplaceWhatIsRevised() throws IOException {
    EvidenceFolder evidence = open(10, 1 << 20);
    write(evidence, notice(0));
    write(evidence, notice(0));
    assertEquals(1, files().size());
  }

  @Test
  void shouldReplaceWhatIsRevisedWhenTheConnectionEndedLater() throws IOException {
    Talk talk = new Talk().open(60).socketReset(CLIENT);
    Notice first = new Notice(7, 0, "eth0", Analysis.of(talk), 0, 0);
    talk.pause(Duration.ofSeconds(3)).client(AmqpBytes.heartbeat()).broker(AmqpBytes.heartbeat());
    talk.pause(Duration.ofSeconds(3)).socketReset(CLIENT);
    Notice revised = new Notice(7, 1, "eth0", Analysis.of(talk), 0, 0);
    EvidenceFolder evidence = open(10, 1 << 20);

    write(evidence, first);
    write(evidence, revised);

    assertEquals(1, files().size());
    assertTrue(files().get(0).toString().contains("T173834"), files().toString());
  }

  @Test
  void shouldKeepSoManyFilesOnly() throws IOException {
    EvidenceFolder evidence = open(3, 1 << 20);
    for (int second = 0; second < 5; second++) {
      write(evidence, notice(second));
    }
    assertEquals(3, files().size());
    assertTrue(files().get(0).toString().contains("40002"), files().toString());
  }

  @Test
  void shouldKeepSoManyBytesOnly() throws IOException {
    write(open(10, 1 << 20), notice(0));
    long size = Files.size(files().get(0));
    EvidenceFolder evidence = open(10, 2 * size + size / 2);
    write(evidence, notice(1));
    write(evidence, notice(2));
    assertEquals(2, files().size());
  }

  @Test
  void shouldCountTheFilesOfARunBefore() throws IOException {
    write(open(2, 1 << 20), notice(0));
    write(open(2, 1 << 20), notice(1));
    write(open(2, 1 << 20), notice(2));
    assertEquals(2, files().size());
  }

  @Test
  void shouldSayThatItIsNoFolder() throws IOException {
    Files.writeString(folder.resolve("evidence"), "a file");
    assertThrows(IOException.class, () -> open(1, 1));
  }
}
