package io.rstscope.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ParagraphTest {
  @Test
  void shouldBreakAtSpaces() {
    assertEquals(List.of("one two", "three"), Paragraph.wrap("one two three", 9));
  }

  @Test
  void shouldFillALineToItsEnd() {
    assertEquals(List.of("one two", "three"), Paragraph.wrap("one two three", 7));
  }

  @Test
  void shouldBreakAWordThatIsWiderThanALine() {
    assertEquals(List.of("a", "bcdefg", "hi j"), Paragraph.wrap("a bcdefghi j", 6));
  }

  @Test
  void shouldCountWideCharactersTwice() {
    assertEquals(List.of("兎兎", "兎"), Paragraph.wrap("兎兎兎", 5));
    assertEquals(List.of("🐇🐇", "🐇"), Paragraph.wrap("🐇🐇🐇", 4));
  }

  @Test
  void shouldKeepAnEmptyTextAsAnEmptyLine() {
    assertEquals(List.of(""), Paragraph.wrap("", 10));
  }
}
