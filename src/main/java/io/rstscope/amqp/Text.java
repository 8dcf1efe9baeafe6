package io.rstscope.amqp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Text from elsewhere, made safe to keep and to print. */
public final class Text {
  /** Longer text is cut. */
  public static final int MAX_LENGTH = 255;

  private static final int SHORT_LENGTH = 32;
  private static final int MAX_UTF8_BYTES = 4 * MAX_LENGTH;
  private static final String CUT = "…";

  private Text() {}

  /**
   * The UTF-8 text of {@code length} bytes at {@code offset}, of which those before {@code limit}
   * are there; null when none is. What could move a terminal's cursor or turn the reading direction
   * becomes U+FFFD.
   */
  static String of(byte[] bytes, int offset, long length, int limit) {
    int there = (int) Math.min(length, Math.max(0, limit - offset));
    if (there == 0 && length > 0) {
      return null;
    }
    if (there == length && there <= MAX_LENGTH && isPrintableAscii(bytes, offset, there)) {
      return new String(bytes, offset, there, US_ASCII);
    }
    boolean cut = there < length || there > MAX_UTF8_BYTES;
    StringBuilder text = new StringBuilder();
    new String(bytes, offset, Math.min(there, MAX_UTF8_BYTES), UTF_8)
        .codePoints()
        .limit(MAX_LENGTH + 1)
        .map(c -> isPrintable(c) ? c : '\uFFFD')
        .forEach(text::appendCodePoint);
    if (text.length() > MAX_LENGTH) {
      cut = true;
      int end = MAX_LENGTH - 1;
      text.setLength(Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    } else if (cut && text.length() == MAX_LENGTH) {
      text.setLength(MAX_LENGTH - 1);
    }
    return cut ? text.append(CUT).toString() : text.toString();
  }

  /** The same of text that is decoded already; null stays null. */
  public static String of(String text) {
    if (text == null) {
      return null;
    }
    byte[] bytes = text.getBytes(UTF_8);
    return of(bytes, 0, bytes.length, bytes.length);
  }

  /** Its beginning, or the text itself when it is short or null. */
  static String shortened(String text) {
    return shortened(text, SHORT_LENGTH);
  }

  /** The same for another length, 2 or more. */
  static String shortened(String text, int most) {
    if (length(text) <= most) {
      return text;
    }
    int end = most - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
  }

  /** Characters of a text that may be null. */
  static int length(String text) {
    return text == null ? 0 : text.length();
  }

  private static boolean isPrintableAscii(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] < ' ' || bytes[i] == 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPrintable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
