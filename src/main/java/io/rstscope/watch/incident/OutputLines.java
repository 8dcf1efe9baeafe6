package io.rstscope.watch.incident;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** The first lines of what a program writes, each to a limit; the rest is counted. */
final class OutputLines {
  static final int LINES = 20;
  static final int BYTES = 500;

  private final Consumer<String> lines;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(BYTES);
  private long count;

  /**
   * @param lines takes each without its end
   */
  OutputLines(Consumer<String> lines) {
    this.lines = lines;
  }

  void accept(byte[] bytes) {
    for (byte each : bytes) {
      if (each == '\n') {
        end();
      } else if (line.size() < BYTES) {
        line.write(each);
      }
    }
  }

  private void end() {
    if (count++ < LINES) {
      lines.accept(line.toString(StandardCharsets.UTF_8).stripTrailing());
    }
    line.reset();
  }

  /** Nothing more will come. */
  void finish() {
    if (line.size() > 0) {
      end();
    }
    if (count > LINES) {
      lines.accept("(lines left out: " + (count - LINES) + ")");
    }
  }
}
