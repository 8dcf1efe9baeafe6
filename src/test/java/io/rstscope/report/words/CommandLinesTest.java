package io.rstscope.report.words;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLinesTest {
  @Test
  void shouldLeaveACommandThatFitsAsItIs() {
    assertEquals(List.of("uptime -s"), CommandLines.wrap("uptime -s", 20));
  }

  @Test
  void shouldContinueALongCommandSoThatAShellTakesItAsOneLine() {
    assertEquals(
        List.of("one two \\", "three \\", "four"), CommandLines.wrap("one two three four", 9));
  }

  @Test
  void shouldNotBreakWithinQuotes() {
    assertEquals(
        List.of("grep \\", "'a b c d' \\", "file"), CommandLines.wrap("grep 'a b c d' file", 12));
  }

  @Test
  void shouldLeaveAWordThatIsTooWideWhole() {
    assertEquals(List.of("ss \\", "0123456789"), CommandLines.wrap("ss 0123456789", 5));
  }
}
