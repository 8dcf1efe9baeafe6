package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
  private static final int ANOTHER_USER = 12345;

  /** Packets, of which the smallest ring and a pipe hold less. */
  private static final int MORE_THAN_FITS = 50_000;

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
      process =
          LiveProcess.start(
              List.of(),
              out,
              onLoopback("--json", notices, "-w", evidence, "--metrics", "127.0.0.1:0"));
      String metrics = process.await("metrics at ").replaceFirst(".*(http:)/*", "$1//");
      process.await("watching");
      awaitOk(metrics.replace("/metrics", "/healthz"));
      disk.fill();
      lose(2);
      assertTrue(process.await("cannot write").contains("notices: No space left on device"));
      awaitNumber(out, 2);
      String health = get(metrics.replace("/metrics", "/healthz"));
      assertTrue(health.startsWith("cannot write "), health);
      assertTrue(get(metrics).matches("(?s).*\nrstscope_write_failures_total [1-9].*"));

      disk.makeRoom();
      lose(1);
      awaitNumber(notices, 3);
      awaitOk(metrics.replace("/metrics", "/healthz"));
      process.end("TERM");

      assertEquals(List.of(3L), numbers(Files.readString(notices)));
      assertEquals(1, files(evidence).size());
    }
  }

  private static void awaitOk(String uri) throws Exception {
    while (!get(uri).equals("ok\n")) {
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  private static String get(String uri) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString())
        .body();
  }

  @Test
  void shouldNotBlameJnaForALibraryThatIsNoLibpcap() throws Exception {
    List<String> wrong = List.of("-Dorg.pcap4j.core.pcapLibName=c");
    Run run =
        JavaProcess.finish(
            JavaProcess.program(wrong, "watch", "-i", "lo", "--capture-with", "libpcap"));
    assertEquals(ExitStatus.NOT_PERMITTED, run.status());
    assertTrue(run.err().contains("libpcap is too old, or another library"), run.err());
    assertFalse(run.err().contains("JNA cannot be loaded"), run.err());
  }

  @Test
  void shouldSayThatItDoesNotHearSighupUnderNohup() throws Exception {
    List<String> nohup = List.of("sh", "-c", "trap '' HUP; exec \"$@\"", "sh");
    process = LiveProcess.start(nohup, out, onLoopback("--json", notices));
    process.await("SIGHUP is ignored, as nohup has it");
    process.end("TERM");
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

  @Test
  void shouldNotWriteToWhatBelongsToAnotherUser() throws Exception {
    Path file = Files.createFile(folder.resolve("theirs.ndjson"));
    Path evidence = Files.createDirectory(folder.resolve("theirs"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("target"));
    for (Path each : List.of(file, evidence, link)) {
      Files.setAttribute(each, "unix:uid", ANOTHER_USER, LinkOption.NOFOLLOW_LINKS);
    }

    assertRefused(file + ": belongs to another user", "--json", file);
    assertRefused(evidence + ": belongs to another user", "-w", evidence);
    assertRefused(link + ": is a link that belongs to another user", "--json", link);
    assertFalse(Files.exists(folder.resolve("target")));
  }

  @Test
  void shouldNotLoadALibraryFromAFolderOfAnotherUser() throws Exception {
    Path theirs = Files.createDirectory(folder.resolve("theirs"));
    Files.setAttribute(theirs, "unix:uid", ANOTHER_USER);
    List<String> unpackThere = List.of("-Djna.tmpdir=" + theirs);

    Run run = JavaProcess.finish(JavaProcess.program(unpackThere, "watch", "-i", "lo"));

    assertEquals(ExitStatus.NOT_PERMITTED, run.status());
    assertTrue(
        run.err().contains(theirs + ", where JNA has its library, belongs to another user"),
        run.err());
    assertEquals(List.of(), files(theirs));
  }

  @Test
  void shouldSayThatPacketsAreDroppedWhenThatBegins() throws Exception {
    watch(out, "--ring", "64K");
    process.signal("STOP");
    try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket broker = server.accept()) {
      client.setTcpNoDelay(true);
      for (int i = 0; i < MORE_THAN_FITS; i++) {
        client.getOutputStream().write(i);
        broker.getInputStream().read();
      }
      process.signal("CONT");

      process.await("packets dropped; verdicts on what ends about now may lack evidence");
      lose(1);
      awaitNumber(out, 1);
    }
    process.end("TERM");

    JsonNode loss = Run.records(Files.readString(out)).get(0);
    assertTrue(loss.get("dropped_near").asLong() > 0, loss.toString());
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
    awaitNumber(out, written.stream().max(Long::compare).orElseThrow() + 1);
    process.end("TERM");

    List<String> lines = new ArrayList<>(Files.readAllLines(notices));
    assertTrue(lines.remove("{\"type\":\"fl"));
    List<Long> all = numbers(String.join("\n", lines) + "\n");
    assertEquals(written, all.subList(0, written.size()));
    long next = written.stream().max(Long::compare).orElseThrow() + 1;
    assertEquals(List.of(next), all.subList(written.size(), all.size()));
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
          // the kernel gives a port again as soon as its connection was reset
          distinct.add(record.at("/client/port").asText() + " " + record.get("started").asText());
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
      return files.filter(file -> !file.endsWith(".rstscope.lock")).toList();
    }
  }
}
