package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Special files, links and names, as input and as output: no hang, and no harm to an input. */
@Timeout(60)
class HostileFilesTest {
  private static final Path CAPTURE = Run.CAPTURES.resolve("client-abort.broker.pcap");
  private static final String EVIL = "=evil\u001b[2J\u009b\u202e\n<script>";

  @TempDir private Path folder;
  private Path capture;

  @BeforeEach
  void copyACapture() throws IOException {
    capture = Files.copy(CAPTURE, folder.resolve("a.pcap"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/zero", "/dev/full", "/dev/null"})
  void shouldReadNoDevice(String device) {
    assumeTrue(Files.exists(Path.of(device)), "there is no " + device);

    for (Run run :
        new Run[] {Run.of("analyze", device), Run.of("analyze", "--broker-log", device, capture)}) {
      assertEquals(3, run.status());
      assertEquals("rstscope: " + device + ": is a device or a socket, not a file\n", run.err());
    }
  }

  @Test
  void shouldReadNoSocketAndNotReplaceIt() throws IOException {
    Path socket = folder.resolve("socket");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));

      assertEquals(3, Run.of("analyze", socket).status());
      assertEquals(3, Run.of("analyze", "--broker-log", socket, capture).status());
      assertEquals(3, Run.of("analyze", "--force", "--csv", socket, capture).status());
      assertTrue(Files.exists(socket));
    }
  }

  @Test
  void shouldSayThatALogIsAFolder() {
    Run run = Run.of("analyze", "--broker-log", folder, capture);

    assertEquals("rstscope: " + folder + ": is a folder\n", run.err());
  }

  @Test
  void shouldEndAtLinksThatGoInCircles() throws IOException {
    Path one = folder.resolve("one");
    Path other = folder.resolve("other");
    Files.createSymbolicLink(one, other);
    Files.createSymbolicLink(other, one);
    Files.createSymbolicLink(folder.resolve("self"), folder);

    assertEquals(3, Run.of("analyze", one).status());
    assertEquals(3, Run.of("analyze", "--broker-log", one, capture).status());
    assertEquals(0, Run.of("analyze", folder).status());
    assertEquals(0, Run.of("analyze", "--csv", folder.resolve("self/self/x.csv"), folder).status());
    assertTrue(Files.exists(folder.resolve("x.csv")));
  }

  /** Nobody writes to it yet: that is said before it is waited for. */
  @Test
  void shouldSayThatItWaitsForTheWriterOfALog() throws Exception {
    Path fifo = fifo();
    Path recorded = Path.of("src/test/resources/io/rstscope/brokerlog");
    Thread writer =
        new Thread(
            () -> {
              try {
                Thread.sleep(1_000);
                Files.write(fifo, Files.readAllBytes(recorded.resolve("client-abort.log")));
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    writer.start();

    Run run = Run.of("analyze", "--broker-log", fifo, recorded.resolve("client-abort.broker.pcap"));

    writer.join();
    assertEquals("rstscope: " + fifo + ": waiting for what writes to this FIFO\n", run.err());
    assertTrue(run.out().contains("has 2 of 2 lost connections"), run.out());
  }

  @Test
  void shouldReadAFifoButWaitForNoneInAFolder() throws Exception {
    Path fifo = fifo();
    assertEquals(0, Run.of("analyze", folder).status());

    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              try {
                Files.write(fifo, Files.readAllBytes(capture));
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    Run run = Run.of("analyze", "--format", "csv", fifo);

    writer.join();
    assertEquals(0, run.status(), run.err());
    assertEquals(
        Run.of("analyze", "--format", "csv", capture).out().replace("a.pcap", "fifo"), run.out());
  }

  @Test
  void shouldWriteToAFifoAsItIs() throws Exception {
    Path fifo = fifo();
    CompletableFuture<String> reader =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Files.readString(fifo);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });

    Run run = Run.of("analyze", "--csv", fifo, capture);

    assertEquals(0, run.status(), run.err());
    assertEquals(Run.of("analyze", "--format", "csv", capture).out(), reader.join());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--json", "--csv", "--html", "--hgrm", "--pcapng"})
  void shouldNeverReplaceAnInputWhateverItIsCalled(String option) throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), capture);
    Path log = Files.writeString(folder.resolve("rabbit.log"), "nothing\n");
    byte[] before = Files.readAllBytes(capture);

    for (Object[] input :
        new Object[][] {{link, capture}, {capture, link}, {capture, folder}, {link, folder}}) {
      Run run = Run.of("analyze", "--force", option, input[0], input[1]);
      assertEquals(2, run.status(), run.err());
      assertTrue(run.err().contains(" is input and output"), run.err());
    }
    Run run = Run.of("analyze", "--force", option, log, "--broker-log", log, capture);
    assertTrue(run.err().contains(log + " is input and output"), run.err());
    assertArrayEquals(before, Files.readAllBytes(capture));
    assertEquals("nothing\n", Files.readString(log));
  }

