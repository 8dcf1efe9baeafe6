package io.rstscope.amqp;

import java.util.ArrayDeque;
import java.util.Arrays;

/** Holds the partials of all streams under numbers, and uses them again. */
final class PartialPool {
  /** Spare buffers: streams that wait for the rest of a frame at the same time. */
  private static final int MAX_SPARE = 256;

  private final ArrayDeque<Partial> spare = new ArrayDeque<>();
  private final long maxBytes;
  private Partial[] held = new Partial[16];
  private int[] freeNumbers = new int[16];
  private int freeCount;
  private int usedNumbers;
  private long bytes;
  private long refused;

  /**
   * @param maxBytes held for streams, about
   */
  PartialPool(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** How often there was no room. */
  long refused() {
    return refused;
  }

  /** An empty one; null when there is no room for what it would hold. */
  Partial take() {
    if (bytes >= maxBytes) {
      refused++;
      return null;
    }
    Partial partial = spare.poll();
    return partial == null ? new Partial() : partial;
  }

  /** Takes one that is not needed any more. */
  void release(Partial partial) {
    if (partial.isSmall() && spare.size() < MAX_SPARE) {
      partial.clear();
      spare.push(partial);
    }
  }

  /** Holds one until its stream goes on; returns the number to ask for it with, from 0. */
  int hold(Partial partial) {
    int number = freeCount > 0 ? freeNumbers[--freeCount] : usedNumbers++;
    if (number == held.length) {
      held = Arrays.copyOf(held, number * 2);
    }
    held[number] = partial;
    bytes += partial.capacity();
    return number;
  }

  /** The one held under that number, which is then free for another. */
  Partial takeBack(int number) {
    if (freeCount == freeNumbers.length) {
      freeNumbers = Arrays.copyOf(freeNumbers, freeCount * 2);
    }
    freeNumbers[freeCount++] = number;
    Partial partial = held[number];
    held[number] = null;
    bytes -= partial.capacity();
    return partial;
  }
}
