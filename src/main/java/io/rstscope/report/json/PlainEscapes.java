package io.rstscope.report.json;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import io.rstscope.report.words.Printable;

/**
 * Escapes in JSON strings what could steer a terminal or reorder what is shown, as {@link
 * Printable} replaces it elsewhere: JSON is for programs, which need the name of a file as it is.
 */
final class PlainEscapes extends CharacterEscapes {
  private static final long serialVersionUID = 1;

  private static final char DELETE = 0x7f;

  private final int[] ascii = standardAsciiEscapesForJSON();

  PlainEscapes() {
    ascii[DELETE] = ESCAPE_STANDARD;
  }

  @Override
  public int[] getEscapeCodesForAscii() {
    return ascii.clone();
  }

  @Override
  public SerializableString getEscapeSequence(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          new SerializedString("\\u%04x".formatted(character));
      default -> null;
    };
  }
}
