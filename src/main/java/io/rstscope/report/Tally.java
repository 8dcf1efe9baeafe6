package io.rstscope.report;

import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.sender.Sender;
import io.rstscope.judge.sender.Verdict;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What of a verdict is counted; small enough to be kept for each connection.
 *
 * @param endedBy who ended the connection
 * @param cause why
 * @param benign whether nothing was lost by it
 * @param joined whether it is counted with its other leg
 * @param resets of the connection, by who sent them
 */
public record Tally(
    Sender endedBy, Cause cause, boolean benign, boolean joined, Map<Sender, Long> resets) {
  /** That of a verdict. */
  public static Tally of(FlowVerdict verdict) {
    Map<Sender, Long> resets = new EnumMap<>(Sender.class);
    for (Verdict each : verdict.verdicts()) {
      resets.merge(each.sender(), 1L, Long::sum);
    }
    return new Tally(
        verdict.ending().endedBy(),
        verdict.ending().cause(),
        verdict.ending().benign(),
        verdict.otherLeg() != null,
        Collections.unmodifiableMap(resets));
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
