package io.rstscope.cli;

import static io.rstscope.cli.LiveHost.ip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rstscope.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code watch} without any capability, where another program captures. */
@Timeout(120)
class LiveCaptureProgramTest {
  private static final long LOOK_AGAIN_MILLIS = 20;

  private final String namespace = "rstscope-prog-" + ProcessHandle.current().pid();
  @TempDir private Path folder;
  private Path out;
  private LiveProcess process;

  @BeforeAll
  static void needsPrivilege() {
    LiveHost.assumeNamespaces();
  }

  @BeforeEach
  void makeNamespace() throws Exception {
    out = folder.resolve("out");
    assertTrue(ip("netns", "add", namespace));
    assertTrue(ip("-n", namespace, "link", "set", "lo", "up"));
    for (String program : List.of("dumpcap", "tcpdump")) {
      Path installed = Path.of("/usr/bin", program);
      Needs.LIVE.require(Files.exists(installed), "no " + installed);
      Path copy = Files.copy(installed, folder.resolve(program));
      String[] grant = {"setcap", "cap_net_raw+ep", copy.toString()};
      int status = new ProcessBuilder(grant).start().waitFor();
      Needs.LIVE.require(status == 0, "no capabilities of files here");
    }
  }

  @AfterEach
  void remove() {
    if (process != null) {
      process.close();
    }
    ip("netns", "del", namespace);
  }

  /** As root without any privilege of root: what it executes has those of its file alone. */
  private void watchUnprivileged(String... options) throws IOException {
    watch(List.of("setpriv", "--securebits", "+noroot", "--inh-caps", "-all"), options);
    assertEquals("0000000000000000", capabilities());
  }

  private void watch(List<String> by, String... options) throws IOException {
    List<String> prefix = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    prefix.addAll(by);
    prefix.addAll(List.of("env", "PATH=" + folder + ":/usr/bin:/bin"));
    List<Object> all = new ArrayList<>(List.of("-i", "lo", "--format", "json"));
    all.addAll(Arrays.asList(options));
    process = LiveProcess.watch(prefix, out, all.toArray());
  }

  private String capabilities() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith("CapEff:"))
        .map(line -> line.substring("CapEff:".length()).strip())
        .findFirst()
        .orElseThrow();
  }

  /** A connection of AMQP that its client resets passes the interface. */
  private void lose() throws Exception {
    String client =
        """
        import socket, struct
        server = socket.socket()
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("127.0.0.1", 5672)); server.listen(5)
        client = socket.create_connection(("127.0.0.1", 5672))
        broker, _ = server.accept()
        client.send(b"AMQP\\0\\0\\x09\\x01"); broker.recv(99)
        broker.send(b"x" * 99); client.recv(99)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()
        """;
    String[] command = {"ip", "netns", "exec", namespace, "python3", "-c", client};
    assertEquals(0, new ProcessBuilder(command).start().waitFor());
  }

  private void awaitFlows(int count) throws Exception {
    while (flows().size() < count) {
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  private List<JsonNode> flows() throws IOException {
    String lines = Files.readString(out);
    return Run.records(lines.substring(0, lines.lastIndexOf('\n') + 1)).stream()
        .filter(each -> each.get("type").asText().equals("flow"))
        .filter(each -> each.get("revision").asInt() == 0)
        .toList();
  }

  @Test
  void shouldTellOfALossThatDumpcapCaptured() throws Exception {
    watchUnprivileged("-v", "--capture-with", "dumpcap");
    tellAndEnd("dumpcap");
  }

  /** Debian's takes another user when root starts it, which root alone may do. */
  @Test
  void shouldTellOfALossThatTcpdumpCaptured() throws Exception {
    watch(List.of(), "-v", "--capture-with", "tcpdump");
    tellAndEnd("tcpdump");
  }

  private void tellAndEnd(String program) throws Exception {
    List<ProcessHandle> programs = process.children(program);
    lose();
    awaitFlows(1);
    assertEquals("client", flows().get(0).at("/resets/0/sender").asText());

    process.end("TERM");

    assertFalse(programs.isEmpty());
    programs.forEach(each -> assertFalse(each.isAlive(), "left behind"));
    assertTrue(process.said().contains(" 0 packets dropped by kernel"), process.said());
  }

  @Test
  void shouldLetDumpcapCaptureWhereItMayNotItself() throws Exception {
    watchUnprivileged("-v");
    lose();
    awaitFlows(1);
    process.end("TERM");
    assertTrue(process.said().contains("lo: dumpcap captures, as this process may not\n"));
  }

  @Test
  void shouldStartTheProgramAgainThatEnds() throws Exception {
    watchUnprivileged("-v", "--capture-with", "dumpcap");
    process.children("dumpcap").forEach(ProcessHandle::destroyForcibly);
    process.await("lo: dumpcap ended with status 137");
    process.await("lo is back");
    lose();
    awaitFlows(1);
    process.end("TERM");
  }

  @Test
  void shouldLetTheDoctorSayThatNothingIsUp() throws Exception {
    ProcessBuilder doctor = JavaProcess.program("doctor");
    doctor.command().addAll(0, List.of("ip", "netns", "exec", namespace));
    Run run = JavaProcess.finish(doctor);
    assertTrue(run.out().contains("note  no interface is up with an address"), run.out());
  }

  @Test
  void shouldSayInTheProgramsWordsWhyItDoesNotCapture() {
    Run run = Run.of("watch", "-i", "nosuch0", "--capture-with", "tcpdump");
    assertEquals(ExitStatus.NOT_PERMITTED, run.status());
    assertTrue(run.err().contains("nosuch0: tcpdump: "), run.err());
    assertTrue(run.err().contains("No such device"), run.err());
  }

  @Test
  void shouldCallAWrongFilterTheUsersMistakeThereToo() {
    Run run = Run.of("watch", "-i", "lo", "--capture-with", "tcpdump", "-f", "not a filter");
    assertEquals(ExitStatus.USAGE, run.status(), run.err());
  }
}
