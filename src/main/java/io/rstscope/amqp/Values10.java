package io.rstscope.amqp;

import io.rstscope.wire.Bytes;

/**
 * A cursor over encoded values of AMQP 1.0 (part 1, section 1.6).
 *
 * <p>The high half of a constructor byte says how wide its value is, so a value is stepped over
 * without knowing its type, and however deep it nests. What does not fit ends the cursor: {@link
 * #hasNext} is false from then on, and what is read is null or -1.
 */
final class Values10 {
  static final int DESCRIBED = 0x00;

  private static final int UINT_0 = 0x43;
  private static final int ULONG_0 = 0x44;
  private static final int LIST_0 = 0x45;
  private static final int UBYTE = 0x50;
  private static final int SMALL_UINT = 0x52;
  private static final int SMALL_ULONG = 0x53;
  private static final int UINT = 0x70;
  private static final int ULONG = 0x80;
  private static final int STRING_8 = 0xa1;
  private static final int SYMBOL_8 = 0xa3;
  private static final int STRING_32 = 0xb1;
  private static final int SYMBOL_32 = 0xb3;
  private static final int LIST_8 = 0xc0;
  private static final int MAP_8 = 0xc1;
  private static final int LIST_32 = 0xd0;
  private static final int MAP_32 = 0xd1;

  private final byte[] bytes;
  private final int limit;
  private int at;

  /** Values from {@code at}, of which the bytes before {@code limit} are visible. */
  Values10(byte[] bytes, int at, int limit) {
    this.bytes = bytes;
    this.at = at;
    this.limit = limit;
  }

  boolean hasNext() {
    return at < limit;
  }

  /** Steps over a value. */
  void skip() {
    if (hasNext() && constructor() == DESCRIBED) {
      at++;
      skipPrimitive();
    }
    skipPrimitive();
  }

  /** Steps over a value and gives the unsigned number that it is, or -1. */
  long number() {
    long number = hasNext() ? numberHere() : -1;
    skip();
    return number;
  }

  /** Steps over a value and gives the string or symbol that it is, or null. */
  String text() {
    String text = isTextHere() ? Text.of(bytes, at + 1 + widthOfSize(), textLength(), limit) : null;
    skip();
    return text;
  }

  /** Steps over a key and its value, and hands both on when both are strings. */
  void property(IdentityBuilder identity) {
    boolean named = isTextHere();
    int name = at + 1 + widthOfSize();
    int nameLength = named ? (int) Math.min(textLength(), Math.max(0, limit - name)) : 0;
    skip();
    if (named && isTextHere()) {
      identity.put(bytes, name, nameLength, at + 1 + widthOfSize(), textLength(), limit);
    }
    skip();
  }

  /**
   * Steps over a value; when it is a described list with that descriptor, gives what it holds, else
   * nothing.
   */
  Values10 described(int descriptor) {
    Values10 value = new Values10(bytes, at, limit);
    skip();
    if (!value.hasNext() || value.constructor() != DESCRIBED) {
      return value.end();
    }
    value.at++;
    return value.number() == descriptor ? value.items() : value.end();
  }

  /** Steps over a value and gives the fields of the list, or the keys and values of the map. */
  Values10 items() {
    Values10 items = new Values10(bytes, at, limit);
    skip();
    return switch (items.hasNext() ? items.constructor() : LIST_0) {
      case LIST_8, MAP_8 -> items.enter(3, limitOf(at));
      case LIST_32, MAP_32 -> items.enter(9, limitOf(at));
      default -> items.end();
    };
  }

  private int limitOf(int end) {
    return Math.min(end, limit);
  }

  private Values10 enter(int header, int end) {
    return new Values10(bytes, Math.min(at + header, end), end);
  }

  private Values10 end() {
    at = limit;
    return this;
  }

  private int constructor() {
    return Bytes.u8(bytes, at);
  }

  private long numberHere() {
    int constructor = constructor();
    int width = fixedWidth(constructor);
    if (width > limit - at - 1) {
      return -1;
    }
    return switch (constructor) {
      case UBYTE, SMALL_UINT, SMALL_ULONG -> Bytes.u8(bytes, at + 1);
      case UINT_0, ULONG_0 -> 0;
      case UINT -> Bytes.u32(bytes, at + 1);
      case ULONG -> Math.max(-1, Bytes.i64(bytes, at + 1));
      default -> -1;
    };
  }

  private boolean isTextHere() {
    if (!hasNext() || limit - at <= widthOfSize()) {
      return false;
    }
    return switch (constructor()) {
      case STRING_8, SYMBOL_8, STRING_32, SYMBOL_32 -> true;
      default -> false;
    };
  }

  private long textLength() {
    return widthOfSize() == 1 ? Bytes.u8(bytes, at + 1) : Bytes.u32(bytes, at + 1);
  }

  /** Bytes of the size that follows the constructor of text. */
  private int widthOfSize() {
    return hasNext() && constructor() >> 4 == 0xb ? 4 : 1;
  }

  private void skipPrimitive() {
    if (!hasNext()) {
      return;
    }
    long width = width(constructor());
    at = width < limit - at - 1 ? at + 1 + (int) width : limit;
  }

  private long width(int constructor) {
    int there = limit - at - 1;
    return switch (constructor >> 4) {
      case 0xa, 0xc, 0xe -> there < 1 ? there : 1 + Bytes.u8(bytes, at + 1);
      case 0xb, 0xd, 0xf -> there < 4 ? there : 4 + Bytes.u32(bytes, at + 1);
      default -> constructor < 0x40 ? there : fixedWidth(constructor);
    };
  }

  /** Section 1.6: 0x4_ has no bytes, 0x5_ one, then two, four, eight, sixteen. */
  private static int fixedWidth(int constructor) {
    int category = constructor >> 4;
    return category <= 4 || category > 9 ? 0 : 1 << category - 5;
  }
}
