package io.rstscope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the launcher makes of a Java that does not start, and of what Java has to say. */
@Timeout(60)
class LauncherIT {
  private static final Path DISTRIBUTION =
      Path.of(System.getProperty("rstscope.distribution", "target/rstscope"));

  private static final Path CAPTURE =
      Path.of("captures/firewall-forgets-idle-flows.pcapng").toAbsolutePath();

  @TempDir private Path folder;

  /** A run's exit status, and what it said. */
  private record Said(int status, String out, String err) {}

  private Said run(String options, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("RSTSCOPE_OPTS", options);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    int status = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start().waitFor();
    return new Said(status, Files.readString(out), Files.readString(err));
  }

  private static String launcher() {
    return DISTRIBUTION.resolve("bin/rstscope").toAbsolutePath().normalize().toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-XX:+NoSuchOption", "-Xmx1k", "-XX:+UseParallelGC"})
  void shouldTellAJavaThatDoesNotStartFromWhatFailOnFound(String options) throws Exception {
    Said run = run(options, launcher(), "analyze", "--fail-on", "lost", CAPTURE.toString());

    assertEquals(70, run.status());
    assertEquals("", run.out());
    assertTrue(
        run.err()
            .endsWith("rstscope: java does not start with RSTSCOPE_OPTS=\"" + options + "\"\n"),
        run.err());
  }

  @Test
  void shouldTellThatTheMemoryOfAProcessIsTooLittle() throws Exception {
    Said run = run("", "sh", "-c", "ulimit -v 200000; exec " + launcher() + " --version");

    assertEquals(70, run.status(), run.err());
    assertTrue(run.err().endsWith("\nrstscope: java does not start\n"), run.err());
  }

  @Test
  void shouldSayThatTheJavaIsTooOld() throws Exception {
    Path java = Files.createDirectories(folder.resolve("old/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nexit 1\n");
    assertTrue(java.toFile().setExecutable(true));
    Files.writeString(folder.resolve("old/release"), "JAVA_VERSION=\"1.8.0_392\"\n");

    Said run = run("", "env", "JAVA_HOME=" + folder.resolve("old"), launcher(), "--version");

    assertEquals(70, run.status(), run.err());
    assertTrue(run.err().contains("is Java 1.8.0_392; install a Java runtime 17"), run.err());
  }

  @Test
  void shouldStillSayWhatFailOnFound() throws Exception {
    String[] command = {launcher(), "analyze", "--fail-on", "lost", CAPTURE.toString()};

    assertEquals(1, run("", command).status());
    assertEquals(1, run("-Xmx200m", command).status());
  }

  @Test
  void shouldPassArgumentsOnAsTheyAre() throws Exception {
    Path capture = Files.copy(CAPTURE, folder.resolve("--fail-on of $HOME *.pcapng"));

    assertEquals(0, run("", launcher(), "analyze", capture.toString()).status());
  }

  @Test
  void shouldKeepWarningsOfTheJvmFromItsOutput() throws Exception {
    // more than the heap, of which the JVM warns
    Said run = run("-Xmx64m -XX:NewSize=100m", launcher(), "--version");

    assertEquals(0, run.status());
    assertTrue(run.err().contains("NewSize"), run.err());
    assertTrue(run.out().matches("rstscope \\S+\n"), run.out());
  }

  @Test
  void shouldSayNothingOfAnArchiveOfClassesThatIsDamaged() throws Exception {
    List<String> copy = new ArrayList<>(List.of("cp", "-r"));
    copy.addAll(List.of(DISTRIBUTION.resolve("bin").toString(), "" + DISTRIBUTION.resolve("lib")));
    copy.add(folder.toString());
    assertEquals(0, new ProcessBuilder(copy).start().waitFor());
    Files.write(folder.resolve("lib/rstscope.jsa"), "none".getBytes(StandardCharsets.US_ASCII));

    Said run = run("", folder.resolve("bin/rstscope").toString(), "--version");

    assertEquals("", run.err());
    assertEquals(0, run.status());
  }

  /** The equals and hashCode of one record take 30 ms of a run; native-notes/memory.md. */
  @Test
  void shouldLinkNoRecordsOwnEqualsAndMakeItsLambdasBeforehand() throws Exception {
    Path log = folder.resolve("classes");

    Said run =
        run("-Xlog:class+load:file=" + log, launcher(), "analyze", "--quiet", CAPTURE.toString());

    List<String> loaded = Files.readAllLines(log);
    assertEquals(0, run.status(), run.err());
    assertTrue(loaded.stream().anyMatch(line -> line.contains("source: shared objects file")));
    assertEquals(
        List.of(),
        loaded.stream()
            .filter(
                line ->
                    line.contains("java.lang.runtime.ObjectMethods")
                        || line.contains("java.util.Comparator$$Lambda")
                            && !line.contains("source: shared objects file"))
            .toList());
  }
}
