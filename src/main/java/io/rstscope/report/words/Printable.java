package io.rstscope.report.words;

/** Text from elsewhere without characters that could steer a terminal or reorder what is shown. */
public final class Printable {
  private Printable() {}

  /** The text with U+FFFD in place of controls, format characters and lone surrogates. */
  public static String of(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    int codePoint;
    for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
      codePoint = text.codePointAt(i);
      safe.appendCodePoint(steersTerminal(codePoint) ? '\uFFFD' : codePoint);
    }
    return safe.toString();
  }

  private static boolean steersTerminal(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
