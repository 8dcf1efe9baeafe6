package io.rstscope.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rstscope.report.words.Printable;
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

  /** Writes the number of a text, null for null; {@link LimitedArray#LEFT_OUT} when it is full. */
  void refer(String text, JsonGenerator json) throws IOException {
    if (text == null) {
      json.writeNull();
    } else {
      json.writeNumber(number(text));
    }
  }

  private int number(String text) throws IOException {
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
