package io.rstscope.judge.cause;

import io.rstscope.judge.context.CaptureContext;
import io.rstscope.judge.context.FirstEnd;
import io.rstscope.judge.context.FirstEnd.Way;
import io.rstscope.judge.context.FlowContext;
import io.rstscope.judge.sender.Sender;
import io.rstscope.judge.sender.Verdict;
import io.rstscope.judge.sender.Weights;
import io.rstscope.judge.timer.IdleTimer;
import io.rstscope.judge.timer.Recurrence;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Lets the causes of an end compete: each fact that holds adds its weights of the table, and the
 * sums are the log-odds of the causes. Where it is open who sent the reset both cases are followed,
 * and their probabilities shared out.
 */
public final class CauseJudge {
  /** A cause that is less likely is not named. */
  private static final double NAMED = 0.5;

  /** Who sent a reset is that sure: the other case need not be followed. */
  private static final double SETTLED = 0.97;

  /** The capture says so itself, or not at all. */
  private static final double SUREST = 0.97;

  /** Of a timer that shows in one silence only: a round one, one of few seconds, or another. */
  private static final double OF_ONE_SILENCE = 0.85;

  private static final double OF_ONE_SHORT_SILENCE = 0.8;
  private static final double OF_ONE_ODD_SILENCE = 0.65;

  /** Of a timer that may be the time for which the client's program works. */
  private static final double OF_PROGRAM_OR_PROXY = 0.75;

  /** Both of two causes that look alike are that likely. */
  private static final double ALIKE = 0.1;

  private static final Set<Fact> MORE_THAN_ONE_SILENCE =
      EnumSet.of(Fact.RECURS, Fact.RECURS_SURELY, Fact.FIN_THEN_RESET, Fact.PROXY_HEADER);

  /** In place of its probability: no fact speaks for that cause. */
  private static final double OUT = -1;

  private static final Cause[] CAUSES = Cause.values();

  private final FlowContext flowContext;
  private final FlowObservation flow;
  private final FirstEnd first;
  private final Verdict verdict;
  private final CaptureContext captureContext;
  private final Recurrence recurrence;
  private final int place;
  private final IdleTimer bounded;

  /**
   * What follows if one side, or something in the path, sent the reset.
   *
   * @param probabilities in the order of the causes, {@link #OUT} for those that do not compete
   */
  private record Case(End end, Set<Fact> facts, double[] probabilities) {
    boolean competes(Cause cause) {
      return probabilities[cause.ordinal()] != OUT;
    }

    double probability(Cause cause) {
      return Math.max(probabilities[cause.ordinal()], 0);
    }
  }

  private CauseJudge(
      FlowContext flowContext,
      FirstEnd first,
      List<Verdict> verdicts,
      CaptureContext captureContext,
      Recurrence recurrence,
      int place,
      IdleTimer bounded) {
    this.flowContext = flowContext;
    this.flow = flowContext.observation();
    this.first = first;
    int decisive = flow.placeOfDecisive();
    this.verdict = decisive < 0 ? null : verdicts.get(decisive);
    this.captureContext = captureContext;
    this.recurrence = recurrence;
    this.place = place;
    this.bounded = bounded;
  }

  /**
   * Judges an end.
   *
   * @param verdicts about each reset of the flow
   * @param recurrence of silences among the ends of the capture
   * @param place of the flow among them
   * @param bounded a timer that the end is a witness of, of which only bounds are known, or null
   */
  public static Ending judge(
      FlowContext flowContext,
      FirstEnd first,
      List<Verdict> verdicts,
      CaptureContext captureContext,
      Recurrence recurrence,
      int place,
      IdleTimer bounded) {
    return new CauseJudge(flowContext, first, verdicts, captureContext, recurrence, place, bounded)
        .ending();
  }

  /**
   * All facts that hold for an end, as {@link #judge} sees it.
   *
   * @param byMiddlebox whether something in the path is taken for the sender of its reset
   */
  static Set<Fact> facts(
      FlowContext flowContext,
      FirstEnd first,
      List<Verdict> verdicts,
      CaptureContext captureContext,
      Recurrence recurrence,
      int place,
      IdleTimer bounded,
      boolean byMiddlebox) {
    return new CauseJudge(flowContext, first, verdicts, captureContext, recurrence, place, bounded)
        .followed(byMiddlebox)
        .facts;
  }

  private Ending ending() {
    double claimed = first.way() == Way.RESET && verdict != null ? verdict.claimed() : 1;
    Case ifClaimed = claimed < 1 - SETTLED ? null : followed(false);
    Case ifMiddlebox = claimed > SETTLED ? null : followed(true);
    double[] shared = new double[CAUSES.length];
    Arrays.fill(shared, OUT);
    share(ifClaimed, ifMiddlebox == null ? 1 : claimed, shared);
    share(ifMiddlebox, ifClaimed == null ? 1 : 1 - claimed, shared);
    List<Alternative> sorted = sorted(shared);
    Alternative best = sorted.get(0);
    Case likelier = likelier(best.cause(), ifClaimed, claimed, ifMiddlebox);
    Cause cause = best.probability() < NAMED ? Cause.UNDETERMINED : best.cause();
    List<Alternative> likelihoods = isEither(likelier) ? sorted : Calibration.of(sorted);
    End end = likelier.end;
    Sender endedBy = Endings.endedBy(cause, end, verdict);
    return new Ending(
        endedBy,
        cause,
        cause == Cause.UNDETERMINED
            ? NAMED
            : Math.min(
                confidence(cause, likelihoods.get(0).probability(), endedBy),
                highest(cause, likelier)),
        cause.isBenign(),
        end.silenceNanos(),
        likelihoods,
        () -> Sentences.of(cause, end, likelihoods),
        reasons(likelier, likelihoods));
  }

