package io.rstscope.report.text;

/**
 * How many columns of a terminal a text takes at most: one for a character, two for one that may be
 * wide, as those of East Asia (Unicode UAX #11) and emoji are.
 */
final class DisplayWidth {
  /** From here on hardly anything is narrow: old scripts of East Asia, emoji, ideographs. */
  private static final int WIDE_PLANES = 0x16000;

  /** First and last code points of the blocks with wide characters below. */
  private static final int[][] WIDE = {
    {0x1100, 0x115f}, // Hangul Jamo
    {0x231a, 0x23ff}, // clocks and keys shown as emoji
    {0x25fd, 0x27bf}, // symbols and dingbats shown as emoji
    {0x2b1b, 0x2b55},
    {0x2e80, 0xa4cf}, // CJK, kana, Yi
    {0xa960, 0xa97c},
    {0xac00, 0xd7a3}, // Hangul
    {0xf900, 0xfaff},
    {0xfe10, 0xfe6f},
    {0xff01, 0xff60}, // full-width forms
    {0xffe0, 0xffe6},
  };

  private DisplayWidth() {}

  static int of(String text) {
    int columns = 0;
    int codePoint;
    for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
      codePoint = text.codePointAt(i);
      columns += of(codePoint);
    }
    return columns;
  }

  static int of(int codePoint) {
    if (codePoint < WIDE[0][0]) {
      return 1;
    }
    if (codePoint >= WIDE_PLANES) {
      return 2;
    }
    for (int[] block : WIDE) {
      if (codePoint >= block[0] && codePoint <= block[1]) {
        return 2;
      }
    }
    return 1;
  }
}
