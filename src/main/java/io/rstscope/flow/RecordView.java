package io.rstscope.flow;

/** A place in a page of the {@link FlowStore}; fields are told by their distance from it. */
abstract class RecordView {
  private byte[] page;
  private int at;

  final void moveTo(byte[] page, int at) {
    this.page = page;
    this.at = at;
  }

  final int getInt(int field) {
    return (int) FlowStore.INT.get(page, at + field);
  }

  final void putInt(int field, int value) {
    FlowStore.INT.set(page, at + field, value);
  }

  final long getLong(int field) {
    return (long) FlowStore.LONG.get(page, at + field);
  }

  final void putLong(int field, long value) {
    FlowStore.LONG.set(page, at + field, value);
  }
}
