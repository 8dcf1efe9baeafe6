package io.rstscope.flow;

import java.util.Arrays;

/**
 * Words that few flows need, by the flow's id: they take room on pages where one of them does.
 *
 * <p>The observer's map of objects by flow (FlowMap in reset) gives a page up when nothing is left
 * on it. A word that is there may be 0: who is done with all flows up to an id has to say so here.
 */
final class SparseColumns {
  private static final int PAGE_BITS = 10;
  private static final int PAGE_MASK = (1 << PAGE_BITS) - 1;

  private final int perFlow;
  private long[][] pages = new long[16][];

  /**
   * @param perFlow words of one flow
   */
  SparseColumns(int perFlow) {
    this.perFlow = perFlow;
  }

  /** A word of that flow, 0 when it was never put. */
  long get(int id, int word) {
    long[] page = page(id);
    return page == null ? 0 : page[at(id) + word];
  }

  void put(int id, int word, long value) {
    pageForWriting(id)[at(id) + word] = value;
  }

  /** Makes all words of that flow 0. */
  void clear(int id) {
    long[] page = page(id);
    if (page != null) {
      Arrays.fill(page, at(id), at(id) + perFlow, 0);
    }
  }

  /** Gives up the pages that hold only words of flows with this id or a lower one. */
  void discardUpTo(int id) {
    if ((id & PAGE_MASK) == PAGE_MASK && id >>> PAGE_BITS < pages.length) {
      pages[id >>> PAGE_BITS] = null;
    }
  }

  /** Gives up all. */
  void clear() {
    Arrays.fill(pages, null);
  }

  private long[] page(int id) {
    int page = id >>> PAGE_BITS;
    return page < pages.length ? pages[page] : null;
  }

  private long[] pageForWriting(int id) {
    int page = id >>> PAGE_BITS;
    if (page >= pages.length) {
      pages = Arrays.copyOf(pages, Math.max(page + 1, 2 * pages.length));
    }
    if (pages[page] == null) {
      pages[page] = new long[perFlow << PAGE_BITS];
    }
    return pages[page];
  }

  private int at(int id) {
    return (id & PAGE_MASK) * perFlow;
  }
}
