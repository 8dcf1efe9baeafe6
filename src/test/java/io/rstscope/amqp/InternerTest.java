package io.rstscope.amqp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class InternerTest {
  @Test
  void shouldHandOutOneCopyOfEqualValuesUntilFull() {
    Interner interner = new Interner(1);
    String first = interner.intern(copyOf("a"));
    assertSame(first, interner.intern(copyOf("a")));
    String second = interner.intern(copyOf("b"));
    String third = interner.intern(copyOf("b"));
    assertEquals(second, third);
    assertNotSame(second, third);
  }

  private static String copyOf(String text) {
    return new StringBuilder(text).toString();
  }
}
