package io.rstscope.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The texts of a page by number: each is written once, however often it is used. */
final class PageTexts {
  private final LimitedArray texts;
  private final Map<String, Integer> numbers = new HashMap<>();

  PageTexts(int mostBytes) {
    texts = new LimitedArray(mostBytes);
  }

  /**
   * Its number, null for a text that is null, and {@link LimitedArray#LEFT_OUT} when the page is
   * full.
   */
  Integer number(String text) throws IOException {
    if (text == null) {
      return null;
    }
    Integer number = numbers.get(text);
    if (number == null) {
      number = texts.add(json -> json.writeString(Printable.of(text)));
      if (number != LimitedArray.LEFT_OUT) {
        numbers.put(text, number);
      }
    }
    return number;
  }

  boolean isFull() {
    return texts.leftOut() > 0;
  }

  void write(String name, JsonGenerator json) throws IOException {
    texts.write(name, json);
  }
}
