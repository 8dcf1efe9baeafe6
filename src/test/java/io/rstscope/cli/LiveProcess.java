package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

/**
 * {@code rstscope watch} or {@code record} as a process of its own, of which standard error is
 * read.
 */
final class LiveProcess implements AutoCloseable {
  /** What a pipe holds (pipe(7)). */
  private static final int PIPE_BYTES = 1 << 16;

  private final Process process;
  private final BufferedReader words;
  private final StringBuilder said = new StringBuilder();

  private LiveProcess(Process process) {
    this.process = process;
    words =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts it and waits until it watches.
   *
   * @param prefix what it is started by, such as {@code ip netns exec}
   * @param out takes standard output; null for a pipe that nobody reads
   */
  static LiveProcess watch(List<String> prefix, Path out, Object... options) throws IOException {
    LiveProcess started = start(prefix, out, options);
    started.await("watching");
    return started;
  }

  /** Starts it with a standard error that is full already; {@code await} reads it. */
  static LiveProcess watchUnheard(Path out, Object... options) throws IOException {
    String fill = "head -c %d /dev/zero >&2; exec \"$@\"".formatted(PIPE_BYTES);
    return start(List.of("sh", "-c", fill, "sh"), out, options);
  }

  /** Starts {@code record} and waits until it records. */
  static LiveProcess record(Object... options) throws IOException {
    LiveProcess started = start("record", List.of(), null, options);
    started.await("recording");
    return started;
  }

  static LiveProcess start(List<String> prefix, Path out, Object... options) throws IOException {
    return start("watch", prefix, out, options);
  }

  private static LiveProcess start(
      String rstscopeCommand, List<String> prefix, Path out, Object... options) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // as the manifest of our jar says it: without it JDK 24 and later warn on standard error
    command.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("io.rstscope.cli.Main", rstscopeCommand));
    for (Object option : options) {
      command.add(option.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(Interrupts.heeded(command));
    if (out != null) {
      builder.redirectOutput(out.toFile());
    }
    return new LiveProcess(builder.start());
  }

  /** Reads standard error up to a line that holds this, which is returned. */
  String await(String text) throws IOException {
    for (String line = words.readLine(); line != null; line = words.readLine()) {
      said.append(line).append('\n');
      if (line.contains(text)) {
        return line;
      }
    }
    throw new AssertionError("never said: " + text + "; but:\n" + said);
  }

  /** All that standard error held, when the process has ended. */
  String said() throws IOException {
    words.lines().forEach(line -> said.append(line).append('\n'));
    return said.toString();
  }

  /** What everybody reads who lists processes. */
  String arguments() throws IOException {
    return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
  }

  /** What it started of that name. */
  List<ProcessHandle> children(String name) {
    return process
        .descendants()
        .filter(each -> each.info().command().orElse("").endsWith("/" + name))
        .toList();
  }

  /** What it is for the system. */
  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  void awaitEnd() throws InterruptedException {
    assertTrue(process.waitFor(20, TimeUnit.SECONDS), "does not end");
  }

  /** Terminates it, which is to end well. */
  void end(String signal) throws IOException, InterruptedException {
    signal(signal);
    awaitEnd();
    assertEquals(ExitStatus.DONE, status());
  }

  /** Its exit status, when it has ended. */
  int status() {
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
