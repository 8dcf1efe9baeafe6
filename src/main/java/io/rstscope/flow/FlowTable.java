package io.rstscope.flow;

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
  private static final int FIRST_SLOTS = 1 << 12;

  private final FlowStore store = new FlowStore();
  private final Flow probe = new Flow(store);
  private int[] slots = new int[FIRST_SLOTS];
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

  /** The id of the flow of the segment, whose key is filled, or {@link #NONE}. */
  int find(Segment segment) {
    FlowKey key = segment.key;
    int mask = slots.length - 1;
    for (int place = key.hash & mask; slots[place] != EMPTY; place = place + 1 & mask) {
      int id = id(slots[place]);
      if (tag(slots[place]) == tag(key.hash)
          && Flow.hasKey(store.page(id), store.at(id), key)
          && sameAddresses(segment, id)) {
        return id;
      }
    }
    return NONE;
  }

  /**
   * The id of the flow that the segment probably belongs to, or {@link #NONE}: the first one on the
   * way to it whose hash is like that of its key.
   */
  int likelyId(Segment segment) {
    int hash = segment.key.hash;
    int mask = slots.length - 1;
    int place = hash & mask;
    while (slots[place] != EMPTY && tag(slots[place]) != tag(hash)) {
      place = place + 1 & mask;
    }
    return id(slots[place]);
  }

  /** The page that holds the record of a flow. */
  long[] page(int id) {
    return store.page(id);
  }

  /** Where in its page the record begins. */
  int at(int id) {
    return store.at(id);
  }

  /** Brings what a segment needs of a flow's record into the cache. */
  int touch(int id, Segment segment) {
    return store.touch(id, segment.key.sourceIsLower);
  }

  /** Adds a flow for the segment that {@link #find} did not find, and moves the view to it. */
  void add(Segment segment, Flow view) {
    if (size >= slots.length / 2) {
      slots = new int[slots.length * 2];
      fillSlots();
    }
    int id = store.allocate();
    highestId = Math.max(highestId, id + 1);
    size++;
    view.moveTo(id);
    view.start(segment, segment.key);
    if (segment.ipVersion == 6) {
      writeAddresses(segment, id);
    }
    putSlot(view);
  }

  /** Makes the flow that {@link #find} found a new one of the same addresses and ports. */
  void restart(Segment segment, Flow view) {
    store.clear(view.id());
    view.start(segment, segment.key);
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
    slots = new int[FIRST_SLOTS];
    size = 0;
    highestId = 0;
  }

  /** Fills the slots from the flows that are there. */
  void fillSlots() {
    Arrays.fill(slots, EMPTY);
    for (int id = 0; id < highestId; id++) {
      if (visit(id, probe)) {
        putSlot(probe);
      }
    }
  }

  private void putSlot(Flow view) {
    int hash = FlowKey.hash(view.key(), view.ports());
    int mask = slots.length - 1;
    int place = hash & mask;
    while (slots[place] != EMPTY) {
      place = place + 1 & mask;
    }
    slots[place] = tag(hash) | view.id() + 1;
  }

  /** The upper eight bits of a hash, or of a slot. */
  private static int tag(int hashOrSlot) {
    return hashOrSlot & ~MOST;
  }

  /** {@link #NONE} of an empty slot. */
  private static int id(int slot) {
    return (slot & MOST) - 1;
  }

  private boolean sameAddresses(Segment s, int id) {
    if (s.ipVersion == 4) {
      return true;
    }
    long[] there = store.addresses(id);
    int at = store.addressesAt(id);
    int source = at + (s.key.sourceIsLower ? 0 : 2);
    int destination = at + (s.key.sourceIsLower ? 2 : 0);
    return there[source] == s.sourceHigh
        && there[source + 1] == s.sourceLow
        && there[destination] == s.destinationHigh
        && there[destination + 1] == s.destinationLow;
  }

  private void writeAddresses(Segment s, int id) {
    long[] to = store.addressesForWriting(id);
    int at = store.addressesAt(id);
    int source = at + (s.key.sourceIsLower ? 0 : 2);
    int destination = at + (s.key.sourceIsLower ? 2 : 0);
    to[source] = s.sourceHigh;
    to[source + 1] = s.sourceLow;
    to[destination] = s.destinationHigh;
    to[destination + 1] = s.destinationLow;
  }
}
