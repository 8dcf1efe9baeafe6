package io.rstscope.watch;

import io.rstscope.judge.cause.Alternative;
import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.Ending;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.sender.Sender;
import io.rstscope.report.model.VerdictCounts;
import io.rstscope.reset.Role;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A connection that was judged and may be judged again; there may be one for each flow of the
 * table, so that it keeps little.
 */
final class TrackedVerdict {
  /** A confidence that moves by less is no reason to tell a loss once more. */
  private static final double SURER = 0.05;

  /** What the latest verdict was counted as; null before the first. */
  VerdictCounts counted;

  /** Its number in notices, or 0 while none was given. */
  long number;

  /** Its resets with an address of this host, as counted. */
  int ownResets;

  /** Notices given. */
  int notices;

  /** What the last notice said. */
  private String told = "";

  private double toldConfidence;
  private Cause toldRunnerUp;
  private Set<Cause> toldAlternatives = Set.of();

  /** Notes that this verdict is told. */
  void tell(FlowVerdict verdict) {
    notices++;
    told = gist(verdict);
    toldConfidence = verdict.ending().confidence();
    toldRunnerUp = runnerUp(verdict.ending());
    toldAlternatives = alternatives(verdict.ending());
  }

  /** Whether a verdict is not what was told. */
  boolean isNews(FlowVerdict verdict) {
    Ending ending = verdict.ending();
    return !told.equals(gist(verdict))
        || Math.abs(ending.confidence() - toldConfidence) >= SURER
        || !isAmong(runnerUp(ending), toldAlternatives)
        || !isAmong(toldRunnerUp, alternatives(ending));
  }

  /** From 0.15 a cause is named, below 0.1 it is gone: what lies between is no news either way. */
  private static boolean isAmong(Cause runnerUp, Set<Cause> alternatives) {
    return runnerUp == null || alternatives.contains(runnerUp);
  }

  private static Cause runnerUp(Ending ending) {
    Alternative next = ending.runnerUp();
    return next == null ? null : next.cause();
  }

  private static Set<Cause> alternatives(Ending ending) {
    return ending.alternatives().stream()
        .map(Alternative::cause)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What makes a notice another one: not numbers, nor further resets that say the same. */
  private static String gist(FlowVerdict verdict) {
    Set<Sender> senders = EnumSet.noneOf(Sender.class);
    for (int i = 0; i < verdict.verdicts().size(); i++) {
      if (verdict.flow().resets().get(i).role() != Role.REPEATS) {
        senders.add(verdict.verdicts().get(i).sender());
      }
    }
    return verdict.ending().cause() + " " + verdict.ending().endedBy() + " " + senders;
  }
}
