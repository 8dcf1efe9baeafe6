package io.rstscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether SIGINT reaches the processes that tests start. */
final class Interrupts {
  private static final Path STATUS = Path.of("/proc/self/status");

  /** The bit of signal 2 in proc(5)'s masks. */
  private static final long SIGINT = 1 << 1;

  private Interrupts() {}

  /**
   * Whether this process ignores them, as what a shell starts in the background does, and so do its
   * children (POSIX, sh, section 2.11); false where there is no proc(5).
   */
  static boolean areIgnored() throws IOException {
    return Files.exists(STATUS)
        && Files.readAllLines(STATUS).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(
                line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & SIGINT) != 0);
  }
}
