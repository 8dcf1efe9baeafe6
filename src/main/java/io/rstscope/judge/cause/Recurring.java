package io.rstscope.judge.cause;

/** From which log-odds on a silence that came back is taken for a timer. */
final class Recurring {
  /** Twenty to one. */
  static final double LIKELY = 3;

  /** Four hundred to one. */
  static final double SURE = 6;

  /** What a device sweeps away has been idle for longer than connections in use are. */
  static final long SHORTEST_SWEPT_NANOS = 5_000_000_000L;

  private Recurring() {}
}
