package io.rstscope.watch.record;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.LinkType;
import io.rstscope.capture.PacketSource;
import io.rstscope.capture.SeriesSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a recording, and what of packets is in them. */
class RecorderTest {
  private static final long START =
      Instant.parse("2026-11-30T20:15:00Z").toEpochMilli() * 1_000_000;
  private static final int HEADERS = 54;
  private static final int PACKETS = 10_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final String PAYLOAD = "a message that nobody reads, and more";

  @TempDir private Path temporary;
  private Path folder;
  private final List<String> words = new ArrayList<>();
  private long nanos = START;

  @BeforeEach
  void name() {
    folder = temporary.resolve("capture");
  }

  private Recorder open(boolean payload, long fileBytes, Duration fileTime, int files)
      throws IOException {
    long fileNanos = fileTime == null ? Long.MAX_VALUE : fileTime.toNanos();
    Recorder recorder =
        new Recorder(
            new RecordOptions(folder, "eth0", 512, payload, fileBytes, fileNanos, files),
            words::add);
    recorder.open();
    return recorder;
  }

  private Recorder usual() throws IOException {
    return open(false, 1 << 20, null, 20);
  }

  private CapturedPacket packet() {
    CapturedPacket packet = new CapturedPacket();
    packet.data = ("#".repeat(7 + HEADERS) + PAYLOAD).getBytes(ISO_8859_1);
    packet.offset = 7;
    packet.capturedLength = packet.data.length - 7;
    packet.originalLength = 1_500;
    packet.linkType = LinkType.ETHERNET;
    packet.timeNanos = nanos;
    packet.direction = CapturedPacket.OUTBOUND;
    nanos += 1_000_000_007L;
    return packet;
  }

