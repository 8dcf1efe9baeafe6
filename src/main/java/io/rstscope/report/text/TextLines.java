package io.rstscope.report.text;

import io.rstscope.report.words.Printable;
import io.rstscope.report.words.Shortened;
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

  /**
   * A paragraph of so many lines at most: what does not fit is left out, an ellipsis in its place.
   *
   * @param tail is kept in any case
   */
  void limited(String first, String text, String tail, int most) throws IOException {
    int width = WIDTH - first.length();
    String end = tail.isEmpty() ? "" : "  " + tail;
    String shown = Printable.of(text);
    // never looks at more than could fit
    String kept = Shortened.to(shown, most * width);
    while (Paragraph.wrap(kept + end, width).size() > most) {
      String rest = kept.substring(0, kept.length() - (kept.endsWith("…") ? 1 : 0)).stripTrailing();
      int space = rest.lastIndexOf(' ');
      kept =
          (space < 0
              ? Shortened.to(rest, Math.max(1, rest.length() / 2))
              : rest.substring(0, space) + "…");
    }
    paragraph(first, kept + end);
  }
}
