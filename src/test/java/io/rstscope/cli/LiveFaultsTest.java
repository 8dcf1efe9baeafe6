package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code watch} makes of outputs that fail, and what is left when it is killed. */
@Timeout(60)
class LiveFaultsTest {
  private static final long LOOK_AGAIN_MILLIS = 20;

  @TempDir private Path folder;
  private Path out;
  private Path notices;
  private ServerSocket server;
  private LiveProcess process;

  @BeforeAll
  static void needsPrivilege() {
    LiveHost.assumeCapture();
  }

  @BeforeEach
  void listen() throws IOException {
    out = folder.resolve("out");
    notices = folder.resolve("notices.ndjson");
    server = LiveHost.listen();
  }

  @AfterEach
  void end() throws Exception {
    server.close();
    if (process != null) {
      process.close();
    }
  }

  private void watch(Path output, Object... options) throws IOException {
    process = LiveProcess.watch(List.of(), output, onLoopback(options));
  }

  private Object[] onLoopback(Object... options) {
    List<Object> all = new ArrayList<>(List.of("-i", "lo", "-p", server.getLocalPort()));
    all.addAll(List.of("--format", "json"));
    all.addAll(Arrays.asList(options));
    return all.toArray();
  }

  private void lose(int connections) throws IOException {
    for (int i = 0; i < connections; i++) {
      LiveHost.resetByClient(server);
    }
  }

  /** The numbers of the connections that whole lines tell of, in their order. */
  private static List<Long> numbers(String lines) {
    return Run.records(lines.substring(0, lines.lastIndexOf('\n') + 1)).stream()
        .filter(each -> each.get("type").asText().equals("flow"))
        .map(each -> each.get("number").asLong())
        .toList();
  }

  private static void awaitNumber(Path file, long number) throws Exception {
    while (!Files.exists(file) || !numbers(Files.readString(file)).contains(number)) {
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  @Test
  void shouldGoOnWhenTheDiskIsFullAndWriteWhenThereIsRoomAgain() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"))) {
      notices = disk.folder().resolve("notices.ndjson");
      Path evidence = disk.folder().resolve("evidence");
      watch(out, "--json", notices, "-w", evidence);
      disk.fill();
      lose(2);
      assertTrue(process.await("cannot write").contains("notices: No space left on device"));
      awaitNumber(out, 2);

      disk.makeRoom();
      lose(1);
      awaitNumber(notices, 3);
      process.end("TERM");

      assertEquals(List.of(3L), numbers(Files.readString(notices)));
      assertEquals(1, files(evidence).size());
    }
  }

  @Test
  void shouldSayWhatCannotBeWrittenBeforeItWatches() throws Exception {
    Path missing = folder.resolve("missing").resolve("notices.ndjson");
    assertRefused(missing + ": No such file or directory", "--json", missing);
    assertRefused(folder + ": Is a directory", "--json", folder);
    String busy = "127.0.0.1:" + server.getLocalPort();
    assertRefused("metrics at /" + busy + ": Address already in use", "--metrics", busy);
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"))) {
      disk.makeReadOnly();
      assertRefused("Read-only file system", "-w", disk.folder());
      assertRefused("Read-only file system", "--json", disk.folder().resolve("notices.ndjson"));
    }
  }

  private static void assertRefused(String why, Object... options) {
    List<Object> all = new ArrayList<>(List.of("watch", "-i", "lo", "-p", "1", "--for", "1s"));
    all.addAll(Arrays.asList(options));
    Run run = Run.of(all.toArray());
    assertEquals(ExitStatus.INPUT, run.status(), run.err());
    assertTrue(run.err().contains(why), run.err());
    assertFalse(run.err().contains("watching"), run.err());
  }

  @Test
  void shouldLoseNoWholeLineWhenItIsKilled() throws Exception {
    watch(out, "--json", notices);
    lose(20);
    awaitNumber(out, 5);
    process.signal("KILL");
    process.awaitEnd();
    List<Long> written = numbers(Files.readString(notices));
    assertTrue(written.containsAll(numbers(Files.readString(out))), "printed, but not in the file");

    // as if it had been killed in the middle of a line
    Files.writeString(notices, "{\"type\":\"fl", StandardOpenOption.APPEND);
    watch(out, "--json", notices);
    lose(1);
    awaitNumber(out, 1);
    process.end("TERM");

    List<String> lines = new ArrayList<>(Files.readAllLines(notices));
    assertTrue(lines.remove("{\"type\":\"fl"));
    List<Long> all = numbers(String.join("\n", lines) + "\n");
    assertEquals(written, all.subList(0, written.size()));
    assertEquals(List.of(1L), all.subList(written.size(), all.size()));
  }

  @Test
  void shouldLoseAndRepeatNothingWhenItsFileIsMovedAwayAllTheTime() throws Exception {
    int losses = 200;
    watch(out, "--json", notices);
    Thread clients = new Thread(() -> loseQuietly(losses));
    clients.start();
    Path moved = Files.createDirectory(folder.resolve("moved"));
    int moves = 0;
    while (clients.isAlive() || !numbers(Files.readString(out)).contains((long) losses)) {
      if (Files.exists(notices)) {
        Files.move(notices, moved.resolve(Integer.toString(moves++)));
        process.signal("HUP");
      }
    }
    process.end("TERM");

    List<Long> told = new ArrayList<>();
    Set<String> distinct = new TreeSet<>();
    List<Path> all = new ArrayList<>(files(moved));
    all.add(notices);
    for (Path each : all) {
      for (JsonNode record : Run.records(Files.readString(each))) {
        if (record.get("type").asText().equals("flow") && record.get("revision").asInt() == 0) {
          told.add(record.get("number").asLong());
          distinct.add(record.get("client").get("port").asText());
        }
      }
    }
    assertEquals(
        LongStream.rangeClosed(1, losses).boxed().toList(), told.stream().sorted().toList());
    assertEquals(losses, distinct.size());
    assertTrue(moves > 3, moves + " moves");
  }

  private void loseQuietly(int connections) {
    try {
      for (int i = 0; i < connections; i++) {
        lose(1);
        Thread.sleep(LOOK_AGAIN_MILLIS);
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldGoOnAndEndWhenNobodyReadsWhatItPrints() throws Exception {
    int losses = 100;
    watch(null, "--json", notices);
    lose(losses);
    awaitNumber(notices, losses);

    process.end("TERM");

    assertTrue(process.said().contains("left out on standard output"), process.said());
    assertTrue(Files.readString(notices).contains("\"type\":\"summary\""));
  }

  @Test
  void shouldTellAndEndWhenNobodyReadsItsWords() throws Exception {
    process = LiveProcess.watchUnheard(out, onLoopback("--metrics", ":0"));
    do {
      lose(1);
      Thread.sleep(10 * LOOK_AGAIN_MILLIS);
    } while (numbers(Files.readString(out)).isEmpty());

    process.end("TERM");

    assertTrue(Files.readString(out).contains("\"type\":\"summary\""));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
