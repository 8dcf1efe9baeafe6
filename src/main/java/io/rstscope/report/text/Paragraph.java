package io.rstscope.report.text;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines. */
public final class Paragraph {
  private final int width;
  private final List<String> lines = new ArrayList<>();
  private final StringBuilder line = new StringBuilder();
  private int columns;

  private Paragraph(int width) {
    this.width = width;
  }

  /**
   * Lines that take at most {@code width} columns of a terminal, broken at spaces; a word that is
   * wider than a line is broken where the line ends.
   *
   * @param width 2 or more
   */
  public static List<String> wrap(String text, int width) {
    Paragraph paragraph = new Paragraph(width);
    for (String word : text.split(" ")) {
      paragraph.add(word);
    }
    paragraph.endLine();
    return paragraph.lines;
  }

  private void add(String word) {
    if (columns > 0 && columns + 1 + DisplayWidth.of(word) > width) {
      endLine();
    }
    if (columns > 0) {
      append(' ');
    }
    int codePoint;
    for (int i = 0; i < word.length(); i += Character.charCount(codePoint)) {
      codePoint = word.codePointAt(i);
      append(codePoint);
    }
  }

  private void append(int codePoint) {
    int wide = DisplayWidth.of(codePoint);
    if (columns + wide > width) {
      endLine();
    }
    line.appendCodePoint(codePoint);
    columns += wide;
  }

  private void endLine() {
    lines.add(line.toString());
    line.setLength(0);
    columns = 0;
  }
}
