package io.rstscope.flow;

/**
 * A place in a page of the {@link FlowStore}; fields are told by their distance from it in bytes, a
 * multiple of their size.
 */
abstract class RecordView {
  private long[] page;
  private int at;

  final void moveTo(long[] page, int at) {
    this.page = page;
    this.at = at;
  }

  final int getInt(int field) {
    return (int) (page[at + (field >> 3)] >>> ((field & 4) << 3));
  }

  final void putInt(int field, int value) {
    int word = at + (field >> 3);
    int shift = (field & 4) << 3;
    page[word] = page[word] & ~(0xffff_ffffL << shift) | (value & 0xffff_ffffL) << shift;
  }

  final long getLong(int field) {
    return page[at + (field >> 3)];
  }

  final void putLong(int field, long value) {
    page[at + (field >> 3)] = value;
  }
}
