package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rstscope.testing.Needs;
import io.rstscope.watch.kernel.KernelTrace;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code watch --kernel} with the trace of the kernel that the tests run on. */
@Timeout(60)
class KernelWitnessTest {
  private static final long OPENING_MILLIS = 4_000;

  @TempDir private Path folder;

  private static String kernel(String command, Path dir) throws Exception {
    Process process =
        new ProcessBuilder("src/main/dist/bin/rstscope-kernel", command, dir.toString())
            .redirectErrorStream(true)
            .start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return process.waitFor() == 0 ? "" : said;
  }

  private Path trace() {
    return folder.resolve("kernel");
  }

  @BeforeEach
  void start() throws Exception {
    LiveHost.assumeCapture();
    String problem = kernel("start", trace());
    Needs.KERNEL.require(problem.isEmpty(), "no trace of the kernel here: " + problem);
  }

  @AfterEach
  void stop() throws Exception {
    assertEquals("", kernel("stop", trace()));
  }

  @Test
  void shouldSayWhyTheKernelSentAReset() throws Exception {
    try (ServerSocket server = LiveHost.listen()) {
      CompletableFuture<Run> run =
          CompletableFuture.supplyAsync(
              () ->
                  Run.of(
                      "watch",
                      "-i",
                      "lo",
                      "-c",
                      1,
                      "--for",
                      "30s",
                      "-p",
                      server.getLocalPort(),
                      "--kernel",
                      trace(),
                      "--format",
                      "json"));
      while (!run.isDone()) {
        LiveHost.resetByClient(server);
        Thread.sleep(200);
      }

      JsonNode reset = run.get(50, TimeUnit.SECONDS).resets().get(0);
      assertEquals("client", reset.get("sender").asText());
      assertEquals("kernel", reset.get("evidence").get(0).get("id").asText());
      String says = reset.get("evidence").get(0).get("says").asText();
      assertTrue(says.startsWith("this host's kernel sent it"), says);
    }
  }

  /** Gives up after 2 s (TCP_USER_TIMEOUT is 18), when its peer's host has lost its address. */
  private static final String BROKER =
      """
      import socket, subprocess, sys
      server = socket.create_server(("10.79.1.1", int(sys.argv[1])))
      peer = server.accept()[0]
      peer.setsockopt(socket.IPPROTO_TCP, 18, 2000)
      peer.recv(8)
      peer.sendall(b"x" * 40)
      peer.recv(1)
      subprocess.check_call(["ip", "-n", sys.argv[2], "addr", "flush", "dev", "eth0"])
      peer.sendall(b"x" * 40)
      peer.recv(1)
      """;

  private static final String CLIENT =
      """
      import socket, sys, time
      peer = socket.create_connection(("10.79.1.1", int(sys.argv[1])))
      peer.sendall(b"AMQP" + bytes([0, 0, 9, 1]))
      peer.recv(40, socket.MSG_WAITALL)
      peer.sendall(b"x")
      time.sleep(30)
      """;

  private static Process start(String... command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Test
  void shouldKnowThatTheKernelGaveUp() throws Exception {
    LiveHost.assumeNamespaces();
    boolean errors = KernelTrace.recordsErrors(trace());
    Needs.KERNEL.require(errors, "this kernel does not trace errors of sockets");
    String name = "rstscope" + ProcessHandle.current().pid() % 1_000_000;
    String port = "35672";
    List<Process> started = new ArrayList<>();
    try {
      assertTrue(LiveHost.ip("netns", "add", name));
      assertTrue(LiveHost.ip("link", "add", name, "type", "veth", "peer", "eth0", "netns", name));
      assertTrue(LiveHost.ip("addr", "add", "10.79.1.1/24", "dev", name));
      assertTrue(LiveHost.ip("link", "set", name, "up"));
      assertTrue(LiveHost.ip("-n", name, "addr", "add", "10.79.1.2/24", "dev", "eth0"));
      assertTrue(LiveHost.ip("-n", name, "link", "set", "eth0", "up"));
      CompletableFuture<Run> run =
          CompletableFuture.supplyAsync(
              () ->
                  Run.of(
                      "watch",
                      "-i",
                      name,
                      "-c",
                      1,
                      "--for",
                      "25s",
                      "-p",
                      port,
                      "--kernel",
                      trace(),
                      "--format",
                      "json"));
      Thread.sleep(OPENING_MILLIS);
      started.add(start("python3", "-c", BROKER, port, name));
      Thread.sleep(500);
      started.add(start("ip", "netns", "exec", name, "python3", "-c", CLIENT, port));

      JsonNode ending = run.get(50, TimeUnit.SECONDS).flows().get(0).get("ending");
      assertEquals("silent-drop", ending.get("cause").asText());
      assertTrue(ending.get("says").asText().contains("(ETIMEDOUT)"), ending.toString());
    } finally {
      started.forEach(Process::destroyForcibly);
      LiveHost.ip("link", "del", name);
      LiveHost.ip("netns", "del", name);
    }
  }

  @Test
  void shouldSayThatThereIsNoTrace() {
    Run run = Run.of("watch", "-i", "lo", "--kernel", folder);

    assertEquals(ExitStatus.INPUT, run.status());
    assertTrue(
        run.err().contains("rstscope: the kernel's trace in " + folder + ": there is none"),
        run.err());
  }
}
