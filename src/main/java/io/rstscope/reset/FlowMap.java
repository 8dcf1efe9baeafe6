package io.rstscope.reset;

import java.util.Arrays;

/**
 * Something kept for flows, by their ids. In pages, which come to be where something is kept, and
 * go when nothing is: what few flows have takes hardly any room, and what all have grows without
 * being copied.
 *
 * <p>What is kept are objects, and null is nothing; the words of a flow's record that few flows
 * need (SparseColumns in flow) are numbers, of which none means that.
 */
final class FlowMap<T> {
  private static final int PAGE_BITS = 10;
  private static final int PAGE_MASK = (1 << PAGE_BITS) - 1;

  private Object[][] pages = new Object[16][];

  /** How many values each page holds. */
  private int[] held = new int[16];

  /** What is kept for that flow, or null. */
  @SuppressWarnings("unchecked") // only put fills the pages
  T get(int id) {
    int page = id >>> PAGE_BITS;
    return page < pages.length && pages[page] != null ? (T) pages[page][id & PAGE_MASK] : null;
  }

  /** Keeps a value, in place of the one that was kept. */
  void put(int id, T value) {
    int page = id >>> PAGE_BITS;
    if (page >= pages.length) {
      pages = Arrays.copyOf(pages, Math.max(page + 1, pages.length * 2));
      held = Arrays.copyOf(held, pages.length);
    }
    if (pages[page] == null) {
      pages[page] = new Object[1 << PAGE_BITS];
    }
    Object[] values = pages[page];
    int place = id & PAGE_MASK;
    held[page] += values[place] == null ? 1 : 0;
    values[place] = value;
  }

  /** Keeps nothing any more for that flow. */
  void remove(int id) {
    if (get(id) != null) {
      int page = id >>> PAGE_BITS;
      pages[page][id & PAGE_MASK] = null;
      held[page]--;
      if (held[page] == 0) {
        pages[page] = null;
      }
    }
  }
}
