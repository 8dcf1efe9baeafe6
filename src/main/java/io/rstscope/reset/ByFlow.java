package io.rstscope.reset;

import java.util.Arrays;

/**
 * Something kept for flows, by their ids. In pages, which come to be where something is kept: what
 * few flows have takes hardly any room, and what all have grows without being copied.
 */
final class ByFlow<T> {
  private static final int PAGE_BITS = 10;
  private static final int PAGE_MASK = (1 << PAGE_BITS) - 1;

  private Object[][] pages = new Object[16][];

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
    }
    if (pages[page] == null) {
      pages[page] = new Object[1 << PAGE_BITS];
    }
    pages[page][id & PAGE_MASK] = value;
  }

  /** Keeps nothing any more for that flow. */
  void remove(int id) {
    if (get(id) != null) {
      pages[id >>> PAGE_BITS][id & PAGE_MASK] = null;
    }
  }
}
