package io.rstscope.flow;

import java.util.Arrays;

/**
 * Finds the flow of a segment: open addressing with linear probing over the ids of a {@link
 * FlowStore}.
 *
 * <p>Flows leave only in sweeps, after which the slots are filled anew: no tombstones, and no
 * bookkeeping per packet. Owned by one thread.
 */
final class FlowTable {
  private static final int EMPTY = 0;
  private static final int FIRST_SLOTS = 1 << 12;

  private final FlowStore store = new FlowStore();
  private final Flow probe = new Flow(store);
  private int[] slots = new int[FIRST_SLOTS];
  private int size;
  private int highestId;

  private boolean sourceIsLower;
  private long key;
  private long ports;

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
   * Whether the source of the segment that was last looked for is the lower of the two addresses.
   */
  boolean sourceIsLower() {
    return sourceIsLower;
  }

  /** Moves the view to the flow of the segment; false when there is none. */
  boolean find(Segment segment, Flow view) {
    takeKey(segment);
    int mask = slots.length - 1;
    for (int slot = hash(key, ports) & mask; slots[slot] != EMPTY; slot = slot + 1 & mask) {
      view.moveTo(slots[slot] - 1);
      if (view.key() == key && view.ports() == ports && sameAddresses(segment, slots[slot] - 1)) {
        return true;
      }
    }
    return false;
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
    view.start(segment, key, ports, false);
    if (segment.ipVersion == 6) {
      writeAddresses(segment, id);
    }
    putSlot(view);
  }

  /** Makes the flow that {@link #find} found a new one of the same addresses and ports. */
  void restart(Segment segment, Flow view) {
    store.clear(view.id());
    view.start(segment, key, ports, true);
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
    int mask = slots.length - 1;
    int slot = hash(view.key(), view.ports()) & mask;
    while (slots[slot] != EMPTY) {
      slot = slot + 1 & mask;
    }
    slots[slot] = view.id() + 1;
  }

  /** An IPv4 flow is told by key and ports alone; an IPv6 flow's key is a hash of its addresses. */
  private void takeKey(Segment s) {
    long port = ((long) s.ipVersion << 32);
    sourceIsLower = isSourceLower(s);
    if (s.ipVersion == 4) {
      key =
          sourceIsLower
              ? s.sourceLow << 32 | s.destinationLow
              : s.destinationLow << 32 | s.sourceLow;
    } else {
      long source = mix(s.sourceHigh * 31 + s.sourceLow);
      long destination = mix(s.destinationHigh * 31 + s.destinationLow);
      key = sourceIsLower ? source * 31 + destination : destination * 31 + source;
    }
    ports =
        port
            | (sourceIsLower
                    ? s.sourcePort << 16 | s.destinationPort
                    : s.destinationPort << 16 | s.sourcePort)
                & 0xffff_ffffL;
  }

  private static boolean isSourceLower(Segment s) {
    int order = Long.compareUnsigned(s.sourceHigh, s.destinationHigh);
    if (order == 0) {
      order = Long.compareUnsigned(s.sourceLow, s.destinationLow);
    }
    return order < 0 || order == 0 && s.sourcePort < s.destinationPort;
  }

  private boolean sameAddresses(Segment s, int id) {
    if (s.ipVersion == 4) {
      return true;
    }
    long[] there = store.addresses(id);
    int at = store.addressesAt(id);
    int source = at + (sourceIsLower ? 0 : 2);
    int destination = at + (sourceIsLower ? 2 : 0);
    return there[source] == s.sourceHigh
        && there[source + 1] == s.sourceLow
        && there[destination] == s.destinationHigh
        && there[destination + 1] == s.destinationLow;
  }

  private void writeAddresses(Segment s, int id) {
    long[] to = store.addressesForWriting(id);
    int at = store.addressesAt(id);
    int source = at + (sourceIsLower ? 0 : 2);
    int destination = at + (sourceIsLower ? 2 : 0);
    to[source] = s.sourceHigh;
    to[source + 1] = s.sourceLow;
    to[destination] = s.destinationHigh;
    to[destination + 1] = s.destinationLow;
  }

  private static int hash(long key, long ports) {
    return (int) (mix(key ^ mix(ports)) >>> 32);
  }

  /** Finaliser of MurmurHash3: every bit of the input changes half of those of the output. */
  private static long mix(long value) {
    long mixed = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 33;
  }
}
