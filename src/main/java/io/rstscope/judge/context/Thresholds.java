package io.rstscope.judge.context;

/**
 * From where on something counts, for all who judge: each number once, with its reason. Numbers
 * that only one rule uses stand with it.
 */
public final class Thresholds {
  /** Shorter silences are the everyday pauses of a connection; no timer in a path is that short. */
  public static final long SILENCE_NANOS = 1_000_000_000L;

  /** No device in the path gives up sooner, as far as their makers tell. */
  public static final long SHORTEST_TIMER_NANOS = 30_000_000_000L;

  /** So many connections in the name of one host end together only by one event. */
  public static final int MANY = 3;

  /** Silences that differ by less are made by the same timer; timers tick coarsely. */
  public static final double SAME_SILENCE = 0.02;

  /** Within this time ends belong to one event: a process that dies, a device that fails over. */
  public static final long EVENT_NANOS = 2_000_000_000L;

  /** More packets than this does a host hardly send to others between two of a flow. */
  public static final int IP_ID_STEPS = 64;

  /**
   * A handshake and a first message take no longer, with hosts that are busy: lives that differ by
   * less, or are longer than their last silence by less, are as long.
   */
  public static final long START_NANOS = 300_000_000L;

  private Thresholds() {}
}
