package io.rstscope.brokerlog;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** The lines of a log: UTF-8, or UTF-16 where a byte order mark says so. */
final class LogLines {
  /** Longer lines are cut: nothing that matters is as long. JSON that is cut cannot be read. */
  private static final int MAX_LINE = 1 << 16;

  /** Read at once. */
  private static final int BLOCK = 1 << 16;

  private static final int BYTE_ORDER_MARK = 0xfeff;

  private final Consumer<String> lines;
  private final StringBuilder line = new StringBuilder();
  private boolean cut;
  private int leftOut;

  private LogLines(Consumer<String> lines) {
    this.lines = lines;
  }

  /** Gives all lines, and returns how many objects of JSON were too long for that. */
  static int read(InputStream in, Consumer<String> lines) throws IOException {
    LogLines reader = new LogLines(lines);
    InputStream marked = new BufferedInputStream(in);
    Reader text = new InputStreamReader(marked, charset(marked));
    char[] block = new char[BLOCK];
    for (int length = text.read(block); length >= 0; length = text.read(block)) {
      for (int i = 0; i < length; i++) {
        reader.character(block[i]);
      }
    }
    reader.end();
    return reader.leftOut;
  }

  private static Charset charset(InputStream in) throws IOException {
    in.mark(2);
    int first = in.read();
    int second = in.read();
    in.reset();
    int mark = first << 8 | second;
    boolean utf16 = mark == BYTE_ORDER_MARK || mark == Short.toUnsignedInt(swapped());
    return utf16 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
  }

  private static short swapped() {
    return Short.reverseBytes((short) BYTE_ORDER_MARK);
  }

  private void character(char c) {
    if (c == '\n') {
      end();
    } else if (c != '\r' && c != BYTE_ORDER_MARK) {
      cut |= line.length() == MAX_LINE;
      if (!cut) {
        line.append(c);
      }
    }
  }

  private void end() {
    if (cut && line.charAt(0) == '{') {
      leftOut++;
    } else {
      lines.accept(line.toString());
    }
    line.setLength(0);
    cut = false;
  }
}
