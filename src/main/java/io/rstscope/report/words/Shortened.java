package io.rstscope.report.words;

/** Text from elsewhere that must not push aside what stands around it. */
public final class Shortened {
  private Shortened() {}

  /**
   * The text, or its beginning and an ellipsis.
   *
   * @param most code points, 1 or more
   */
  public static String to(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
  }
}
