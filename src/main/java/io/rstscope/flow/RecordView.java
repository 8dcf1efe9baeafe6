package io.rstscope.flow;

/**
 * A place in a page of the {@link FlowStore}. A field has 64 bits, or half of a word; it is told by
 * its word, counted from there.
 *
 * <p>Each method is short enough to become part of its caller with every compiler of the JVM.
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

  final int getLow(int word) {
    return low(page[at + word]);
  }

  final int getHigh(int word) {
    return high(page[at + word]);
  }

  final void putLow(int word, int value) {
    putLong(word, word(value, getHigh(word)));
  }

  final void putHigh(int word, int value) {
    putLong(word, word(getLow(word), value));
  }

  final long getLong(int word) {
    return page[at + word];
  }

  final void putLong(int word, long value) {
    page[at + word] = value;
  }
}
