package io.rstscope.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own. */
public final class JavaProcess {
  private JavaProcess() {}

  static ProcessBuilder program(String... arguments) {
    return program(List.of(), arguments);
  }

  /**
   * @param options of the JVM
   */
  static ProcessBuilder program(List<String> options, String... arguments) {
    return running(Main.class, options, arguments);
  }

  /** Something else in such a process. */
  public static ProcessBuilder running(Class<?> main, List<String> options, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  public static Run finish(ProcessBuilder builder) throws Exception {
    Process process = builder.start();
    process.getOutputStream().close();
    return collect(process);
  }

  static Run collect(Process process) throws Exception {
    String out = text(process.getInputStream().readAllBytes());
    String err = text(process.getErrorStream().readAllBytes());
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), "does not end");
    return new Run(process.exitValue(), out, err);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
