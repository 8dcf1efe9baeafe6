package io.rstscope.cli;

import io.rstscope.watch.output.Ownership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * JNA, by which libpcap is called: what it logs when it cannot be loaded, stack traces of what it
 * throws as well, is what we tell in a line; and the folder that it unpacks its library into must
 * be ours, for whoever owns it can put another library there.
 */
final class Jna {
  /** Held, or it would be collected, and log again. */
  private static final Logger LOGGER = Logger.getLogger("com.sun.jna");

  private Jna() {}

  /**
   * To be called before anything of JNA is loaded.
   *
   * @return why it must not be, or null
   */
  static String prepare() {
    LOGGER.setLevel(Level.OFF);
    return problem();
  }

  /** What is wrong with its folder, or null. */
  static String problem() {
    String folder = folder();
    try {
      String why = Ownership.problem(Path.of(folder));
      return why == null ? null : folder + ", where JNA unpacks its library, " + why;
    } catch (IOException e) {
      return folder + ": " + e.getMessage();
    }
  }

  /** Where JNA unpacks its library to on Linux, as its {@code Native.getTempDir} chooses it. */
  static String folder() {
    String told = System.getProperty("jna.tmpdir");
    if (told != null) {
      return told;
    }
    String cache = System.getenv("XDG_CACHE_HOME");
    Path home = Path.of(System.getProperty("user.home"), ".cache");
    Path folder = (cache == null || cache.isEmpty() ? home : Path.of(cache)).resolve("JNA/temp");
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      // then it is the common one
    }
    return Files.isWritable(folder) ? folder.toString() : System.getProperty("java.io.tmpdir");
  }
}
