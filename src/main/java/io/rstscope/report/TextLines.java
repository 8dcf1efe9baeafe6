package io.rstscope.report;

import java.io.IOException;
import java.io.Writer;

/**
 * The lines of the text report. None takes more than {@link #WIDTH} columns, and none holds a
 * character that could steer the terminal, whatever names and messages from elsewhere hold.
 */
final class TextLines {
  static final int WIDTH = 80;

  private final Writer out;
  private final boolean colour;

  /**
   * @param colour whether {@code out} goes to a terminal that shows colours
   */
  TextLines(Writer out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  void blank() throws IOException {
    out.write('\n');
  }

  void paragraph(String first, String text) throws IOException {
    paragraph(first, text, Style.PLAIN);
  }

  /** A line that is laid out already, and of our own words. */
  void line(String text, Style style) throws IOException {
    out.write(style.apply(text, colour));
    out.write('\n');
  }

  /**
   * A paragraph.
   *
   * @param first what its first line begins with, of our own words; the others are indented as far
   */
  void paragraph(String first, String text, Style style) throws IOException {
    String indent = first;
    for (String part : Paragraph.wrap(Printable.of(text), WIDTH - first.length())) {
      out.write(indent);
      out.write(style.apply(part, colour));
      out.write('\n');
      indent = " ".repeat(first.length());
    }
  }
}
