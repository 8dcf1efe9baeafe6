package io.rstscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Sees to it that signals reach the processes that tests start, whatever started the tests. */
final class Interrupts {
  private static final Path STATUS = Path.of("/proc/self/status");

  /** The bits of signals 1 (SIGHUP) and 2 (SIGINT) in proc(5)'s masks. */
  private static final long HUP_AND_INT = 0b11;

  private Interrupts() {}

  /**
   * The command, heeding SIGHUP and SIGINT. What nohup or a shell starts in the background ignores
   * one of them (POSIX, sh, section 2.11), and so do its children, unless GNU's env says otherwise.
   */
  static List<String> heeded(List<String> command) throws IOException {
    List<String> heeding = new ArrayList<>(command);
    if (areIgnored()) {
      heeding.addAll(0, List.of("env", "--default-signal=HUP,INT"));
    }
    return heeding;
  }

  private static boolean areIgnored() throws IOException {
    return Files.exists(STATUS)
        && Files.readAllLines(STATUS).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(
                line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & HUP_AND_INT) != 0);
  }
}
