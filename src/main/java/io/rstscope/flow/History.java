package io.rstscope.flow;

/**
 * What happened in a flow, as a string that can be searched: a letter each in order of first
 * occurrence, upper case for the client, lower case for the broker. After Zeek's {@code conn.log}
 * field {@code history}.
 *
 * <p>{@code S} SYN, {@code H} SYN,ACK, {@code A} bare ACK, {@code D} data, {@code F} FIN, {@code R}
 * RST, {@code T} retransmission, {@code W} zero window, {@code G} gap (bytes missing from the
 * capture), {@code K} keep-alive or window probe.
 *
 * <p>A long holds the order of the letters as a number in which the digit of each place has as many
 * values as there are letters left for it: 20 at the first place, 1 at the last, less than 2<sup>63
 * </sup> in all. How many there are is told by the bits of those that are noted.
 */
final class History {
  static final int SYN = 0;
  static final int SYN_ACK = 1;
  static final int PURE_ACK = 2;
  static final int DATA = 3;
  static final int FIN = 4;
  static final int RST = 5;
  static final int RETRANSMISSION = 6;
  static final int ZERO_WINDOW = 7;
  static final int GAP = 8;
  static final int PROBE = 9;

  private static final String LETTERS = "SHADFRTWGKshadfrtwgk";
  private static final int SIDE = LETTERS.length() / 2;

  private History() {}

  /** Number of the letter as used by that side, 0 to 19. */
  static int code(int letter, boolean client) {
    return client ? letter : letter + SIDE;
  }

  /**
   * A history with one more letter.
   *
   * @param noted a bit for each code that is in it
   * @param code of a letter that is not
   */
  static long add(long history, int noted, int code) {
    long unit = 1;
    for (int place = 0; place < Integer.bitCount(noted); place++) {
      unit *= LETTERS.length() - place;
    }
    int before = Integer.bitCount(noted & (1 << code) - 1);
    return history + (code - before) * unit;
  }

  /** A history of so many letters with those of client and broker exchanged. */
  static long swap(long history, int letters) {
    long swapped = 0;
    int noted = 0;
    for (int code : codes(history, letters)) {
      int other = code < SIDE ? code + SIDE : code - SIDE;
      swapped = add(swapped, noted, other);
      noted |= 1 << other;
    }
    return swapped;
  }

  /** A bit for each code, with those of client and broker exchanged. */
  static int swapNoted(int noted) {
    return noted >>> SIDE | (noted & (1 << SIDE) - 1) << SIDE;
  }

  /** A history of so many letters. */
  static String text(long history, int letters) {
    StringBuilder text = new StringBuilder();
    for (int code : codes(history, letters)) {
      text.append(LETTERS.charAt(code));
    }
    return text.toString();
  }

  private static int[] codes(long history, int letters) {
    int[] codes = new int[letters];
    int left = (1 << LETTERS.length()) - 1;
    long rest = history;
    for (int place = 0; place < letters; place++) {
      int choices = LETTERS.length() - place;
      codes[place] = Integer.numberOfTrailingZeros(withoutLowest(left, (int) (rest % choices)));
      left &= ~(1 << codes[place]);
      rest /= choices;
    }
    return codes;
  }

  private static int withoutLowest(int bits, int count) {
    int left = bits;
    for (int i = 0; i < count; i++) {
      left &= left - 1;
    }
    return left;
  }
}
