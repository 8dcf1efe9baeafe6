package io.rstscope.cli;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rstscope.capture.LinkType;
import io.rstscope.testing.PcapFile;
import io.rstscope.testing.Talk;
import io.rstscope.testing.Tap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code watch} on a capture that is still being written: no privilege, no native library. */
@Timeout(120)
class StreamWatchTest {
  private static final int FILE_HEADER = 24;
  private static final long LOOK_AGAIN_MILLIS = 20;

  @TempDir private Path folder;
  private Path notices;
  private final PcapFile file = new PcapFile(LinkType.ETHERNET);
  private final Tap tap = Tap.into(file);

  @BeforeEach
  void name() {
    notices = folder.resolve("notices.ndjson");
  }

  private Talk talk(int port) {
    return new Talk("10.0.0.1", port).seenBy(tap).open(60);
  }

  private byte[] oneLoss() {
    talk(40_000).socketReset(CLIENT);
    return file.bytes();
  }

  private Path fifo() throws Exception {
    Path fifo = folder.resolve("fifo");
    assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
    return fifo;
  }

  private CompletableFuture<Run> watch(Object... options) {
    List<Object> all = new ArrayList<>(List.of("watch", "--format", "json", "--json", notices));
    all.addAll(Arrays.asList(options));
    return CompletableFuture.supplyAsync(() -> Run.of(all.toArray()));
  }

  private Run run(byte[] capture, Object... options) throws Exception {
    List<Object> all = new ArrayList<>(Arrays.asList(options));
    all.add(Files.write(folder.resolve("capture"), capture));
    return watch(all.toArray()).get();
  }

  private void awaitNotices(int count) throws Exception {
    while (!Files.exists(notices) || count(Files.readString(notices)) < count) {
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  private static long count(String lines) {
    return Run.records(lines.substring(0, lines.lastIndexOf('\n') + 1)).stream()
        .filter(each -> each.get("type").asText().equals("flow"))
        .count();
  }

  @Test
  void shouldConcludeOfEachLabelledCaptureWhatAnalyzeDoes() throws IOException {
    List<Path> captures;
    try (Stream<Path> files = Files.list(Run.CAPTURES)) {
      captures = files.filter(path -> path.toString().matches(".*\\.pcap(ng)?(\\.gz)?")).toList();
    }
    for (Path capture : captures) {
      Run whole = Run.of("analyze", "--format", "json", capture);
      Run streamed = Run.of("watch", "-v", "--format", "json", capture);
      assertEquals(endings(whole), endings(streamed), capture.toString());
    }
    assertTrue(captures.size() > 100);
  }

  /** By connection; a revision replaces what was said before. */
  private static Map<String, String> endings(Run run) {
    Map<String, String> endings = new TreeMap<>();
    for (JsonNode flow : run.flows()) {
      String connection = flow.get("client") + " " + flow.get("broker") + flow.get("started");
      endings.put(connection, flow.at("/ending/cause") + " by " + flow.at("/ending/ended_by"));
    }
    return endings;
  }

  @Test
  void shouldTellOfALossWhileItsWriterPauses() throws Exception {
    byte[] capture = oneLoss();
    Path fifo = fifo();
    CompletableFuture<Run> run = watch(fifo);
    try (OutputStream writer = Files.newOutputStream(fifo)) {
      writer.write(capture);
      writer.flush();
      awaitNotices(1);
      assertFalse(run.isDone());
    }
    assertEquals(ExitStatus.DONE, run.get().status(), run.get().err());
    assertEquals(1, run.get().summary().get("lost_connections").asInt());
  }

  @Test
  void shouldNotTakeAPauseOfItsWriterForSilence() throws Exception {
    Talk talk = talk(40_000);
    byte[] before = file.bytes();
    talk.data(CLIENT, "publish").pause(Duration.ofMillis(1)).socketReset(CLIENT);
    byte[] all = file.bytes();
    Path fifo = fifo();
    CompletableFuture<Run> run = watch(fifo);
    try (OutputStream writer = Files.newOutputStream(fifo)) {
      writer.write(before);
      writer.flush();
      Thread.sleep(1_500);
      writer.write(Arrays.copyOfRange(all, before.length, all.length));
    }
    JsonNode flow = run.get().flows().get(0);
    assertEquals(0.001, flow.at("/resets/0/idle_s/payload").asDouble(), 0.001, flow.toString());
  }

  @Test
  void shouldLetTimePassAsThePacketsTell() throws Exception {
    Talk unanswered = talk(40_000);
    unanswered.data(BROKER, "delivery");
    for (int i = 0; i < 5; i++) {
      unanswered.pause(Duration.ofSeconds(2)).again(BROKER);
    }
    tap.pause(Duration.ofHours(3));
    Talk other = talk(40_001);
    tap.pause(Duration.ofSeconds(60));
    other.socketReset(CLIENT);

    Run run = run(file.bytes());

    assertEquals("10.0.0.1:40000", address(run.flows().get(0)), "not in the order of time");
    assertEquals(0, run.flows().get(0).get("revision").asInt());
  }

  private static String address(JsonNode flow) {
    return flow.at("/client/address").asText() + ":" + flow.at("/client/port").asText();
  }

  @Test
  void shouldEndWithASummaryAtTheEndOfStandardInput() throws Exception {
    Process process = JavaProcess.program("watch", "--format", "json", "-").start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(oneLoss());
    }
    Run run = JavaProcess.collect(process);
    assertEquals(ExitStatus.DONE, run.status(), run.err());
    assertEquals(1, run.summary().get("lost_connections").asInt());
    assertTrue(run.err().contains("watching -, port 5672"), run.err());
  }

  @Test
  void shouldEndWithASummaryWhenItIsTerminatedInAPause() throws Exception {
    byte[] capture = oneLoss();
    Process process = JavaProcess.program("watch", "--format", "json", "-").start();
    process.getOutputStream().write(capture);
    process.getOutputStream().flush();
    assertTrue(process.getInputStream().read() >= 0, "no notice");
    process.toHandle().destroy();
    assertTrue(process.waitFor(20, TimeUnit.SECONDS), "does not end");
    assertEquals(ExitStatus.DONE, process.exitValue());
    String rest = JavaProcess.text(process.getInputStream().readAllBytes());
    assertTrue(rest.contains("\"lost_connections\":1"), rest);
  }

  @Test
  void shouldEndSoonWhenNobodyWritesToItsFifo() throws Exception {
    Run run = watch("--for", "1s", fifo()).get(20, TimeUnit.SECONDS);
    assertEquals(ExitStatus.DONE, run.status(), run.err());
    assertEquals(0, run.summary().get("lost_connections").asInt());
  }

  @Test
  void shouldReadWhatGzipHasCompressed() throws Exception {
    Path sample = Run.CAPTURES.resolve("proxy-idle-timeout.broker.pcap");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(Files.readAllBytes(sample));
    }
    assertEquals(2, run(bytes.toByteArray()).summary().get("lost_connections").asInt());
  }

