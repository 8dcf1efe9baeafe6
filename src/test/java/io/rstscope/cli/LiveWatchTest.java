package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code watch} on the loopback interface, with connections that are reset for real. */
@Timeout(60)
class LiveWatchTest {
  /** Packets sent before an interface is opened are not seen; nothing tells from outside when. */
  private static final long OPENING_MILLIS = 1_500;

  @TempDir private Path folder;

  @BeforeAll
  static void needsPrivilege() {
    LiveHost.assumeCapture();
  }

  /** Watches while clients reset their connections; ends after so many losses. */
  private static Run watch(int losses, Object... options) throws Exception {
    try (ServerSocket server = LiveHost.listen()) {
      List<Object> arguments = new ArrayList<>(List.of("watch", "-i", "lo", "-c", losses));
      arguments.addAll(List.of("--for", "30s", "-p", server.getLocalPort()));
      arguments.addAll(Arrays.asList(options));
      CompletableFuture<Run> run = CompletableFuture.supplyAsync(() -> Run.of(arguments.toArray()));
      Thread.sleep(OPENING_MILLIS);
      for (int i = 0; i < losses; i++) {
        LiveHost.resetByClient(server);
      }
      return run.get(50, TimeUnit.SECONDS);
    }
  }

  @Test
  void shouldTellWhoResetAConnection() throws Exception {
    Run run = watch(1, "--format", "json");

    assertEquals(ExitStatus.DONE, run.status(), run.err());
    JsonNode flow = run.flows().get(0);
    assertEquals("lo", flow.get("capture").asText());
    assertEquals(1, flow.get("number").asInt());
    assertEquals(0, flow.get("revision").asInt());
    assertEquals(0, flow.get("dropped_near").asInt());
    assertEquals("client", flow.get("resets").get(0).get("sender").asText());
    assertEquals("client-abort", flow.get("ending").get("cause").asText());
    assertEquals(1, run.summary().get("lost_connections").asInt());
  }

  @Test
  void shouldTellOnceOfAConnectionThatTwoInterfacesShow() throws Exception {
    Run run = watch(2, "-i", "any", "--format", "json");

    assertEquals(2, run.flows().size(), run.out());
    assertEquals(2, run.summary().get("lost_connections").asInt());
    assertTrue(run.err().contains("show the same connections"), run.err());
  }

  @Test
  void shouldTellPeopleTheSame() throws Exception {
    Run run = watch(1);
    assertTrue(run.out().startsWith("1   client-abort, ended by client"), run.out());
    assertTrue(run.out().contains("connection lost: "), run.out());
    assertTrue(run.err().contains("0 packets dropped by kernel"), run.err());
  }

  @Test
  void shouldWriteNoticesToAFileToo() throws Exception {
    Path file = folder.resolve("notices.ndjson");
    watch(2, "--json", file);
    List<JsonNode> records = Run.records(Files.readString(file));
    assertEquals(3, records.size());
    assertEquals("summary", records.get(2).get("type").asText());
  }

  @Test
  void shouldKeepHeadersAsEvidenceThatAnalyzeJudgesAlike() throws Exception {
    Run live = watch(1, "-w", folder, "--format", "json");
    int port = live.flows().get(0).get("broker").get("port").asInt();
    Path evidence;
    try (Stream<Path> files = Files.list(folder)) {
      evidence = files.filter(file -> file.toString().endsWith("ng")).findFirst().orElseThrow();
    }
    assertFalse(contains(Files.readAllBytes(evidence), "AMQP"), "payload was kept");
    Run again = Run.of("analyze", "-p", port, "--format", "json", evidence);
    assertEquals("client", again.resets().get(0).get("sender").asText());
  }

  private static boolean contains(byte[] bytes, String ascii) {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains(ascii);
  }

  @Test
  void shouldEndAtTheTimeWithoutALoss() {
    Run run = Run.of("watch", "-i", "lo", "-p", "1", "--for", "1s");
    assertEquals(ExitStatus.DONE, run.status());
    assertTrue(run.out().startsWith("No packets in lo\n"), run.out());
  }

  @ParameterizedTest
  @CsvSource({"0.0.0.0:0, true", "127.0.0.1:0, false"})
  void shouldWarnOfMetricsThatOthersCanRead(String address, boolean open) {
    Run run = Run.of("watch", "-i", "lo", "-p", "1", "--for", "1s", "--metrics", address);
    assertEquals(open, run.err().contains("whoever reaches that address"), run.err());
  }

  @Test
  void shouldSayWhichInterfaceIsNotThere() {
    Run run = Run.of("watch", "-i", "nosuch0");
    assertEquals(ExitStatus.NOT_PERMITTED, run.status());
    assertTrue(run.err().contains("nosuch0: No such device"), run.err());
  }

  @Test
  void shouldCallAWrongFilterTheUsersMistake() {
    Run run = Run.of("watch", "-i", "lo", "-f", "not a filter");
    assertEquals(ExitStatus.USAGE, run.status());
    assertTrue(run.err().contains("not a filter"), run.err());
  }

  @Test
  void shouldSayWhenTheFolderCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Run run = Run.of("watch", "-i", "lo", "-w", file.resolve("below"));
    assertEquals(ExitStatus.INPUT, run.status());
  }

  @Test
  void shouldListTheInterfaceWithItsAddress() {
    Run run = Run.of("interfaces");
    assertTrue(run.out().lines().anyMatch(line -> line.matches(". lo .*127\\.0\\.0\\.1.*")));
  }

  @Test
  void shouldFindThatThisHostCanBeWatched() {
    Run run = Run.of("doctor", "-i", "lo");
    assertEquals(ExitStatus.DONE, run.status(), run.out());
    assertTrue(run.out().contains("ok    lo can be captured"), run.out());
  }
}
