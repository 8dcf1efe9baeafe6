package io.rstscope.report.html;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.OutputStream;

/** JSON that cannot end the script element it stands in, whatever strings it holds. */
final class ScriptJson {
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder().characterEscapes(new Escapes()).build();

  private ScriptJson() {}

  /** Writes UTF-8 to {@code out}. */
  static JsonGenerator to(OutputStream out) throws IOException {
    return FACTORY.createGenerator(out);
  }

  /**
   * Without {@code <} there is no end tag and no comment (HTML standard, section 4.12.1.3,
   * restrictions for contents of script elements); U+2028 and U+2029 end a line of older JavaScript
   * (ECMA-262 before 2019).
   */
  private static final class Escapes extends CharacterEscapes {
    private static final long serialVersionUID = 1;

    private static final int LINE_SEPARATOR = 0x2028;
    private static final int PARAGRAPH_SEPARATOR = 0x2029;

    private final int[] ascii = standardAsciiEscapesForJSON();

    Escapes() {
      for (char c : new char[] {'<', '>', '&'}) {
        ascii[c] = ESCAPE_STANDARD;
      }
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return ascii.clone();
    }

    @Override
    public SerializableString getEscapeSequence(int character) {
      return character == LINE_SEPARATOR || character == PARAGRAPH_SEPARATOR
          ? new SerializedString(String.format("\\u%04x", character))
          : null;
    }
  }
}
