package io.rstscope.report;

/**
 * What was given up so that the memory sufficed.
 *
 * @param evictedFlows flows that were given up while they went on, because the table was full
 * @param evictedAttempts those of them that had never become a connection
 * @param flows flows that are not in the report though they were reset or lost, or all were asked
 *     for
 * @param resets resets that are not in the report
 * @param names names that were shortened, and frames of AMQP that were not read
 */
public record LeftOut(
    long evictedFlows, long evictedAttempts, long flows, long resets, long names) {
  /** There was room for everything. */
  public static final LeftOut NOTHING = new LeftOut(0, 0, 0, 0, 0);
}
