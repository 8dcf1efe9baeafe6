package io.rstscope.amqp;

import java.util.HashMap;
import java.util.Map;

/**
 * Keeps one copy of equal values, as a thousand connections of one client say the same. Bounded:
 * once full it hands new values back as they are.
 */
final class Interner {
  private final Map<Object, Object> values = new HashMap<>();
  private final int capacity;

  Interner(int capacity) {
    this.capacity = capacity;
  }

  /** A value equal to the given one; null for null. */
  @SuppressWarnings("unchecked") // what equals a T here is one: only records and strings come in
  <T> T intern(T value) {
    Object known = values.get(value);
    if (known != null) {
      return (T) known;
    }
    if (value != null && values.size() < capacity) {
      values.put(value, value);
    }
    return value;
  }
}
