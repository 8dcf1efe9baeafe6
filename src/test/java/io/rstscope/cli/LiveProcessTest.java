package io.rstscope.cli;

import static io.rstscope.cli.LiveHost.ip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.CapturedPacket;
import io.rstscope.capture.PacketSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code watch} as a process in a network namespace of its own: signals, and its interface. */
@Timeout(60)
class LiveProcessTest {
  private final String namespace = "rstscope-test-" + ProcessHandle.current().pid();
  @TempDir private Path folder;
  private LiveProcess process;

  @BeforeAll
  static void needsPrivilege() {
    LiveHost.assumeNamespaces();
  }

  @BeforeEach
  void makeNamespace() {
    assertTrue(ip("netns", "add", namespace));
    makeInterface();
  }

  private void makeInterface() {
    assertTrue(ip("-n", namespace, "link", "add", "in0", "type", "veth", "peer", "name", "out0"));
    assertTrue(ip("-n", namespace, "link", "set", "in0", "up"));
    assertTrue(ip("-n", namespace, "link", "set", "out0", "up"));
  }

  @AfterEach
  void remove() throws Exception {
    if (process != null) {
      process.close();
    }
    ip("netns", "del", namespace);
  }

  private void watch(String... options) throws IOException {
    List<Object> all = new ArrayList<>(List.of("-i", "in0"));
    all.addAll(List.of(options));
    List<String> prefix = List.of("ip", "netns", "exec", namespace);
    process = LiveProcess.watch(prefix, folder.resolve("out"), all.toArray());
  }

  private void assertEnds(String signal) throws Exception {
    process.end(signal);
    assertTrue(Files.readString(folder.resolve("out")).startsWith("No "));
  }

  @Test
  void shouldEndWithASummaryWhenItIsTerminated() throws Exception {
    watch();
    assertEnds("TERM");
  }

  @Test
  void shouldEndWithASummaryWhenItIsInterrupted() throws Exception {
    watch();
    assertEnds("INT");
  }

  @Test
  void shouldTellCountsAndGoOn() throws Exception {
    watch();
    process.signal("USR1");
    String counts = process.await("connections lost");
    assertTrue(counts.contains(" 0 resets; in0: "), counts);
    assertTrue(counts.contains("dropped 0 by the kernel"), counts);
    assertTrue(process.isAlive());
  }

  @Test
  void shouldOpenItsFileAnewWhenToldTo() throws Exception {
    Path file = folder.resolve("notices.ndjson");
    watch("--json", file.toString());
    Files.move(file, folder.resolve("moved"));
    process.signal("HUP");
    process.signal("USR1");
    process.await("connections lost");
    assertTrue(Files.exists(file));
  }

  @Test
  void shouldSayThatItWaitsForWhatReadsItsFile() throws Exception {
    Path fifo = folder.resolve("fifo");
    assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
    Process reader = new ProcessBuilder("cat", fifo.toString()).start();

    watch("--json", fifo.toString());
    assertEnds("TERM");

    assertTrue(process.said().contains("fifo: waiting for what reads from this FIFO\n"));
    assertEquals(0, reader.waitFor());
  }

  @Test
  void shouldOpenAnInterfaceAgainThatWentAwayAndCameBack() throws Exception {
    watch();
    assertTrue(ip("-n", namespace, "link", "del", "in0"));
    process.await("in0: ");
    makeInterface();
    assertTrue(process.await("in0 is back").startsWith("rstscope: "));
    assertEnds("TERM");
  }

  @Test
  void shouldSayOfALossForHowLongItsInterfaceWasAwayBefore() throws Exception {
    watch("--format", "json", "-c", "1");
    assertTrue(ip("-n", namespace, "link", "del", "in0"));
    process.await("in0: ");
    makeInterface();
    process.await("in0 is back");

    send(Run.CAPTURES.resolve("client-abort.broker.pcap"));
    process.awaitEnd();

    JsonNode loss = Run.records(Files.readString(folder.resolve("out"))).get(0);
    assertTrue(loss.get("not_captured_s").asDouble() > 0, loss.toString());
  }

  /** Puts the frames of a capture on the interface, one after the other, as they are. */
  private void send(Path capture) throws Exception {
    CapturedPacket packet = new CapturedPacket();
    List<String> frames = new ArrayList<>();
    try (PacketSource source = CaptureFiles.open(capture.toString())) {
      while (source.next(packet)) {
        int end = packet.offset + packet.capturedLength;
        frames.add(HexFormat.of().formatHex(packet.data, packet.offset, end));
      }
    }
    Path hex = Files.write(folder.resolve("frames"), frames);
    String send =
        """
        import socket, sys
        out = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
        out.bind(("out0", 0))
        for line in open(sys.argv[1]):
            out.send(bytes.fromhex(line))
        """;
    Process python =
        new ProcessBuilder("ip", "netns", "exec", namespace, "python3", "-c", send, hex.toString())
            .inheritIO()
            .start();
    assertEquals(0, python.waitFor());
  }

  @Test
  void shouldGoOnWhenItsInterfaceIsTakenDownAndUp() throws Exception {
    watch();
    assertTrue(ip("-n", namespace, "link", "set", "in0", "down"));
    assertTrue(ip("-n", namespace, "link", "set", "in0", "up"));
    Thread.sleep(500);
    assertTrue(process.isAlive());
    assertEnds("TERM");
  }
}
