package io.rstscope.amqp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class InternerTest {
  @Test
  void shouldHandOutOneCopyOfEqualValues() {
    Interner interner = new Interner(1, 100);
    String first = interner.intern(copyOf("a"));
    assertSame(first, interner.intern(copyOf("a")));
  }

  @Test
  void shouldStartAnewWhenFull() {
    Interner interner = new Interner(1, 100);
    String dead = interner.intern(copyOf("dead"));
    String alive = interner.intern(copyOf("alive"));
    assertSame(alive, interner.intern(copyOf("alive")));
    assertNotSame(dead, interner.intern(copyOf("dead")));
  }

  @Test
  void shouldShortenWhatIsNewWhenConnectionsHoldTooMuch() {
    Interner interner = new Interner(1, 100);
    String known = interner.admit(copyOf("known"), text -> "k");
    interner.hold(101);
    assertSame(known, interner.admit(copyOf("known"), text -> "k"));
    assertEquals("n", interner.admit("new", text -> "n"));
    assertEquals("short", interner.admit("short", text -> "short"));
    assertNull(interner.admit(null, text -> null));
    assertEquals(1, interner.leftOut());

    interner.hold(-1);
    assertEquals("new", interner.admit("new", text -> "n"));
    assertEquals(1, interner.leftOut());
  }

  private static String copyOf(String text) {
    return String.valueOf(text.toCharArray());
  }
}