  @Test
  void shouldNotWriteTwoOutputsToOneFile() {
    Run run =
        Run.of("analyze", "--csv", folder.resolve("x"), "--json", folder.resolve("./x"), capture);

    assertEquals(2, run.status());
    assertTrue(run.err().contains("two outputs have the same file name"), run.err());
  }

  @Test
  void shouldWriteWhatALinkPointsToAndLeaveTheLink() throws IOException {
    Path report = Files.writeString(folder.resolve("report.csv"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), report);

    Run run = Run.of("analyze", "--force", "--csv", link, capture);

    assertEquals(0, run.status(), run.err());
    assertTrue(Files.isSymbolicLink(link));
    assertTrue(Files.readString(report).startsWith("capture,"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json", "csv"})
  void shouldLetNoFileNameSteerTheTerminalOrRunAFormula(String format) throws IOException {
    Path evil = Files.copy(CAPTURE, evilFolder().resolve(EVIL + ".pcap"));

    Run run = Run.of("analyze", "-v", "--format", format, evil);

    assertTrue(run.out().contains("evil"), run.out());
    assertSteersNothing(run.out().replace("\r\n", "\n"));
    assertFalse(format.equals("csv") && run.out().contains("\n=evil"), run.out());
    if (format.equals("json")) {
      assertEquals(evil.toString(), run.summary().get("captures").get(0).get("path").asText());
    }
  }

  @Test
  void shouldLetNoFileNameSteerTheTerminalInMessages() throws IOException {
    Path evil = evilFolder().resolve(EVIL + ".pcap");
    Path damaged = evilFolder().resolve(EVIL + "2.pcap");
    Files.write(damaged, Arrays.copyOf(Files.readAllBytes(CAPTURE), 700));

    for (Run run :
        new Run[] {
          Run.of("analyze", evil),
          Run.of("analyze", damaged),
          Run.of("analyze", "--broker-log", evil, capture),
          Run.of("analyze", "--csv", evil + "/x", capture),
          Run.of("analyze", "--no" + EVIL, capture),
          Run.of("analyze", "--fail-on", EVIL, capture),
          Run.of("explain", EVIL)
        }) {
      assertTrue(run.status() != 0 && run.status() != ExitStatus.BUG, run.err());
      assertTrue(run.err().contains("evil"), run.err());
      assertSteersNothing(run.err());
      assertFalse(run.err().contains("\n<script>"), run.err());
    }
  }

  @Test
  void shouldWriteNoMarkupOfAFileNameIntoAPage() throws IOException {
    Path page = folder.resolve("page.html");
    Path evil = Files.copy(CAPTURE, evilFolder().resolve("<script>alert(1)<!--.pcap"));

    assertEquals(0, Run.of("analyze", "--html", page, evil).status());

    String html = Files.readString(page, StandardCharsets.UTF_8);
    assertTrue(html.contains("alert(1)"), "the name is there");
    assertFalse(html.contains("<script>alert") || html.contains("<!--"));
  }

  @Test
  void shouldLeaveNoTemporaryFileBehind() throws IOException {
    Run.of("analyze", "--csv", folder.resolve("x.csv"), "--json", "/dev/full", capture);

    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(0, files.filter(file -> file.toString().endsWith(".tmp")).count());
    }
  }

  private Path evilFolder() throws IOException {
    return Files.createDirectories(folder.resolve("evil"));
  }

  private Path fifo() throws Exception {
    Path fifo = folder.resolve("fifo");
    try {
      new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
    } catch (IOException e) {
      assumeTrue(false, "there is no mkfifo");
    }
    return fifo;
  }

  private static void assertSteersNothing(String text) {
    text.chars()
        .filter(c -> c != '\n')
        .forEach(
            c ->
                assertFalse(
                    Character.isISOControl(c) || Character.getType(c) == Character.FORMAT,
                    () -> Integer.toHexString(c) + " in " + text));
  }
}
