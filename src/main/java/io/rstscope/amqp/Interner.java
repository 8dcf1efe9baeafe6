package io.rstscope.amqp;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Keeps one copy of equal values, as a thousand connections of one client say the same, and bounds
 * the text that connections keep: what others have said already costs nothing, and what is new is
 * shortened when too much is held.
 *
 * <p>Once full it starts anew, so that what died long ago does not keep out what comes.
 */
final class Interner {
  private final Map<Object, Object> values = new HashMap<>();
  private final int capacity;
  private final long maxText;
  private long text;
  private long leftOut;

  /**
   * @param capacity distinct values held here
   * @param maxText characters held by connections, each counted as often as it is used
   */
  Interner(int capacity, long maxText) {
    this.capacity = capacity;
    this.maxText = maxText;
  }

  /** Connections now hold so many characters more, or, negative, fewer. */
  void hold(int characters) {
    text += characters;
  }

  /** Values that were shortened. */
  long leftOut() {
    return leftOut;
  }

  /** As {@link #intern}, or of what shortens it when the value is new and there is no room. */
  <T> T admit(T value, UnaryOperator<T> shorten) {
    if (value == null || !isExhausted() || values.containsKey(value)) {
      return intern(value);
    }
    T shortened = shorten.apply(value);
    if (!value.equals(shortened)) {
      leftOut++;
    }
    return intern(shortened);
  }

  private boolean isExhausted() {
    return text > maxText && values.size() >= capacity;
  }

  /** A value equal to the given one; null for null. */
  @SuppressWarnings("unchecked") // what equals a T here is one: only records and strings come in
  <T> T intern(T value) {
    Object known = values.get(value);
    if (known != null) {
      return (T) known;
    }
    if (values.size() >= capacity && !isExhausted()) {
      values.clear();
    }
    if (value != null && values.size() < capacity) {
      values.put(value, value);
    }
    return value;
  }
}
