package io.rstscope.capture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Assumptions;

/** Wireshark's editcap, which writes captures in other tools' formats. */
final class Editcap {
  private Editcap() {}

  /**
   * Converts a capture; the test is left out, and says why, where there is no editcap.
   *
   * @param format as {@code editcap -F} calls it
   * @return the name of the file
   */
  static String convert(String capture, String format) throws IOException, InterruptedException {
    String converted = capture + "." + format;
    ProcessBuilder editcap = new ProcessBuilder("editcap", "-F", format, capture, converted);
    try {
      Process process = editcap.redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(said);
      }
    } catch (IOException e) {
      Assumptions.abort("editcap is not installed: no other tool's capture to look at");
    }
    return converted;
  }
}
