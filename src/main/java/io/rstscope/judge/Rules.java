package io.rstscope.judge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which rules these are: another version may judge the same packets otherwise. */
public final class Rules {
  private static final String VERSION = read();

  private Rules() {}

  /** The version of the program, as the build wrote it, such as {@code 1.0.0}. */
  public static String version() {
    return VERSION;
  }

  private static String read() {
    try (InputStream in = Rules.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