  private void write(Recorder recorder, int packets) {
    for (int i = 0; i < packets; i++) {
      recorder.expect(packet(), 7 + HEADERS);
      recorder.settle();
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> !file.startsWith("."))
          .sorted()
          .toList();
    }
  }

  private List<CapturedPacket> read(Path file) throws IOException {
    List<CapturedPacket> packets = new ArrayList<>();
    try (PacketSource source = CaptureFiles.open(file.toString())) {
      for (CapturedPacket next = new CapturedPacket(); source.next(next); ) {
        byte[] bytes = new byte[next.capturedLength];
        System.arraycopy(next.data, next.offset, bytes, 0, bytes.length);
        next.data = bytes;
        packets.add(next);
        next = new CapturedPacket();
      }
    }
    return packets;
  }

  private CapturedPacket only() throws IOException {
    assertEquals(1, files().size());
    List<CapturedPacket> packets = read(folder.resolve(files().get(0)));
    assertEquals(1, packets.size());
    return packets.get(0);
  }

  @Test
  void shouldWriteZerosInPlaceOfPayloadThatNobodyReads() throws IOException {
    Recorder recorder = usual();
    write(recorder, 1);
    recorder.close();

    CapturedPacket found = only();
    String expected = "#".repeat(HEADERS) + "\0".repeat(PAYLOAD.length());
    assertEquals(expected, new String(found.data, ISO_8859_1));
    assertEquals(START, found.timeNanos);
    assertEquals(1_500, found.originalLength);
    assertEquals(CapturedPacket.OUTBOUND, found.direction);
  }

  @Test
  void shouldWriteWhatIsRead() throws IOException {
    Recorder recorder = usual();
    CapturedPacket first = packet();
    CapturedPacket second = packet();
    // in one array, as they are read
    byte[] both = Arrays.copyOf(first.data, 2 * first.data.length);
    System.arraycopy(second.data, 0, both, first.data.length, second.data.length);
    second.offset += first.data.length;
    first.data = both;
    second.data = both;
    int payload = second.offset + HEADERS;
    recorder.expect(first, 7 + HEADERS);
    recorder.expect(second, payload);
    recorder.read(both, payload, payload + 2);
    recorder.read(both, payload + 5, payload + 9);
    recorder.settle();
    recorder.close();

    List<CapturedPacket> found = read(folder.resolve(files().get(0)));
    String headers = "#".repeat(HEADERS);
    assertEquals(
        headers + "\0".repeat(PAYLOAD.length()), new String(found.get(0).data, ISO_8859_1));
    assertEquals(
        headers + "a \0\0\0" + "sage" + "\0".repeat(PAYLOAD.length() - 9),
        new String(found.get(1).data, ISO_8859_1));
  }

  @Test
  void shouldWritePacketsWholeWhenPayloadIsWanted() throws IOException {
    Recorder recorder = open(true, 1 << 20, null, 20);
    write(recorder, 1);
    recorder.close();

    assertEquals("#".repeat(HEADERS) + PAYLOAD, new String(only().data, ISO_8859_1));
  }

  @Test
  void shouldLeaveOutWhatIsNoSegmentUnlessPayloadIsWanted() throws IOException {
    Recorder recorder = usual();
    recorder.other(packet());
    write(recorder, 1);
    recorder.close();

    assertEquals(1, recorder.leftOut());
    only();
  }

  @Test
  void shouldHoldAllInAFileThatIsNotEndedYet() throws IOException {
    Recorder recorder = usual();
    write(recorder, 3);
    recorder.flush();

    assertEquals(3, read(folder.resolve(files().get(0))).size());
    recorder.close();
  }

  @Test
  void shouldAllocateNothingForAPacket() throws IOException {
    Recorder recorder = usual();
    CapturedPacket packet = packet();
    int payload = packet.offset + HEADERS;
    long bytes = Long.MAX_VALUE;
    // what is allocated once is allocated in the first rounds
    for (int round = 0; round < 5; round++) {
      long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
      for (int i = 0; i < PACKETS; i++) {
        recorder.expect(packet, payload);
        recorder.read(packet.data, payload, payload + 8);
        recorder.settle();
      }
      bytes =
          Math.min(bytes, THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
    }
    recorder.close();

    assertTrue(bytes < PACKETS, bytes + " bytes for " + PACKETS + " packets");
  }

  @Test
  void shouldSayHowManyPacketsWereDroppedBeforeTheNextOne() throws IOException {
    Recorder recorder = usual();
    write(recorder, 1);
    recorder.dropped(3, 2);
    write(recorder, 2);
    recorder.close();

    List<CapturedPacket> found = read(folder.resolve(files().get(0)));
    assertEquals(List.of(0L, 5L, 0L), found.stream().map(packet -> packet.dropped).toList());
  }

  @Test
  void shouldBeginAnotherFileAtTheSizeAndKeepTheNewest() throws IOException {
    Recorder recorder = open(false, 1_000, null, 3);
    write(recorder, 40);
    recorder.close();

    assertEquals(3, files().size());
    List<CapturedPacket> last = read(folder.resolve(files().get(2)));
    assertEquals(nanos - 1_000_000_007L, last.get(last.size() - 1).timeNanos);
    for (String file : files()) {
      assertTrue(Files.size(folder.resolve(file)) < 1_400, file);
    }
  }

  @Test
  void shouldSayHowFarItReachesBack() throws IOException {
    Recorder recorder = open(false, 1_000, null, 3);
    write(recorder, 1);
    recorder.flush();
    assertTrue(recorder.reachesBackTo(START));
    write(recorder, 40);
    recorder.close();

    assertFalse(recorder.reachesBackTo(START));
    assertTrue(recorder.reachesBackTo(nanos));
  }

  @Test
  void shouldBeginAnotherFileAfterTheTime() throws IOException {
    Recorder recorder = open(false, 1 << 20, Duration.ofSeconds(10), 20);
    write(recorder, 30);
    recorder.close();

    assertEquals(
        List.of(
            "rstscope-20261130T201500.000Z.pcapng",
            "rstscope-20261130T201510.000Z.pcapng",
            "rstscope-20261130T201520.000Z.pcapng"),
        files());
  }

  @Test
  void shouldBeReadAsOneCaptureInItsOrder() throws IOException {
    Recorder recorder = open(false, 1_000, null, 100);
    write(recorder, 40);
    recorder.close();

    List<String> problems = new ArrayList<>();
    try (SeriesSource series =
        SeriesSource.open(
            CaptureFiles.expand(folder.toString()), e -> problems.add(e.getMessage()))) {
      CapturedPacket packet = new CapturedPacket();
      for (int i = 0; i < 40; i++) {
        assertTrue(series.next(packet));
        assertEquals(START + i * 1_000_000_007L, packet.timeNanos);
      }
      assertFalse(series.next(packet));
    }
    assertEquals(List.of(), problems);
  }

  @Test
  void shouldCountTheFilesOfRunsBefore() throws IOException {
    Recorder before = open(false, 1_000, null, 3);
    write(before, 40);
    before.close();
    String newest = files().get(2);
    Recorder after = open(false, 1_000, null, 3);
    write(after, 1);
    after.close();

    assertEquals(3, files().size());
    assertEquals(newest, files().get(1));
  }

  @Test
  void shouldNotOverwriteAFileWhenTheClockWasSetBack() throws IOException {
    Recorder recorder = open(false, 1_000, Duration.ofSeconds(5), 20);
    write(recorder, 1);
    recorder.close();
    byte[] before = Files.readAllBytes(folder.resolve(files().get(0)));
    nanos = START;
    Recorder again = open(false, 1_000, Duration.ofSeconds(5), 20);
    write(again, 1);
    again.close();

    assertEquals(2, files().size());
    assertArrayEquals(before, Files.readAllBytes(folder.resolve(files().get(0))));
  }

  @Test
  void shouldLeaveOtherFilesAlone() throws IOException {
    Files.createDirectories(folder);
    Path other = Files.writeString(folder.resolve("rstscope-notes.pcapng"), "mine");
    Recorder recorder = open(false, 1_000, null, 1);
    write(recorder, 40);
    recorder.close();

    assertEquals("mine", Files.readString(other));
    assertEquals(2, files().size());
  }

  @Test
  void shouldBeForItsOwnerOnly() throws IOException {
    Recorder recorder = usual();
    write(recorder, 1);
    recorder.close();

    Path file = folder.resolve(files().get(0));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
  }

  @Test
  void shouldRefuseAFolderThatAnotherWritesTo() throws IOException {
    Recorder first = usual();

    IOException refused = assertThrows(IOException.class, this::usual);

    assertTrue(refused.getMessage().contains("another rstscope writes to it"));
    first.close();
  }

  @Test
  void shouldLeaveNothingBehindWithoutPackets() throws IOException {
    usual().close();

    assertFalse(Files.exists(folder));
  }

  @Test
  void shouldMakeTheFolderAgainWhenItIsRemoved() throws IOException {
    Recorder recorder = open(false, 1_000, null, 20);
    write(recorder, 9);
    recorder.flush();
    for (String file : files()) {
      Files.delete(folder.resolve(file));
    }
    Files.delete(folder.resolve(".rstscope.lock"));
    Files.delete(folder);
    write(recorder, 9);
    recorder.close();

    assertFalse(files().isEmpty());
    assertEquals(List.of(), words);
  }
}
