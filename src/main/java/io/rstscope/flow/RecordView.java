package io.rstscope.flow;

/**
 * A place in a page of the {@link FlowStore}. A field of 64 bits is told by its word, counted from
 * there; one of 32 bits by twice its word, plus one when it is the upper half.
 */
abstract class RecordView {
  private long[] page;
  private int at;

  final void moveTo(long[] page, int at) {
    this.page = page;
    this.at = at;
  }

  /** The lower field of a word of two. */
  static int low(long word) {
    return (int) word;
  }

  /** The upper field of a word of two. */
  static int high(long word) {
    return (int) (word >>> 32);
  }

  /** A word of two fields. */
  static long word(int low, int high) {
    return low & 0xffff_ffffL | (long) high << 32;
  }

  final int getInt(int field) {
    return (int) (page[at + (field >> 1)] >>> ((field & 1) << 5));
  }

  final void putInt(int field, int value) {
    int word = at + (field >> 1);
    page[word] =
        (field & 1) == 0
            ? page[word] & 0xffff_ffff_0000_0000L | value & 0xffff_ffffL
            : page[word] & 0xffff_ffffL | (long) value << 32;
  }

  final long getLong(int word) {
    return page[at + word];
  }

  final void putLong(int word, long value) {
    page[at + word] = value;
  }
}
