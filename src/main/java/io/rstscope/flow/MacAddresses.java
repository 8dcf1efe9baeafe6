package io.rstscope.flow;

import io.rstscope.decode.Segment;
import java.util.Arrays;

/**
 * A number of 16 bits for each MAC address that was seen, as a capture has many flows and few
 * neighbours.
 *
 * <p>Owned by the thread that follows flows.
 */
final class MacAddresses {
  /** Stands for {@link Segment#NO_MAC}. */
  static final int NONE = 0;

  /** Beyond so many the others count as none: a clue is missing then, not wrong. */
  private static final int MOST = 0xffff;

  private static final int FREE = -1;
  private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

  private long[] macs = new long[16];
  private int[] slots = filledSlots(64);
  private int count;

  MacAddresses() {
    add(Segment.NO_MAC);
  }

  /**
   * The number of an address, {@link #NONE} to 65,535.
   *
   * @param mac 48 bits, or {@link Segment#NO_MAC}
   */
  int number(long mac) {
    int place = place(mac);
    if (slots[place] != FREE) {
      return slots[place];
    }
    return count > MOST ? NONE : add(mac);
  }

  /** The address with that number. */
  long mac(int number) {
    return macs[number];
  }

  private int add(long mac) {
    if (count == macs.length) {
      macs = Arrays.copyOf(macs, 2 * count);
      slots = filledSlots(2 * slots.length);
      for (int number = 0; number < count; number++) {
        slots[place(macs[number])] = number;
      }
    }
    macs[count] = mac;
    slots[place(mac)] = count;
    return count++;
  }

  /** Where the number of the address is, or would be. */
  private int place(long mac) {
    int mask = slots.length - 1;
    int place = (int) (mac * GOLDEN >>> 32) & mask;
    while (slots[place] != FREE && macs[slots[place]] != mac) {
      place = place + 1 & mask;
    }
    return place;
  }

  private static int[] filledSlots(int length) {
    int[] slots = new int[length];
    Arrays.fill(slots, FREE);
    return slots;
  }
}
