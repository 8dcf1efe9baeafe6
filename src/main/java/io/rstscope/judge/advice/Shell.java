package io.rstscope.judge.advice;

/** Words for a POSIX shell: what packets say must never be run. */
public final class Shell {
  private Shell() {}

  /**
   * The text as one word of a command line. What is not plain is put between single quotes, in
   * which only the single quote is special (POSIX.1-2017, Shell Command Language, section 2.2.2);
   * control characters are left out.
   */
  public static String word(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    boolean plain = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isISOControl(c)) {
        plain &= isPlain(c) && (c != '-' || clean.length() > 0);
        clean.append(c);
      }
    }
    return plain && clean.length() > 0
        ? clean.toString()
        : "'" + clean.toString().replace("'", "'\\''") + "'";
  }

  private static boolean isPlain(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || "_./:@%+,=-".indexOf(c) >= 0;
  }
}
