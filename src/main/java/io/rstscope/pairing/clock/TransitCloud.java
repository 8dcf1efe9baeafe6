package io.rstscope.pairing.clock;

import java.util.Arrays;

/**
 * How far the clocks of both captures are apart at packets of one direction, in the order of time:
 * the time here less the time there, in nanoseconds.
 */
final class TransitCloud {
  private long[] hereNanos = new long[64];
  private long[] differences = new long[64];
  private int[] ids = new int[64];
  private int size;

  /**
   * Adds a packet.
   *
   * @param here when, not before the one added before
   * @param there when by the clock there
   * @param id what {@link #id} gives back
   */
  void add(long here, long there, int id) {
    if (size == hereNanos.length) {
      hereNanos = Arrays.copyOf(hereNanos, 2 * size);
      differences = Arrays.copyOf(differences, 2 * size);
      ids = Arrays.copyOf(ids, 2 * size);
    }
    hereNanos[size] = here;
    ids[size] = id;
    differences[size++] = here - there;
  }

  /** All points but one. */
  TransitCloud without(int i) {
    TransitCloud others = new TransitCloud();
    others.size = size - 1;
    others.hereNanos = Arrays.copyOf(hereNanos, size);
    others.differences = Arrays.copyOf(differences, size);
    others.ids = Arrays.copyOf(ids, size);
    System.arraycopy(hereNanos, i + 1, others.hereNanos, i, size - 1 - i);
    System.arraycopy(differences, i + 1, others.differences, i, size - 1 - i);
    System.arraycopy(ids, i + 1, others.ids, i, size - 1 - i);
    return others;
  }

  int size() {
    return size;
  }

  /** What it was added with. */
  int id(int i) {
    return ids[i];
  }

  long hereNanos(int i) {
    return hereNanos[i];
  }

  /** The lowest difference of all. */
  long least() {
    return Arrays.stream(differences, 0, size).min().orElse(0);
  }

  /** The highest difference of all. */
  long most() {
    return Arrays.stream(differences, 0, size).max().orElse(0);
  }

  /**
   * How far a point lies above the line through the origin, nanoseconds.
   *
   * @param skew the line's slope, a number without unit
   */
  double above(int i, double skew, long originNanos) {
    return differences[i] - skew * ((double) hereNanos[i] - originNanos);
  }
}
