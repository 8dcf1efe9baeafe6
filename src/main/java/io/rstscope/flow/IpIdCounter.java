package io.rstscope.flow;

/**
 * Follows the IPv4 identifications of one side, which hosts take from a counter: one of each
 * connection on Linux, one of the whole host on Windows, none where it is 0 or random.
 *
 * <p>An int holds the latest identification that was not 0, and how often it went on by a small
 * step; 0 before the first packet.
 */
final class IpIdCounter {
  /**
   * The widest step that still counts as the same counter: hosts that number all their packets with
   * one counter spend some on others between two of this flow.
   */
  private static final int WIDEST_STEP = 64;

  private static final int STEPS_SHIFT = 16;
  private static final int MAX_COUNT = 0xff;

  private IpIdCounter() {}

  /**
   * The counter after one more packet.
   *
   * @param id 0 to 65,535, or -1, which counts as 0
   */
  static int after(int counter, int id) {
    if (id <= 0 || isOvertaken(counter, id)) {
      return counter;
    }
    boolean step = value(counter) != 0 && isStep(value(counter), id) && steps(counter) < MAX_COUNT;
    return steps(counter) + (step ? 1 : 0) << STEPS_SHIFT | id;
  }

  /**
   * Whether a packet with this identification was sent before others that were captured before it:
   * a host gives what it sends again a higher one, not a lower one.
   */
  static boolean isOvertaken(int counter, int id) {
    return id > 0 && steps(counter) > 0 && isStep(id, value(counter));
  }

  /** Whether the identification is 0, or goes on by a small step. */
  static boolean isExpected(int counter, int id) {
    return id <= 0 || isStep(value(counter), id);
  }

  private static boolean isStep(int from, int to) {
    int step = to - from & 0xffff;
    return step > 0 && step <= WIDEST_STEP;
  }

  /** The latest identification, 0 to 65,535. */
  static int value(int counter) {
    return counter & 0xffff;
  }

  /** How often it went on by a small step, 0 to 255. */
  static int steps(int counter) {
    return counter >>> STEPS_SHIFT;
  }
}
