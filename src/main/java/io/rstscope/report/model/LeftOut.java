package io.rstscope.report.model;

/**
 * What was given up so that the memory sufficed.
 *
 * @param evictedFlows flows that were given up while they went on, because the table was full
 * @param evictedAttempts those of them that had never become a connection
 * @param flows flows that are not in the report though they were reset or lost, or all were asked
 *     for
 * @param resets resets that are not in the report
 * @param names names that were shortened, and frames of AMQP that were not read
 * @param moreFlowsFit whether a number limited the flows, given or usual, and not the memory
 */
public record LeftOut(
    long evictedFlows,
    long evictedAttempts,
    long flows,
    long resets,
    long names,
    boolean moreFlowsFit) {
  /** There was room for everything. */
  public static final LeftOut NOTHING = new LeftOut(0, 0, 0, 0, 0);

  /** The same where a number limited the flows. */
  public LeftOut(long evictedFlows, long evictedAttempts, long flows, long resets, long names) {
    this(evictedFlows, evictedAttempts, flows, resets, names, true);
  }
}