  @Test
  void shouldReportWhatWasReadBeforeTheStreamIsCut() throws Exception {
    oneLoss();
    talk(40_001);
    byte[] capture = file.bytes();
    Run run = run(Arrays.copyOf(capture, capture.length - 3));
    assertEquals(ExitStatus.INPUT, run.status());
    assertTrue(run.err().contains("cut short inside a packet of"), run.err());
    assertEquals(1, run.summary().get("lost_connections").asInt());
    String problem = run.summary().at("/captures/0/problem").asText();
    assertTrue(problem.contains("cut short"), run.summary().toString());
  }

  @Test
  void shouldNameTheHostsThatTheFileOfNamesHas() throws Exception {
    Path hosts = Files.writeString(folder.resolve("hosts"), "10.0.0.1 shop/orders-7\n");

    JsonNode flow = run(oneLoss(), "--hosts", hosts).flows().get(0);

    assertEquals("shop/orders-7", flow.get("client_name").asText());
    assertTrue(flow.get("broker_name").isNull());
  }

  @Test
  void shouldSayThatAStreamIsNoCapture() throws Exception {
    Run run = run("tcpdump: eth9: No such device\n".getBytes("US-ASCII"));
    assertEquals(ExitStatus.INPUT, run.status());
    assertTrue(run.err().contains("is neither pcap nor pcapng"), run.err());
  }

  @Test
  void shouldSayThatALinkTypeIsNotKnown() throws Exception {
    Run run = run(new PcapFile(147).bytes());
    assertEquals(ExitStatus.INPUT, run.status());
    assertTrue(run.err().contains("link type 147 is not supported"), run.err());
  }

  @Test
  void shouldSayThatTheTimesJumpByAYear() throws Exception {
    Talk talk = talk(40_000);
    tap.pause(Duration.ofDays(365));
    talk.data(CLIENT, "publish").data(BROKER, "deliver").socketReset(CLIENT);
    Run run = run(file.bytes());
    assertEquals(ExitStatus.DONE, run.status());
    assertTrue(run.err().contains("the clock of the packets was set by "), run.err());
    assertEquals(
        Duration.ofDays(365).toSeconds(), run.flows().get(0).get("clock_step_s").asDouble(), 1);
  }

  @Test
  void shouldNotCallItAStepWhenItIsQuietForHours() throws Exception {
    Talk talk = talk(40_000);
    tap.pause(Duration.ofHours(12));
    talk.data(CLIENT, "publish").data(BROKER, "deliver").socketReset(CLIENT);
    Run run = run(file.bytes());
    assertFalse(run.err().contains("was set by "), run.err());
  }

