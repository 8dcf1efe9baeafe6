package io.rstscope.judge.context;

import java.util.Arrays;

/**
 * Whether a silence is one that people configure as a timeout: whole seconds, round minutes. A
 * process dies at any moment, so the rarer such values are about there, the more one tells.
 */
public enum RoundTime {
  /** None that anybody would write down. */
  NO,
  /** A whole second where each is one: chance finds it once in fifteen. */
  SHORT,
  /** Once in fifty or so. */
  MEDIUM,
  /** Once in hundreds. */
  LONG;

  private static final double SECOND = 1e9;

  /** The packet that ends the silence may be captured a little before the timer, seen elsewhere. */
  private static final double EARLIEST = -0.012;

  /** A timer fires late by up to 30 ms, and its packet takes its way. */
  private static final double LATEST = 0.09;

  /** Of {@link #SHORT} and {@link #MEDIUM}. */
  private static final double SHORT_UNTIL = 8.5;

  private static final double MEDIUM_UNTIL = 59;

  /** Seconds that stand in configurations. */
  private static final int[] CONFIGURED = {
    1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 45, 50, 60, 75, 90, 100, 120, 150, 180, 200,
    240, 250, 300, 350, 360, 400, 450, 480, 500, 540, 600, 720, 750, 900, 1000, 1200, 1500, 1800,
    2000, 2400, 2700, 3000, 3600, 4000, 5000, 5400, 6000, 7200, 9000, 10_800, 14_400, 21_600,
    28_800, 36_000, 43_200, 86_400
  };

  /** How round a silence is that was measured beside the one whose timer it is. */
  public static RoundTime of(long silenceNanos) {
    return of(silenceNanos, 0);
  }

  /**
   * How round the silence is.
   *
   * @param roundTripNanos to the one whose timer it may be: what it saw last was captured half of
   *     it before, and its end half of it later
   */
  public static RoundTime of(long silenceNanos, long roundTripNanos) {
    double seconds = silenceNanos / SECOND;
    if (seconds < 1 + EARLIEST) {
      return NO;
    }
    if (!isNear(silenceNanos, EARLIEST, LATEST + roundTripNanos / SECOND)) {
      return NO;
    }
    if (seconds < SHORT_UNTIL) {
      return SHORT;
    }
    return seconds < MEDIUM_UNTIL ? MEDIUM : LONG;
  }

  /**
   * Whether a value that people configure is near.
   *
   * @param early by how much the silence may be shorter, s, 0 or less
   * @param late by how much it may be longer, s
   */
  public static boolean isNear(long silenceNanos, double early, double late) {
    double seconds = silenceNanos / SECOND;
    int place = Arrays.binarySearch(CONFIGURED, (int) Math.floor(seconds - late));
    for (int i = Math.max(place < 0 ? -place - 2 : place, 0); i < CONFIGURED.length; i++) {
      double difference = seconds - CONFIGURED[i];
      if (difference < early) {
        return false;
      }
      if (difference <= late) {
        return true;
      }
    }
    return false;
  }
}
