package io.rstscope.flow;

import java.util.Arrays;

/**
 * The memory of all flows: pages of longs, so that a million flows are a thousand objects to the
 * garbage collector, and all fields of a flow lie side by side in the cache.
 *
 * <p>{@link Flow} and {@link Endpoint} are the views on it and own the layout. Ids are dense and
 * reused.
 */
final class FlowStore {
  private static final int CACHE_LINE_LONGS = 8;
  private static final int PAGE_BITS = 10;
  private static final int PAGE_MASK = (1 << PAGE_BITS) - 1;

  private long[][] pages = new long[16][];

  /** Halves of the addresses of an IPv6 flow. */
  static final int ADDRESS_PARTS = 4;

  /** Both addresses in full, of IPv6 flows only. */
  private final SparseColumns addresses = new SparseColumns(ADDRESS_PARTS);

  /** Packets seen once more at another point of the capture. */
  private final SparseColumns duplicates = new SparseColumns(1);

  /** Time and frame number of the last reset, of flows of which it is the last packet. */
  private final SparseColumns lastResets = new SparseColumns(2);

  private final MacAddresses macs = new MacAddresses();

  private int[] free = new int[16];
  private int freeCount;
  private int used;

  /** The id of a zeroed record. */
  int allocate() {
    int id = freeCount > 0 ? free[--freeCount] : used++;
    int page = id >>> PAGE_BITS;
    if (page == pages.length) {
      pages = Arrays.copyOf(pages, page * 2);
    }
    if (pages[page] == null) {
      pages[page] = new long[Flow.LONGS << PAGE_BITS];
    }
    clear(id);
    return id;
  }

  void release(int id) {
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, freeCount * 2);
    }
    free[freeCount++] = id;
  }

  void clear(int id) {
    int at = at(id);
    Arrays.fill(page(id), at, at + Flow.LONGS, 0);
    addresses.clear(id);
    duplicates.clear(id);
    lastResets.clear(id);
  }

  /** Gives up the pages that hold only records with this id or a lower one. */
  void discardUpTo(int id) {
    if ((id & PAGE_MASK) == PAGE_MASK) {
      pages[id >>> PAGE_BITS] = null;
    }
    addresses.discardUpTo(id);
    duplicates.discardUpTo(id);
    lastResets.discardUpTo(id);
  }

  /** Gives up all records. */
  void clear() {
    Arrays.fill(pages, null);
    addresses.clear();
    duplicates.clear();
    lastResets.clear();
    freeCount = 0;
    used = 0;
  }

  /** The page that holds the record. */
  long[] page(int id) {
    return pages[id >>> PAGE_BITS];
  }

  /** Where the record begins in its page. */
  int at(int id) {
    return (id & PAGE_MASK) * Flow.LONGS;
  }

  /**
   * Reads a word of each cache line of the record that a packet of that side needs, so that all of
   * them are on their way at once; the sum of the words keeps the compiler from leaving that out.
   */
  int touch(int id, boolean senderIsLower) {
    long[] page = page(id);
    int at = at(id);
    int sender = at + (senderIsLower ? Flow.LOWER : Flow.UPPER);
    int other = at + (senderIsLower ? Flow.UPPER : Flow.LOWER);
    return (int)
        (page[at]
            + page[sender]
            + page[sender + CACHE_LINE_LONGS - 1]
            + page[sender + Endpoint.LAST_OFTEN_USED]
            + page[other]
            + page[other + Endpoint.LAST_SHARED]);
  }

  /** The four halves of an IPv6 flow's addresses, those of the lower one first. */
  SparseColumns addresses() {
    return addresses;
  }

  /** How many packets of a flow were seen once more. */
  SparseColumns duplicates() {
    return duplicates;
  }

  /** When a flow's last packet was captured, and its frame number, if that is a reset. */
  SparseColumns lastResets() {
    return lastResets;
  }

  /** The MAC addresses of all flows. */
  MacAddresses macs() {
    return macs;
  }
}