  @Test
  void shouldFollowAFileThatGrows() throws Exception {
    byte[] capture = oneLoss();
    Path growing = Files.write(folder.resolve("growing.pcap"), Arrays.copyOf(capture, 100));
    CompletableFuture<Run> run = watch("-c", "1", "--follow", growing);
    Thread.sleep(500);
    Files.write(
        growing, Arrays.copyOfRange(capture, 100, capture.length), StandardOpenOption.APPEND);
    assertEquals(1, run.get().flows().size(), run.get().err());
  }

  @Test
  void shouldReadTheNewFileThatTakesTheNameOfTheFollowed() throws Exception {
    byte[] first = oneLoss();
    Path growing = Files.write(folder.resolve("growing.pcap"), first);
    CompletableFuture<Run> run = watch("-c", "2", "--follow", growing);
    awaitNotices(1);

    PcapFile second = new PcapFile(LinkType.ETHERNET);
    new Talk("10.0.0.1", 40_001).seenBy(Tap.into(second)).open(60).socketReset(CLIENT);
    Path next = second.writeTo(folder.resolve("next"));
    Files.move(next, growing, StandardCopyOption.REPLACE_EXISTING);

    assertEquals(2, run.get().summary().get("lost_connections").asInt());
    assertTrue(run.get().err().contains("growing.pcap was replaced"), run.get().err());
  }

  @Test
  void shouldReadATruncatedFileFromItsBeginning() throws Exception {
    byte[] first = oneLoss();
    Path growing = Files.write(folder.resolve("growing.pcap"), first);
    CompletableFuture<Run> run = watch("-c", "2", "--follow", growing);
    awaitNotices(1);

    Files.write(growing, Arrays.copyOf(first, FILE_HEADER));
    PcapFile second = new PcapFile(LinkType.ETHERNET);
    new Talk("10.0.0.1", 40_001).seenBy(Tap.into(second)).open(60).socketReset(CLIENT);
    byte[] packets = second.bytes();
    Thread.sleep(500);
    Files.write(
        growing,
        Arrays.copyOfRange(packets, FILE_HEADER, packets.length),
        StandardOpenOption.APPEND);

    assertEquals(2, run.get().summary().get("lost_connections").asInt());
    assertTrue(run.get().err().contains("growing.pcap was truncated"), run.get().err());
  }

  @Test
  void shouldKeepEvidenceAndServeMetrics() throws Exception {
    Path evidence = folder.resolve("evidence");
    Run run = run(oneLoss(), "-w", evidence, "--metrics", ":0");
    assertEquals(ExitStatus.DONE, run.status(), run.err());
    try (Stream<Path> files = Files.list(evidence)) {
      Path saved = files.filter(each -> each.toString().endsWith("ng")).findFirst().orElseThrow();
      Run again = Run.of("analyze", "--format", "json", saved);
      assertEquals("client", again.resets().get(0).get("sender").asText());
    }
  }

  @Test
  void shouldTakeOnlyWhatTheFilterLetsThrough() throws Exception {
    talk(40_000).socketReset(CLIENT);
    talk(40_001).socketReset(CLIENT);
    Run run = run(file.bytes(), "-f", "port 40001");
    assertEquals(1, run.flows().size());
    assertTrue(run.resets().get(0).get("frame").asInt() > 10, "not the frame of the capture");
  }

  @Test
  void shouldCountTheFlowsOfWhichOneSideAloneIsSeen() {
    Path capture = Run.CAPTURES.resolve("proxy-idle-timeout.broker.pcap");
    String oneWay = "dst port 5672";
    int counted = oneSided(Run.of("analyze", "--format", "json", "-f", oneWay, capture));
    assertTrue(counted > 0);
    assertEquals(
        counted, oneSided(Run.of("watch", "-v", "--format", "json", "-f", oneWay, capture)));
    assertEquals(0, oneSided(Run.of("watch", "-v", "--format", "json", capture)));
  }

  private static int oneSided(Run run) {
    return run.summary().at("/captures/0/one_sided_flows").asInt();
  }

  @Test
  void shouldSayWhatCannotBe() throws Exception {
    assertUsage("name an interface (-i) or a capture");
    assertUsage("--follow is for files", "--follow", "-");
    assertUsage("--ring goes with --interface", "--ring", "4M", "-");
    assertUsage("--kernel goes with --interface", "--kernel", "/tmp", "-");
    assertUsage("named more than once", "-", "-");
    Run missing = Run.of("watch", folder.resolve("missing"));
    assertEquals(ExitStatus.INPUT, missing.status());
    assertTrue(missing.err().contains("missing: no such file"), missing.err());
    assertFalse(missing.err().contains("watching"), missing.err());
  }

  private static void assertUsage(String mistake, String... options) {
    List<String> all = new ArrayList<>(List.of("watch"));
    all.addAll(List.of(options));
    Run run = Run.of(all.toArray());
    assertEquals(ExitStatus.USAGE, run.status(), run.err());
    assertTrue(run.err().contains(mistake), run.err());
  }
}
