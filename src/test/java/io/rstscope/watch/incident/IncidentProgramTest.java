package io.rstscope.watch.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.watch.incident.IncidentProgram.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a program may do that it should not. */
@Timeout(120)
class IncidentProgramTest {
  private static final Limits LONG = new Limits(60_000, 60_000);
  private static final Limits SHORT_RUN = new Limits(300, 60_000);

  /** Long enough to start a child first. */
  private static final Limits FIVE_SECONDS = new Limits(5_000, 60_000);

  private static final Limits SHORT_END = new Limits(60_000, 300);

  /** More than a pipe holds. */
  private static final String LARGE = "x".repeat(1 << 18);

  @TempDir private Path folder;
  private Path file;
  private Path got;
  private final List<String> words = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void name() {
    file = folder.resolve("notify");
    got = folder.resolve("got");
  }

  private IncidentProgram program(Limits limits, String... lines) throws Exception {
    Script.write(file, lines);
    return new IncidentProgram(List.of(file.toString(), "--to", "$HOME;ops"), limits, words::add);
  }

  private void runToItsEnd(Limits limits, String input, String... lines) throws Exception {
    try (IncidentProgram program = program(limits, lines)) {
      assertTrue(program.run(input));
      Script.await("is run", () -> program.calls() == 1);
    }
  }

  private String failure(String how) {
    return "--on-incident: " + file + " " + how;
  }

  @Test
  void shouldHaveTheWholeInputOnItsStandardInput() throws Exception {
    runToItsEnd(LONG, LARGE, "cat >" + got);

    assertEquals(LARGE, Files.readString(got));
    assertEquals(List.of(), words);
  }

  @Test
  void shouldHaveTheUsersArgumentsAsTheyAre() throws Exception {
    runToItsEnd(LONG, "{}", "printf '%s|' \"$@\" >" + got);

    assertEquals("--to|$HOME;ops|", Files.readString(got));
  }

  @Test
  void shouldSeeLittleOfOurEnvironment() throws Exception {
    assertTrue(System.getenv().size() > 3, "nothing to leave out");
    runToItsEnd(LONG, "{}", "/usr/bin/env >" + got);

    List<String> names =
        Files.readAllLines(got).stream().map(line -> line.replaceFirst("=.*", "")).toList();
    List<String> known = List.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "PWD", "_", "SHLVL");
    assertTrue(known.containsAll(names), names.toString());
    assertTrue(names.contains("PATH"), names.toString());
  }

  @Test
  void shouldBeReportedWhenItFails() throws Exception {
    runToItsEnd(LONG, "{}", "cat >/dev/null", "exit 3");

    assertEquals(List.of(failure("ended with status 3")), words);
  }

  @Test
  void shouldBeReportedWhenItCannotBeRun() throws Exception {
    try (IncidentProgram program = program(LONG, "true")) {
      Files.delete(file);
      program.run("{}");
    }

    assertEquals(1, words.size(), words.toString());
    assertTrue(words.get(0).startsWith(failure("could not be run: ")), words.get(0));
  }

  @Test
  void shouldBeKilledWithAllThatItStartedWhenItHangs() throws Exception {
    Path child = folder.resolve("child");
    try (IncidentProgram program =
        program(FIVE_SECONDS, "cat >/dev/null", "sleep 1000 &", "echo $! >" + child, "wait")) {
      program.run("{}");
      Script.await("is killed", () -> program.failures() == 1);
    }

    assertEquals(List.of(failure("was killed after 5.0 s")), words);
    Script.awaitGone(child);
  }

  @Test
  void shouldBeKilledWhenItNeverReadsItsInput() throws Exception {
    runToItsEnd(SHORT_RUN, LARGE, "exec sleep 1000");

    assertEquals(List.of(failure("was killed after 0.3 s; it had not read its input")), words);
  }

  @Test
  void shouldNeedNoInput() throws Exception {
    runToItsEnd(LONG, LARGE, "exec true");

    assertEquals(List.of(), words);
  }

  @Test
  void shouldNotHoldUsUpByWhatItLeavesInTheBackground() throws Exception {
    Path child = folder.resolve("child");
    runToItsEnd(LONG, "{}", "cat >/dev/null", "sleep 1000 &", "echo $! >" + child);

    assertEquals(List.of(), words);
    ProcessHandle.of(Long.parseLong(Files.readString(child).strip()))
        .ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void shouldHaveWhatItWritesPassedOnByItsName() throws Exception {
    runToItsEnd(LONG, "{}", "cat >/dev/null", "echo sent", "printf 'red \\033[31m' >&2");

    assertEquals(List.of("notify: sent", "notify: red \uFFFD[31m"), words);
  }

  @Test
  void shouldHaveTheFirstOfMuchOutputPassedOn() throws Exception {
    runToItsEnd(
        LONG, "{}", "cat >/dev/null", "head -c 1000000 /dev/zero | tr '\\0' x", "echo", "seq 1000");

    assertEquals(OutputLines.LINES + 1, words.size());
    assertEquals("notify: " + "x".repeat(OutputLines.BYTES), words.get(0));
    assertEquals("notify: 1", words.get(1));
    assertEquals("notify: (lines left out: 981)", words.get(OutputLines.LINES));
  }

  @Test
  void shouldRunOnceAtATimeAndRefuseWhatIsTooMuch() throws Exception {
    Path gate = folder.resolve("gate");
    try (IncidentProgram program =
        program(
            LONG,
            "mkdir " + folder + "/running || exit 9",
            "cat >>" + got,
            "while [ ! -e " + gate + " ]; do sleep 0.02; done",
            "rmdir " + folder + "/running")) {
      assertTrue(program.run("1"));
      Script.await("is run", () -> program.calls() == 1);
      for (int i = 0; i < IncidentProgram.WAITING; i++) {
        assertTrue(program.run("2"));
      }
      assertFalse(program.run("3"));
      Files.createFile(gate);
    }

    assertEquals("12222", Files.readString(got));
    assertEquals(List.of(), words);
  }

  @Test
  void shouldBeWaitedForAMomentAtTheEndAndThenBeKilled() throws Exception {
    Path child = folder.resolve("child");
    try (IncidentProgram program = program(SHORT_END, "echo $$ >" + child, "exec sleep 1000")) {
      program.run("{}");
      program.run("{}");
      Script.await("runs", () -> Files.exists(child) && Files.size(child) > 0);
    }

    assertEquals(
        List.of("--on-incident: runs left out at the end: 1", failure("was killed as watch ends")),
        words);
    Script.awaitGone(child);
  }
}
