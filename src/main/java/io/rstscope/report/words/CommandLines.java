package io.rstscope.report.words;

import java.util.ArrayList;
import java.util.List;

/** Breaks a command so that it fits the width and can still be pasted into a shell. */
public final class CommandLines {
  private static final String CONTINUED = " \\";

  private CommandLines() {}

  /**
   * Lines of at most {@code width} characters, each but the last ended by a backslash
   * (POSIX.1-2017, Shell Command Language, section 2.2.1). A word that is wider, or quoted, is not
   * broken.
   */
  public static List<String> wrap(String command, int width) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : words(command)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() + CONTINUED.length() > width) {
        lines.add(line + CONTINUED);
        line = "";
      }
      line = line.isEmpty() ? word : line + " " + word;
    }
    lines.add(line);
    return lines;
  }

  /** Parts between the spaces that are outside of single quotes. */
  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      quoted ^= c == '\'';
      if (c == ' ' && !quoted) {
        words.add(command.substring(from, i));
        from = i + 1;
      }
    }
    words.add(command.substring(from));
    return words;
  }
}
