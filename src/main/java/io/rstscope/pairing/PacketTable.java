package io.rstscope.pairing;

import io.rstscope.pairing.ClockSample.Sampled;
import io.rstscope.pairing.clock.SharedPacket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The packets looked for, by their identities, and where in the other capture each was found.
 *
 * <p>An open hash table of numbers: nothing is made for a packet that is looked up.
 */
final class PacketTable {
  private static final int NONE = -1;

  /** A capture at two points of one host holds each packet twice, and hardly apart. */
  private static final long SAME_HOST_NANOS = 1_000_000L;

  private final int[] slots;
  private final int mask;
  private final SeenPacket[] first;
  private final FlowWindow[] windows;
  private final boolean[] repeatedHere;
  private final boolean[] repeatedThere;
  private final long[] nanosThere;
  private final long[] framesThere;
  private final List<FlowWindow> flows;
  private final List<Sampled> sample;
  private int size;

  PacketTable(List<FlowWindow> flows, List<Sampled> sample) {
    this.flows = flows;
    this.sample = sample;
    int most = sample.size() + flows.stream().mapToInt(flow -> flow.packets().size()).sum();
    int capacity = Integer.highestOneBit(Math.max(most, 1)) << 2;
    mask = capacity - 1;
    slots = new int[capacity];
    Arrays.fill(slots, NONE);
    first = new SeenPacket[most];
    windows = new FlowWindow[most];
    repeatedHere = new boolean[most];
    repeatedThere = new boolean[most];
    nanosThere = new long[most];
    framesThere = new long[most];
    for (FlowWindow flow : flows) {
      flow.packets().forEach(packet -> add(packet, flow));
    }
    sample.forEach(each -> add(each.packet(), null));
  }

  private void add(SeenPacket packet, FlowWindow window) {
    int place = placeOf(packet.identity());
    int slot = slots[place];
    if (slot == NONE) {
      slots[place] = size;
      windows[size] = window;
      first[size++] = packet;
    } else {
      repeatedHere[slot] |= packet.nanos() - first[slot].nanos() > SAME_HOST_NANOS;
    }
  }

  private int placeOf(long identity) {
    int place = (int) (identity ^ identity >>> 32) & mask;
    while (slots[place] != NONE && first[slots[place]].identity() != identity) {
      place = place + 1 & mask;
    }
    return place;
  }

  /** Number of the packets with that identity, or -1 when none is looked for. */
  int slot(long identity) {
    return slots[placeOf(identity)];
  }

  /** One of them is there. */
  void found(int slot, long nanos, long frame) {
    if (framesThere[slot] == 0) {
      nanosThere[slot] = nanos;
      framesThere[slot] = frame;
    } else {
      repeatedThere[slot] |= nanos - nanosThere[slot] > SAME_HOST_NANOS;
    }
  }

  /** The flow that they were looked for with, or null for those of the sample. */
  FlowWindow window(int slot) {
    return windows[slot];
  }

  boolean fromClient(int slot) {
    return first[slot].fromClient();
  }

  boolean isThere(SeenPacket packet) {
    return framesThere[slot(packet.identity())] > 0;
  }

  /** Whether both captures show it once, or once at each point of a host: it is the same packet. */
  boolean isUnmistakable(SeenPacket packet) {
    int slot = slot(packet.identity());
    return framesThere[slot] > 0 && !repeatedHere[slot] && !repeatedThere[slot];
  }

  /** Those that are {@linkplain #isUnmistakable unmistakable}, in the order of this capture. */
  List<SharedPacket> shared() {
    List<SharedPacket> shared = new ArrayList<>();
    for (int slot = 0; slot < size; slot++) {
      SeenPacket packet = first[slot];
      if (!packet.isReset() && isUnmistakable(packet)) {
        shared.add(
            new SharedPacket(
                packet.fromClient(),
                packet.nanos(),
                nanosThere[slot],
                packet.frame(),
                framesThere[slot]));
      }
    }
    shared.sort(Comparator.comparingLong(SharedPacket::frameHere));
    return shared;
  }

  /** Number of the first of them there. */
  long frameThere(SeenPacket packet) {
    return framesThere[slot(packet.identity())];
  }

  /** Its time by the clock there. */
  long nanosThere(SeenPacket packet) {
    return nanosThere[slot(packet.identity())];
  }

  /** The packets looked for, those with the same identity once. */
  List<SeenPacket> packets() {
    return Arrays.asList(first).subList(0, size);
  }

  List<FlowWindow> flows() {
    return flows;
  }

  List<Sampled> sample() {
    return sample;
  }
}
