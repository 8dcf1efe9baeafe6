package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rstscope.watch.incident.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code watch --on-incident} in a process of its own, on captures that are passed to it. */
@Timeout(120)
class OnIncidentTest {
  private static final Path TWO_LOST = Run.CAPTURES.resolve("proxy-idle-timeout.broker.pcap");

  @TempDir private Path folder;
  private Path file;
  private Path got;

  @BeforeEach
  void name() {
    file = folder.resolve("notify");
    got = folder.resolve("got");
  }

  private Run watch(Path capture, Object command) throws Exception {
    return JavaProcess.collect(
        JavaProcess.program("watch", "--format", "json", "--on-incident", command.toString(), "-")
            .redirectInput(capture.toFile())
            .start());
  }

  private List<JsonNode> calls() throws Exception {
    return Run.records(Files.readString(got));
  }

  @Test
  void shouldRunTheProgramOnceForTheTwoLossesOfAnIncident() throws Exception {
    Script.write(file, "echo \"$@\"", "cat >>" + got);

    Run run = watch(TWO_LOST, file + " --to ops");

    assertEquals(ExitStatus.DONE, run.status(), run.err());
    assertTrue(run.err().contains("notify: --to ops\n"), run.err());
    assertEquals(1, calls().size());
    JsonNode call = calls().get(0);
    assertEquals("incident", call.get("type").asText());
    assertEquals(2, call.get("lost_connections").asInt());
    assertEquals(2, call.at("/incidents/0/connections").asInt());
    assertEquals("idle-timeout", call.at("/incidents/0/cause").asText());
    assertEquals("middlebox", call.at("/flow/ending/ended_by").asText());
    assertTrue(
        call.get("answer").asText().startsWith("2 connections lost: idle timeout of a proxy"),
        call.get("answer").asText());
  }

  @Test
  void shouldRunNoProgramWhenNothingIsLost() throws Exception {
    Script.write(file, "cat >>" + got);

    Run run = watch(Run.CAPTURES.resolve("normal-close.broker.pcap"), file);

    assertEquals(ExitStatus.DONE, run.status(), run.err());
    assertTrue(Files.notExists(got));
  }

  @Test
  void shouldEndWithItsSummaryThoughTheProgramHangs() throws Exception {
    Path child = folder.resolve("child");
    Script.write(file, "echo $$ >" + child, "exec sleep 1000");

    Run run = watch(TWO_LOST, file);

    assertEquals(ExitStatus.DONE, run.status(), run.err());
    assertEquals(2, run.summary().get("lost_connections").asInt());
    assertTrue(run.err().contains(file + " was killed as watch ends"), run.err());
    long pid = Long.parseLong(Files.readString(child).strip());
    Script.await("is gone", () -> ProcessHandle.of(pid).isEmpty());
  }

  @Test
  void shouldReportEachLossThoughTheProgramFails() throws Exception {
    Script.write(file, "exit 7");

    Run run = watch(TWO_LOST, file);

    assertEquals(ExitStatus.DONE, run.status(), run.err());
    assertEquals(2, run.summary().get("lost_connections").asInt());
    assertTrue(run.err().contains(file + " ended with status 7"), run.err());
  }

  @Test
  void shouldRefuseAProgramThatEverybodyMayChange() throws Exception {
    Script.write(file, "true");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrwxrwx"));

    Run run = watch(TWO_LOST, file);

    assertEquals(ExitStatus.USAGE, run.status());
    assertTrue(run.err().contains("can be written by everybody (chmod o-w)"), run.err());
  }
}
