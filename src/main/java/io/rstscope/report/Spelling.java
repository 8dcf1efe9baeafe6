package io.rstscope.report;

/** How far a word as it was typed is from one that exists. */
final class Spelling {
  private final String typed;

  Spelling(String typed) {
    this.typed = typed;
  }

  /** So many mistakes are taken for a typo: 1 in up to four letters, 2 in more. */
  int tolerance() {
    return typed.length() <= 4 ? 1 : 2;
  }

  /** To the name, or to the part of it before its first {@code -} or {@code _}. */
  int distance(String name) {
    return Math.min(mistakes(name), mistakes(name.split("[-_]", 2)[0]));
  }

  /**
   * Letters added, left out, mistaken, or swapped with the next. What differs in length by more
   * than the tolerance is not compared: that far it is.
   */
  private int mistakes(String name) {
    int lengths = Math.abs(typed.length() - name.length());
    if (lengths > tolerance()) {
      return lengths;
    }
    int[][] mistakes = new int[typed.length() + 1][name.length() + 1];
    for (int i = 0; i <= typed.length(); i++) {
      for (int j = 0; j <= name.length(); j++) {
        mistakes[i][j] = i == 0 || j == 0 ? i + j : step(mistakes, name, i, j);
      }
    }
    return mistakes[typed.length()][name.length()];
  }

  private int step(int[][] mistakes, String name, int i, int j) {
    int mistaken = typed.charAt(i - 1) == name.charAt(j - 1) ? 0 : 1;
    int least =
        Math.min(
            mistakes[i - 1][j - 1] + mistaken,
            Math.min(mistakes[i - 1][j], mistakes[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && typed.charAt(i - 1) == name.charAt(j - 2)
            && typed.charAt(i - 2) == name.charAt(j - 1);
    return swapped ? Math.min(least, mistakes[i - 2][j - 2] + 1) : least;
  }
}
