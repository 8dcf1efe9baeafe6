package io.rstscope.watch;

/**
 * Time as the packets of a stream tell it. While none comes only {@link #steadyNanos} goes on, by
 * as much as was waited: what is ripe to be told need not wait for another packet, and yet a stream
 * that pauses is no silence of its connections.
 *
 * <p>A step is followed when a second packet confirms it: a single one out of line, with a time
 * that is damaged, must not let all connections expire. Used by one thread.
 */
final class PacketClock implements Clocks {
  /** Packets of several queues are out of order by less. */
  private static final long BACK_NANOS = 500_000_000L;

  /** No connection is silent for so long: TCP's keep-alive asks after two hours. */
  private static final long AHEAD_NANOS = 24L * 3600 * 1_000_000_000L;

  /** Packets that come in bursts tell of so much that was waited for; a longer wait was a pause. */
  private static final long BURST_NANOS = 2_000_000_000L;

  private boolean started;
  private long steadyNanos;
  private long wallNanos;

  /** Of the time that passed, what was waited for and has been counted. */
  private long waitedNanos;

  private boolean suspected;
  private long suspectNanos;

  /**
   * A packet with that time has come.
   *
   * @return by how much the clock was set, 0 if it was not
   */
  long packet(long nanos) {
    if (!started) {
      started = true;
      wallNanos = nanos;
    }
    if (follows(wallNanos, nanos)) {
      suspected = false;
      pass(Math.max(0, nanos - wallNanos));
      return 0;
    }
    if (!suspected || !follows(suspectNanos, nanos)) {
      suspected = true;
      suspectNanos = nanos;
      return 0;
    }
    suspected = false;
    long step = nanos - wallNanos;
    wallNanos = nanos;
    return step;
  }

  private static boolean follows(long before, long nanos) {
    return nanos - before > -BACK_NANOS && nanos - before < AHEAD_NANOS;
  }

  private void pass(long nanos) {
    wallNanos += nanos;
    long more = nanos - waitedNanos;
    if (more > 0) {
      steadyNanos += more;
    }
    waitedNanos = Math.max(0, -more);
  }

  /** Time until a packet of that time, if it is in line; else 0. */
  long until(long nanos) {
    return started && follows(wallNanos, nanos) ? Math.max(0, nanos - wallNanos) : 0;
  }

  /** No packet came for so long. */
  void waited(long nanos) {
    steadyNanos += nanos;
    waitedNanos = Math.min(BURST_NANOS, waitedNanos + nanos);
  }

  /** The time of a packet that was the last, and is out of line by so much; 0 when it was not. */
  long unconfirmed() {
    return suspected ? suspectNanos - wallNanos : 0;
  }

  @Override
  public long steadyNanos() {
    return steadyNanos;
  }

  /** The time of the latest packet. */
  @Override
  public long wallNanos() {
    return wallNanos;
  }
}
