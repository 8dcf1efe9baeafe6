package io.rstscope.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.testing.Needs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code record} on the loopback interface, with connections that are reset for real. */
@Timeout(60)
class LiveRecordTest {
  private static final long LOOK_AGAIN_MILLIS = 20;

  /** Bytes of a write that becomes a packet, and packets that fill a file of tcpdump's. */
  private static final int MESSAGE = 1_000;

  private static final int MANY = 3_000;

  @TempDir private Path temporary;
  private Path folder;
  private ServerSocket server;
  private LiveProcess process;

  @BeforeAll
  static void needsPrivilege() {
    LiveHost.assumeCapture();
  }

  @BeforeEach
  void listen() throws IOException {
    folder = temporary.resolve("capture");
    server = LiveHost.listen();
  }

  @AfterEach
  void end() throws Exception {
    server.close();
    if (process != null) {
      process.close();
    }
  }

  private void record(Object... options) throws IOException {
    List<Object> all = new ArrayList<>(List.of("-i", "lo", "-p", server.getLocalPort()));
    all.addAll(List.of("-o", folder));
    all.addAll(Arrays.asList(options));
    process = LiveProcess.record(all.toArray());
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".pcapng")).sorted().toList();
    }
  }

  private Run analyze() {
    return Run.of("analyze", "--series", folder, "-p", server.getLocalPort(), "--format", "json");
  }

  private void assertShowsTheLoss() {
    Run run = analyze();
    assertEquals(ExitStatus.DONE, run.status(), run.err());
    List<String> causes =
        run.flows().stream().map(flow -> flow.get("ending").get("cause").asText()).toList();
    assertTrue(causes.contains("client-abort"), run.out());
  }

  private void send(int packets) throws IOException {
    LiveHost.publish(server, packets, MESSAGE);
  }

  @Test
  void shouldRecordALossForAnalyze() throws Exception {
    record();
    LiveHost.resetByClient(server);
    process.await("first connection lost: 127.0.0.1:");
    process.end("INT");

    String said = process.said();
    assertTrue(said.contains("1 connection lost meanwhile"), said);
    assertTrue(
        said.contains("next: rstscope analyze --series " + folder + " -p " + server.getLocalPort()),
        said);
    assertShowsTheLoss();
  }

  @Test
  void shouldWriteNoPassword() throws Exception {
    record("--until-loss", "1s");
    LiveHost.resetByClient(server);
    process.awaitEnd();

    assertEquals(1, files().size());
    String bytes = new String(Files.readAllBytes(files().get(0)), ISO_8859_1);
    assertTrue(bytes.contains("orders-7"), "the client's name is there");
    assertFalse(bytes.contains(AmqpBytes.PASSWORD));
  }

  @Test
  void shouldWriteAllWhenPayloadIsWanted() throws Exception {
    record("--until-loss", "1s", "--payload");
    LiveHost.resetByClient(server);
    process.awaitEnd();

    String bytes = new String(Files.readAllBytes(files().get(0)), ISO_8859_1);
    assertTrue(bytes.contains(AmqpBytes.PASSWORD));
    assertTrue(process.said().contains("passwords and messages are in the files"));
  }

  @Test
  void shouldEndSomeTimeAfterTheFirstLossAndMissNoPacket() throws Exception {
    record("--until-loss", "1s");
    LiveHost.resetByClient(server);
    process.awaitEnd();

    assertEquals(ExitStatus.DONE, process.status());
    String said = process.said();
    assertTrue(said.contains("; recording ends in 1.00 s"), said);
    String packets = said.replaceAll("(?s).*lo: (\\d+) packets, 0 packets dropped by k.*", "$1");
    assertTrue(said.contains("\nrstscope: " + packets + " packets written; 1 file in "), said);
    assertShowsTheLoss();
  }

  @Test
  void shouldNotEndSoWhenNothingIsLost() throws Exception {
    record("--until-loss", "1s", "--for", "3s");
    send(1);
    process.awaitEnd();

    String said = process.said();
    assertTrue(said.contains("0 connections lost meanwhile"), said);
    assertFalse(said.contains("first connection lost"), said);
  }

  @Test
  void shouldKeepTheNewestFiles() throws Exception {
    record("--file-size", "64K", "--files", "2");
    send(MANY);
    LiveHost.resetByClient(server);
    process.await("first connection lost");
    process.end("TERM");

    assertEquals(2, files().size());
    assertShowsTheLoss();
  }

  @Test
  void shouldSayWhenTheFirstLossHasLeftTheRing() throws Exception {
    record("--file-size", "64K", "--files", "1");
    LiveHost.resetByClient(server);
    process.await("first connection lost");
    send(MANY);
    process.end("INT");

    assertTrue(process.said().contains("the first loss is not in the files any more"));
  }

  @Test
  void shouldGoOnWhenAFullDiskHasRoomAgain() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder)) {
      record();
      disk.fill();
      LiveHost.resetByClient(server);
      process.await("packets are not written until that is over");
      assertEquals(List.of(), files());
      disk.makeRoom();
      LiveHost.resetByClient(server);
      process.await("can be written again; ");
      process.signal("INT");
      process.awaitEnd();

      assertEquals(ExitStatus.INPUT, process.status());
      assertTrue(process.said().contains("packets could not be written"));
      assertShowsTheLoss();
    }
  }

  @Test
  void shouldRemoveItsOldestFilesFromAFullDisk() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder)) {
      record("--file-size", "64K");
      while (files().size() < 2) {
        send(10);
      }
      Path oldest = files().get(0);
      disk.fill();
      while (Files.exists(oldest)) {
        send(10);
      }
      LiveHost.resetByClient(server);
      process.await("the disk is full; the oldest files are removed for room");
      process.await("first connection lost");
      process.end("INT");

      assertShowsTheLoss();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dumpcap", "tcpdump"})
  void shouldLetAnotherProgramCapture(String program) throws Exception {
    Needs.LIVE.require(Files.exists(Path.of("/usr/bin", program)), "no " + program);
    record("--capture-with", program);
    // it says so before it has opened the interface
    while (process.isAlive() && files().isEmpty()) {
      LiveHost.resetByClient(server);
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
    LiveHost.resetByClient(server);
    process.await("first connection lost");
    process.end("INT");

    assertShowsTheLoss();
  }

  @Test
  void shouldLeaveNothingWhereTheInterfaceIsNotThere() {
    Run run = Run.of("record", "-i", "nosuch0", "-o", folder);

    assertEquals(ExitStatus.NOT_PERMITTED, run.status());
    assertTrue(run.err().contains("nosuch0: No such device"), run.err());
    assertFalse(Files.exists(folder));
  }

  @Test
  void shouldPrintALineThatRunsAsItIs() throws Exception {
    Needs.LIVE.require(Files.exists(Path.of("/usr/bin/tcpdump")), "no tcpdump");
    Run run =
        Run.of(
            "record",
            "--print",
            "-i",
            "lo",
            "-p",
            server.getLocalPort(),
            "-o",
            folder,
            "--file-size",
            "1M",
            "--files",
            "5");
    Process shell = new ProcessBuilder("sh", "-c", run.out().strip()).start();
    try (BufferedReader words =
        new BufferedReader(new InputStreamReader(shell.getErrorStream(), ISO_8859_1))) {
      for (String line = words.readLine(); !line.contains("listening on"); ) {
        line = words.readLine();
      }
      send(MANY);
      LiveHost.resetByClient(server);
      while (!Files.exists(folder.resolve("rstscope.pcap1"))) {
        Thread.sleep(LOOK_AGAIN_MILLIS);
      }
      while (analyze().flows().isEmpty()) {
        Thread.sleep(LOOK_AGAIN_MILLIS);
      }
    } finally {
      shell.descendants().forEach(ProcessHandle::destroy);
      shell.waitFor();
    }

    assertShowsTheLoss();
  }
}
