package io.rstscope.cli;

import static io.rstscope.cli.LiveHost.ip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
  private Process process;
  private BufferedReader words;

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
      process.destroyForcibly().waitFor();
    }
    ip("netns", "del", namespace);
  }

  private void watch(String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("io.rstscope.cli.Main", "watch", "-i", "in0"));
    command.addAll(List.of(options));
    process = new ProcessBuilder(command).redirectOutput(folder.resolve("out").toFile()).start();
    words =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    await("watching in0");
  }

  /** Reads standard error up to a line that holds this, which is returned. */
  private String await(String text) throws IOException {
    for (String line = words.readLine(); line != null; line = words.readLine()) {
      if (line.contains(text)) {
        return line;
      }
    }
    throw new AssertionError("never said: " + text);
  }

  private void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  private void assertEnds() throws Exception {
    assertTrue(process.waitFor(20, TimeUnit.SECONDS), "does not end");
    assertEquals(ExitStatus.DONE, process.exitValue());
    assertTrue(Files.readString(folder.resolve("out")).contains("No connection was reset"));
  }

  @Test
  void shouldEndWithASummaryWhenItIsTerminated() throws Exception {
    watch();
    signal("TERM");
    assertEnds();
  }

  @Test
  void shouldEndWithASummaryWhenItIsInterrupted() throws Exception {
    watch();
    signal("INT");
    assertEnds();
  }

  @Test
  void shouldTellCountsAndGoOn() throws Exception {
    watch();
    signal("USR1");
    assertTrue(await("connections lost").contains("dropped 0 by the kernel"));
    assertTrue(process.isAlive());
  }

  @Test
  void shouldOpenItsFileAnewWhenToldTo() throws Exception {
    Path file = folder.resolve("notices.ndjson");
    watch("--json", file.toString());
    Files.move(file, folder.resolve("moved"));
    signal("HUP");
    signal("USR1");
    await("connections lost");
    assertTrue(Files.exists(file));
  }

  @Test
  void shouldOpenAnInterfaceAgainThatWentAwayAndCameBack() throws Exception {
    watch();
    assertTrue(ip("-n", namespace, "link", "del", "in0"));
    await("in0: ");
    makeInterface();
    assertTrue(await("in0 is back").startsWith("rstscope: "));
    signal("TERM");
    assertEnds();
  }

  @Test
  void shouldGoOnWhenItsInterfaceIsTakenDownAndUp() throws Exception {
    watch();
    assertTrue(ip("-n", namespace, "link", "set", "in0", "down"));
    assertTrue(ip("-n", namespace, "link", "set", "in0", "up"));
    assertFalse(process.waitFor(500, TimeUnit.MILLISECONDS));
    signal("TERM");
    assertEnds();
  }
}
