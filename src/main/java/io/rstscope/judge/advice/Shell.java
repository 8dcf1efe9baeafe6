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
    String clean =
        text.codePoints()
            .filter(c -> !Character.isISOControl(c))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return clean.matches("[A-Za-z0-9_./:@%+,=][A-Za-z0-9_./:@%+,=-]*")
        ? clean
        : "'" + clean.replace("'", "'\\''") + "'";
  }
}
