package io.rstscope.judge.context;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Numbers as people read them. */
class WordsTest {
  @Test
  void shouldCountInSingularAndPlural() {
    assertEquals("1 packet", Words.count(1, "packet"));
    assertEquals("0 packets", Words.count(0, "packet"));
    assertEquals("3 packets", Words.count(3, "packet"));
  }
}
