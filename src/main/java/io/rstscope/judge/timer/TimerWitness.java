package io.rstscope.judge.timer;

/**
 * A connection that did not survive its silence, and so may tell of an idle timer.
 *
 * @param place of its flow in the list
 * @param silenceNanos what the timer saw
 * @param endNanos when the silence ended, ns since 1970
 * @param sure whether its ending is an idle timeout in itself; others only count in company
 */
public record TimerWitness(
    int place,
    String client,
    String broker,
    Expiry expiry,
    long silenceNanos,
    long endNanos,
    boolean sure) {

  /** When the silence began, ns since 1970. */
  public long beginNanos() {
    return endNanos - silenceNanos;
  }
}
