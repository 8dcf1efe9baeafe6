package io.rstscope.flow;

import io.rstscope.decode.FlowKey;
import io.rstscope.decode.SegmentBatch;
import java.util.Arrays;

/**
 * Finds the flow of a segment: open addressing with linear probing over the ids of a {@link
 * FlowStore}, each with eight bits of its key's hash, so that hardly any record is looked at but
 * the right one.
 *
 * <p>Flows leave only in sweeps, after which the slots are filled anew: no tombstones, and no
 * bookkeeping per packet. Owned by one thread.
 */
final class FlowTable {
  /** No flow's id. */
  static final int NONE = -1;

  /** Most flows that there may be: a slot has 24 bits for one more than an id. */
  static final int MOST = (1 << 24) - 1;

  private static final int EMPTY = 0;
  private static final int PAGE_BITS = 12;
  private static final int PAGE_SLOTS = 1 << PAGE_BITS;

  private final FlowStore store = new FlowStore();
  private final Flow probe = new Flow(store);

  /** In pages, of which more are taken as the table grows: copies would be garbage of its size. */
  private int[][] slots = {new int[PAGE_SLOTS]};

  /** One less than the number of slots, a power of two. */
  private int mask = PAGE_SLOTS - 1;

  private int size;
  private int highestId;

  Flow newView() {
    return new Flow(store);
  }

  int size() {
    return size;
  }

  /** Ids in use lie below this. */
  int idLimit() {
    return highestId;
  }

  /**
   * The id of the flow of a segment, or {@link #NONE}.
   *
   * @param likelyId what {@link #likelyId} gave for it; flows may have come and gone since
   */
  int find(SegmentBatch batch, int i, int likelyId) {
    return likelyId != NONE && isFlowOf(batch, i, likelyId) ? likelyId : find(batch, i);
  }

  /** The same for one that was not looked for. */
  int find(SegmentBatch batch, int i) {
    int hash = batch.hash(i);
    for (int place = hash & mask; ; place = place + 1 & mask) {
      int slot = slot(place);
      if (slot == EMPTY) {
        return NONE;
      }
      int id = id(slot);
      if (tag(slot) == tag(hash) && isFlowOf(batch, i, id)) {
        return id;
      }
    }
  }

  private boolean isFlowOf(SegmentBatch batch, int i, int id) {
    return Flow.hasKey(store.page(id), store.at(id), batch.addresses(i), batch.ports(i))
        && (!batch.isIpv6(i) || hasAddresses(id, batch, i));
  }

  /**
   * The id of the flow that a segment with this hash of its key probably belongs to, or {@link
   * #NONE}: the first one on the way to it whose own is like it.
   */
  int likelyId(int hash) {
    int place = hash & mask;
    int slot = slot(place);
    while (slot != EMPTY && tag(slot) != tag(hash)) {
      place = place + 1 & mask;
      slot = slot(place);
    }
    return id(slot);
  }

  /** Brings what {@link #likelyId} looks at first into the cache. */
  int touchSlot(int hash) {
    return slot(hash & mask);
  }

  private int slot(int place) {
    return slots[place >>> PAGE_BITS][place & PAGE_SLOTS - 1];
  }

  /** The page that holds the record of a flow. */
  long[] page(int id) {
    return store.page(id);
  }

  /** Where in its page the record begins. */
  int at(int id) {
    return store.at(id);
  }

  /** Which the looks of flows refer to. */
  MacAddresses macs() {
    return store.macs();
  }

  /** Brings what a segment from that side needs of a flow's record into the cache. */
  int touch(int id, boolean sourceIsLower) {
    return store.touch(id, sourceIsLower);
  }

  /** Adds a flow for a segment for which none was found, and moves the view to it. */
  void add(SegmentBatch batch, int i, Flow view) {
    if (size > mask / 2) {
      doubleSlots();
      fillSlots();
    }
    int id = store.allocate();
    highestId = Math.max(highestId, id + 1);
    size++;
    view.moveTo(id);
    start(batch, i, view);
    putSlot(view);
  }

  /** Makes the flow of a segment a new one of the same addresses and ports. */
  void restart(SegmentBatch batch, int i, Flow view) {
    store.clear(view.id());
    start(batch, i, view);
  }

  private void start(SegmentBatch batch, int i, Flow view) {
    view.start(batch.timeNanos(i), batch.addresses(i), batch.ports(i));
    if (batch.isIpv6(i)) {
      for (int part = 0; part < FlowStore.ADDRESS_PARTS; part++) {
        store.addresses().put(view.id(), part, batch.ipv6Address(i, part));
      }
    }
  }

  /** Moves the view to the flow with this id; false when no flow has it. */
  boolean visit(int id, Flow view) {
    view.moveTo(id);
    return view.inUse();
  }

  /** Gives the flow's record back; {@link #fillSlots} must follow before the next look-up. */
  void remove(Flow view) {
    int id = view.id();
    store.clear(id);
    store.release(id);
    size--;
  }

  /** Nobody will ask for flows with this id, or a lower one. */
  void discardUpTo(int id) {
    store.discardUpTo(id);
  }

  /** Forgets all flows. */
  void clear() {
    store.clear();
    slots = new int[][] {new int[PAGE_SLOTS]};
    mask = PAGE_SLOTS - 1;
    size = 0;
    highestId = 0;
  }

  /** Fills the slots from the flows that are there. */
  void fillSlots() {
    for (int[] page : slots) {
      Arrays.fill(page, EMPTY);
    }
    for (int id = 0; id < highestId; id++) {
      if (visit(id, probe)) {
        putSlot(probe);
      }
    }
  }

  private void doubleSlots() {
    int pages = slots.length;
    slots = Arrays.copyOf(slots, 2 * pages);
    for (int page = pages; page < slots.length; page++) {
      slots[page] = new int[PAGE_SLOTS];
    }
    mask = 2 * mask + 1;
  }

  private void putSlot(Flow view) {
    int hash = FlowKey.hash(view.key(), view.ports());
    int place = hash & mask;
    while (slot(place) != EMPTY) {
      place = place + 1 & mask;
    }
    slots[place >>> PAGE_BITS][place & PAGE_SLOTS - 1] = tag(hash) | view.id() + 1;
  }

  /** The upper eight bits of a hash, or of a slot. */
  private static int tag(int hashOrSlot) {
    return hashOrSlot & ~MOST;
  }

  /** {@link #NONE} of an empty slot. */
  private static int id(int slot) {
    return (slot & MOST) - 1;
  }

  private boolean hasAddresses(int id, SegmentBatch batch, int i) {
    for (int part = 0; part < FlowStore.ADDRESS_PARTS; part++) {
      if (store.addresses().get(id, part) != batch.ipv6Address(i, part)) {
        return false;
      }
    }
    return true;
  }
}
