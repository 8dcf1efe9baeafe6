package io.rstscope.flow;

/**
 * What happened in a flow, as a string that can be searched: a letter each in order of first
 * occurrence, upper case for the client, lower case for the broker. After Zeek's {@code conn.log}
 * field {@code history}.
 *
 * <p>{@code S} SYN, {@code H} SYN,ACK, {@code A} bare ACK, {@code D} data, {@code F} FIN, {@code R}
 * RST, {@code T} retransmission, {@code W} zero window, {@code G} gap (bytes missing from the
 * capture), {@code K} keep-alive or window probe.
 */
final class History {
  static final int SYN = 0;
  static final int SYN_ACK = 1;
  static final int BARE_ACK = 2;
  static final int DATA = 3;
  static final int FIN = 4;
  static final int RST = 5;
  static final int RETRANSMISSION = 6;
  static final int ZERO_WINDOW = 7;
  static final int GAP = 8;
  static final int PROBE = 9;

  private static final String LETTERS = "SHADFRTWGKshadfrtwgk";
  private static final int SIDE = LETTERS.length() / 2;
  private static final int BITS = 5;
  private static final int PER_WORD = Long.SIZE / BITS;

  private History() {}

  /** Number of the letter as used by that side, 0 to 19. */
  static int code(int letter, boolean client) {
    return client ? letter : letter + SIDE;
  }

  /** Which of a history's two words holds the letter at that place. */
  static int word(int place) {
    return place / PER_WORD;
  }

  /** The bits to set in that word. */
  static long letterAt(int place, int code) {
    return code + 1L << place % PER_WORD * BITS;
  }

  /** A word with the letters of client and broker exchanged. */
  static long swap(long word) {
    long swapped = 0;
    for (int shift = 0; word >>> shift != 0 && shift < PER_WORD * BITS; shift += BITS) {
      long letter = word >>> shift & (1 << BITS) - 1;
      swapped |= (letter > SIDE ? letter - SIDE : letter + SIDE) << shift;
    }
    return swapped;
  }

  /** A bit for each code, with those of client and broker exchanged. */
  static int swapNoted(int noted) {
    return noted >>> SIDE | (noted & (1 << SIDE) - 1) << SIDE;
  }

  static String text(long first, long second) {
    StringBuilder text = new StringBuilder();
    append(text, first);
    append(text, second);
    return text.toString();
  }

  private static void append(StringBuilder text, long word) {
    for (long rest = word; rest != 0; rest >>>= BITS) {
      text.append(LETTERS.charAt((int) (rest & (1 << BITS) - 1) - 1));
    }
  }
}