  private Case followed(boolean byMiddlebox) {
    End end =
        new End(
            flowContext,
            first,
            verdict,
            captureContext,
            recurrence.at(place),
            recurrence.nearby(place),
            bounded,
            byMiddlebox);
    Set<Fact> facts = EnumSet.noneOf(Fact.class);
    double[] logOdds = new double[CAUSES.length];
    boolean[] competing = new boolean[CAUSES.length];
    for (Fact fact : Fact.of(end.manner())) {
      if (fact.holds(end)) {
        facts.add(fact);
        CauseTable.addTo(logOdds, competing, fact);
      }
    }
    return new Case(end, facts, probabilities(logOdds, competing));
  }

  /** Log-odds become probabilities, in their place. */
  private static double[] probabilities(double[] logOdds, boolean[] competing) {
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < logOdds.length; i++) {
      most = competing[i] ? Math.max(most, logOdds[i]) : most;
    }
    double sum = 0;
    for (int i = 0; i < logOdds.length; i++) {
      logOdds[i] = competing[i] ? Math.exp(logOdds[i] - most) : OUT;
      sum += competing[i] ? logOdds[i] : 0;
    }
    for (int i = 0; i < logOdds.length; i++) {
      logOdds[i] = competing[i] ? logOdds[i] / sum : OUT;
    }
    return logOdds;
  }

  private static void share(Case followed, double probability, double[] shared) {
    if (followed != null) {
      for (int i = 0; i < shared.length; i++) {
        double one = followed.probabilities[i];
        if (one != OUT) {
          shared[i] = Math.max(shared[i], 0) + probability * one;
        }
      }
    }
  }

  private static List<Alternative> sorted(double[] shared) {
    List<Alternative> sorted = new ArrayList<>();
    for (int i = 0; i < shared.length; i++) {
      if (shared[i] != OUT) {
        sorted.add(new Alternative(CAUSES[i], shared[i]));
      }
    }
    sorted.sort((one, other) -> Double.compare(other.probability(), one.probability()));
    return sorted;
  }

  /** The case that speaks most for that cause. */
  private static Case likelier(Cause cause, Case ifClaimed, double claimed, Case ifMiddlebox) {
    if (ifClaimed == null || ifMiddlebox == null) {
      return ifClaimed == null ? ifMiddlebox : ifClaimed;
    }
    double one = claimed * ifClaimed.probability(cause);
    double other = (1 - claimed) * ifMiddlebox.probability(cause);
    return one >= other ? ifClaimed : ifMiddlebox;
  }

  /** Never surer than who sent the reset that it rests on, nor than the names of the sides. */
  private double confidence(Cause cause, double probability, Sender endedBy) {
    double highest = SUREST;
    ResetObservation reset = first.way() == Way.RESET ? flow.decisiveReset() : null;
    if (reset != null && verdict != null && !Endings.isSaid(cause)) {
      highest = Math.min(highest, Math.max(verdict.confidence(), NAMED));
    }
    boolean named = endedBy == Sender.CLIENT || endedBy == Sender.BROKER;
    if (flow.rolesGuessed() && named) {
      highest = Math.min(highest, Weights.MAX_WHEN_ROLES_GUESSED);
    }
    return Math.min(probability, highest);
  }

  /** A proxy's timer, or a program that ended at its time: no weight makes one of them surer. */
  private static boolean isEither(Case followed) {
    return followed.facts.contains(Fact.IDLE_ALL_ITS_LIFE)
        && followed.probability(Cause.IDLE_TIMEOUT) >= ALIKE
        && followed.probability(Cause.CLIENT_ABORT) >= ALIKE;
  }

  /** One silence before one end may be chance, however round it is. */
  private static double highest(Cause cause, Case followed) {
    if (cause == Cause.IDLE_TIMEOUT && followed.facts.contains(Fact.IDLE_ALL_ITS_LIFE)) {
      return OF_PROGRAM_OR_PROXY;
    }
    boolean alone =
        cause == Cause.IDLE_TIMEOUT
            && !followed.end.first().answers()
            && !followed.end.isByMiddlebox()
            && Collections.disjoint(followed.facts, MORE_THAN_ONE_SILENCE);
    return alone ? highestAlone(followed.facts) : SUREST;
  }

  private static double highestAlone(Set<Fact> facts) {
    if (facts.contains(Fact.ROUND_MEDIUM) || facts.contains(Fact.ROUND_LONG)) {
      return OF_ONE_SILENCE;
    }
    return facts.contains(Fact.ROUND_SHORT) ? OF_ONE_SHORT_SILENCE : OF_ONE_ODD_SILENCE;
  }

  /** What decided between the likeliest cause and the next one. */
  private static Supplier<List<CauseEvidence>> reasons(Case followed, List<Alternative> ranked) {
    Cause best = null;
    Cause next = Cause.UNDETERMINED;
    for (Alternative each : ranked) {
      if (followed.competes(each.cause())) {
        if (best != null) {
          next = each.cause();
          break;
        }
        best = each.cause();
      }
    }
    return best == null ? List::of : new Reasons(followed.end, followed.facts, best, next);
  }
}
