package io.rstscope.reset;

/**
 * How much a {@link ResetObserver} keeps, so that no traffic can fill the memory.
 *
 * @param resetsOfFlow resets of a flow that are kept whole, 2 or more; others are counted
 * @param amqpBytes about as much is kept of what connections choose to say of themselves
 * @param pendingResets resets of all flows that are still followed, about
 * @param paths pairs of hosts of which the longest silence is kept; about 200 bytes each
 */
public record ObserverLimits(int resetsOfFlow, long amqpBytes, long pendingResets, int paths) {
  private static final int MOST_RESETS = 10_000;
  private static final int MOST_PATHS = 100_000;
  private static final int BYTES_PER_RESET = 1_000;
  private static final int BYTES_PER_PATH = 200;

  /** What fits into that many bytes, as long as no more is of use. */
  public static ObserverLimits within(long bytes) {
    return new ObserverLimits(
        (int) Math.max(2, Math.min(MOST_RESETS, bytes / 8 / BYTES_PER_RESET)),
        bytes / 2,
        bytes * 3 / 8 / BYTES_PER_RESET,
        (int) Math.min(MOST_PATHS, bytes / 8 / BYTES_PER_PATH));
  }

  /** The same, with at most so many resets of a flow. */
  public ObserverLimits withResetsOfFlow(int most) {
    return new ObserverLimits(Math.min(resetsOfFlow, most), amqpBytes, pendingResets, paths);
  }
}
