package io.rstscope.report.model;

import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.cause.TimerPlace;
import io.rstscope.judge.sender.Sender;
import io.rstscope.judge.sender.Verdict;
import io.rstscope.reset.FlowObservation;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What of a verdict is counted; small enough to be kept for each connection.
 *
 * @param endedBy who ended the connection
 * @param cause why
 * @param timer whose idle timer ended it, or null when none did
 * @param confidence how probable the cause is, 0 to 1
 * @param benign whether nothing was lost by it
 * @param opened whether a connection came about, as far as the capture tells
 * @param joined whether it is counted with its other leg
 * @param resets of the connection, by who sent them
 */
public record VerdictCounts(
    Sender endedBy,
    Cause cause,
    TimerPlace timer,
    double confidence,
    boolean benign,
    boolean opened,
    boolean joined,
    Map<Sender, Long> resets) {
  /** In {@link FlowObservation#history}: the broker's SYN,ACK, the client's ACK, and data. */
  private static final String ANSWERED = "hADd";

  /** That of a verdict. */
  public static VerdictCounts of(FlowVerdict verdict) {
    Map<Sender, Long> resets = new EnumMap<>(Sender.class);
    for (Verdict each : verdict.verdicts()) {
      resets.merge(each.sender(), 1L, Long::sum);
    }
    return new VerdictCounts(
        verdict.ending().endedBy(),
        verdict.ending().cause(),
        verdict.timerPlace(),
        verdict.ending().confidence(),
        verdict.ending().benign(),
        isOpened(verdict),
        verdict.otherLeg() != null,
        Collections.unmodifiableMap(resets));
  }

  /** Whether a connection came about: its SYN is not all that the capture has, or is not in it. */
  static boolean isOpened(FlowVerdict verdict) {
    String history = verdict.flow().history();
    return verdict.ending().cause() != Cause.REFUSED
        && (history.indexOf('S') < 0
            || history.chars().anyMatch(letter -> ANSWERED.indexOf(letter) >= 0));
  }

  /** Whether something was lost: there had been a connection, and its end was not harmless. */
  boolean isLost() {
    return !benign && opened && !joined;
  }

  /** Resets, whoever sent them. */
  long totalResets() {
    long total = 0;
    for (long number : resets.values()) {
      total += number;
    }
    return total;
  }
}
