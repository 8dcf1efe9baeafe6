package io.rstscope.amqp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FootprintTest {
  /** HotSpot, 64 bits, compressed class pointers and references. */
  private static final int OBJECT_HEADER = 12;

  private static final int REFERENCE = 4;
  private static final Map<Class<?>, Integer> SIZES =
      Map.of(byte.class, 1, boolean.class, 1, char.class, 2, short.class, 2, int.class, 4);

  @Test
  void shouldTakeAtMost64BytesWhenNothingRareHappened() {
    int size = OBJECT_HEADER;
    for (Class<?> type = AmqpConnection.class; type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          size += field.getType().isPrimitive() ? SIZES.get(field.getType()) : REFERENCE;
        }
      }
    }
    assertTrue(size <= 64, size + " bytes");
  }

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
