package io.rstscope.flow;

/**
 * The memory of all flows: pages of primitive arrays, so that a million flows are a few hundred
 * objects to the garbage collector and a flow's fields lie side by side in the cache.
 *
 * <p>{@link Flow} and {@link Endpoint} are the views on it and own the layout. Ids are dense and
 * reused.
 */
final class FlowStore {
  private static final int PAGE_BITS = 10;
  private static final int PAGE_MASK = (1 << PAGE_BITS) - 1;

  private long[][] longs = new long[16][];
  private int[][] ints = new int[16][];

  /** Both addresses in full, only on pages that hold an IPv6 flow. */
  private long[][] addresses = new long[16][];

  private int[] free = new int[16];
  private int freeCount;
  private int used;

  /** The id of a zeroed record. */
  int allocate() {
    int id = freeCount > 0 ? free[--freeCount] : used++;
    int page = id >>> PAGE_BITS;
    if (page == longs.length) {
      longs = java.util.Arrays.copyOf(longs, page * 2);
      ints = java.util.Arrays.copyOf(ints, page * 2);
      addresses = java.util.Arrays.copyOf(addresses, page * 2);
    }
    if (longs[page] == null) {
      longs[page] = new long[Flow.LONGS << PAGE_BITS];
      ints[page] = new int[Flow.INTS << PAGE_BITS];
    }
    clear(id);
    return id;
  }

  void release(int id) {
    if (freeCount == free.length) {
      free = java.util.Arrays.copyOf(free, freeCount * 2);
    }
    free[freeCount++] = id;
  }

  void clear(int id) {
    int at = longsAt(id);
    java.util.Arrays.fill(longs(id), at, at + Flow.LONGS, 0);
    at = intsAt(id);
    java.util.Arrays.fill(ints(id), at, at + Flow.INTS, 0);
  }

  long[] longs(int id) {
    return longs[id >>> PAGE_BITS];
  }

  int longsAt(int id) {
    return (id & PAGE_MASK) * Flow.LONGS;
  }

  int[] ints(int id) {
    return ints[id >>> PAGE_BITS];
  }

  int intsAt(int id) {
    return (id & PAGE_MASK) * Flow.INTS;
  }

  /** Null on a page that never held an IPv6 flow. */
  long[] addresses(int id) {
    return addresses[id >>> PAGE_BITS];
  }

  int addressesAt(int id) {
    return (id & PAGE_MASK) * 4;
  }

  long[] addressesForWriting(int id) {
    int page = id >>> PAGE_BITS;
    if (addresses[page] == null) {
      addresses[page] = new long[4 << PAGE_BITS];
    }
    return addresses[page];
  }
}
