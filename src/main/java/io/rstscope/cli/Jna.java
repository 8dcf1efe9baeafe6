package io.rstscope.cli;

import io.rstscope.watch.output.Ownership;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * JNA, by which libpcap is called: what it logs when it cannot be loaded, stack traces of what it
 * throws as well, is what we tell in a line; and the folder that it unpacks its library into must
 * be ours, for whoever owns it can put another library there.
 */
final class Jna {
  /** Held, or it would be collected, and log again. */
  private static final Logger LOGGER = Logger.getLogger("com.sun.jna");

  private static final String FOLDER = "jna.tmpdir";

  /** Of a user whom the system does not know, as in an image without /etc/passwd. */
  private static final String NO_HOME = "?";

  private Jna() {}

  /**
   * To be called before anything of JNA is loaded.
   *
   * @return why it must not be, or null
   */
  static String prepare() {
    LOGGER.setLevel(Level.OFF);
    if (System.getProperty("user.home").equals(NO_HOME) && System.getProperty(FOLDER) == null) {
      // or JNA would make a folder of that name
      System.setProperty(FOLDER, System.getProperty("java.io.tmpdir"));
    }
    return problem();
  }

  /** What is wrong with where its library lies, or is unpacked into; or null. */
  static String problem() {
    String folder = library() == null ? folder() : library();
    try {
      String why = Ownership.problem(Path.of(folder));
      return why == null ? null : folder + ", where JNA has its library, " + why;
    } catch (IOException e) {
      return folder + ": " + e.getMessage();
    }
  }

  /**
   * The folder in which its library lies already, as packages have it; null when it is unpacked.
   */
  static String library() {
    String folders = System.getProperty("jna.boot.library.path", "");
    return Stream.of(folders.split(File.pathSeparator))
        .filter(folder -> Files.exists(Path.of(folder, System.mapLibraryName("jnidispatch"))))
        .findFirst()
        .orElse(null);
  }

  /** Where JNA unpacks its library to on Linux, as its {@code Native.getTempDir} chooses it. */
  static String folder() {
    String told = System.getProperty(FOLDER);
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
