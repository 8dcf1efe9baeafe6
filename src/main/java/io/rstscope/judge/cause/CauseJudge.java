package io.rstscope.judge.cause;

import io.rstscope.judge.context.FirstEnd;
import io.rstscope.judge.context.FirstEnd.Way;
import io.rstscope.judge.context.FlowCase;
import io.rstscope.judge.context.Surroundings;
import io.rstscope.judge.sender.Sender;
import io.rstscope.judge.sender.Verdict;
import io.rstscope.judge.sender.Weights;
import io.rstscope.judge.timer.IdleTimer;
import io.rstscope.judge.timer.Recurrence;
import io.rstscope.reset.FlowObservation;
import io.rstscope.reset.ResetObservation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

  /** Of a timer that shows in one round silence only. */
  private static final double OF_ONE_SILENCE = 0.85;

  private static final Set<Fact> MORE_THAN_ONE_SILENCE =
      EnumSet.of(Fact.RECURS, Fact.RECURS_SURELY, Fact.FIN_THEN_RESET, Fact.PROXY_HEADER);

  private static final Fact[] FACTS = Fact.values();
  private static final Cause[] CAUSES = Cause.values();

  private final FlowCase flowCase;
  private final FlowObservation flow;
  private final FirstEnd first;
  private final Verdict verdict;
  private final Surroundings surroundings;
  private final Recurrence recurrence;
  private final int place;
  private final IdleTimer bounded;

  /** What follows if one side, or something in the path, sent the reset. */
  private record Case(End end, List<Fact> facts, Map<Cause, Double> probabilities) {}

  private CauseJudge(
      FlowCase flowCase,
      FirstEnd first,
      List<Verdict> verdicts,
      Surroundings surroundings,
      Recurrence recurrence,
      int place,
      IdleTimer bounded) {
    this.flowCase = flowCase;
    this.flow = flowCase.observation();
    this.first = first;
    int decisive = flow.placeOfDecisive();
    this.verdict = decisive < 0 ? null : verdicts.get(decisive);
    this.surroundings = surroundings;
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
      FlowCase flowCase,
      FirstEnd first,
      List<Verdict> verdicts,
      Surroundings surroundings,
      Recurrence recurrence,
      int place,
      IdleTimer bounded) {
    return new CauseJudge(flowCase, first, verdicts, surroundings, recurrence, place, bounded)
        .ending();
  }

  /**
   * All facts that hold for an end, as {@link #judge} sees it.
   *
   * @param byMiddlebox whether something in the path is taken for the sender of its reset
   */
  static List<Fact> facts(
      FlowCase flowCase,
      FirstEnd first,
      List<Verdict> verdicts,
      Surroundings surroundings,
      Recurrence recurrence,
      int place,
      IdleTimer bounded,
      boolean byMiddlebox) {
    return new CauseJudge(flowCase, first, verdicts, surroundings, recurrence, place, bounded)
        .followed(byMiddlebox)
        .facts;
  }

  private Ending ending() {
    double claimed = first.way() == Way.RESET && verdict != null ? verdict.claimed() : 1;
    Case ifClaimed = claimed < 1 - SETTLED ? null : followed(false);
    Case ifMiddlebox = claimed > SETTLED ? null : followed(true);
    Map<Cause, Double> shared = new EnumMap<>(Cause.class);
    share(ifClaimed, ifMiddlebox == null ? 1 : claimed, shared);
    share(ifMiddlebox, ifClaimed == null ? 1 : 1 - claimed, shared);
    Map<Cause, Double> likelihoods = sorted(shared);
    Cause best = likelihoods.keySet().iterator().next();
    Case likelier = likelier(best, ifClaimed, claimed, ifMiddlebox);
    Cause cause = likelihoods.get(best) < NAMED ? Cause.UNDETERMINED : best;
    likelihoods = Calibration.of(likelihoods);
    Sender endedBy = Endings.endedBy(cause, likelier.end, verdict);
    return new Ending(
        endedBy,
        cause,
        cause == Cause.UNDETERMINED
            ? NAMED
            : Math.min(confidence(cause, likelihoods.get(best), endedBy), highest(cause, likelier)),
        cause.isBenign(),
        likelier.end.silenceNanos(),
        Sentences.of(cause, likelier.end, likelihoods),
        likelihoods,
        evidence(likelier, likelihoods));
  }

  private Case followed(boolean byMiddlebox) {
    End end =
        new End(
            flowCase,
            first,
            verdict,
            surroundings,
            recurrence.at(place),
            recurrence.nearby(place),
            bounded,
            byMiddlebox);
    List<Fact> facts = new ArrayList<>();
    double[] logOdds = new double[CAUSES.length];
    boolean[] competing = new boolean[CAUSES.length];
    for (Fact fact : FACTS) {
      if (fact.holds(end)) {
        facts.add(fact);
        CauseTable.addTo(logOdds, competing, fact);
      }
    }
    return new Case(end, facts, probabilities(logOdds, competing));
  }

  private static Map<Cause, Double> probabilities(double[] logOdds, boolean[] competing) {
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < logOdds.length; i++) {
      most = competing[i] ? Math.max(most, logOdds[i]) : most;
    }
    double sum = 0;
    for (int i = 0; i < logOdds.length; i++) {
      logOdds[i] = competing[i] ? Math.exp(logOdds[i] - most) : 0;
      sum += logOdds[i];
    }
    Map<Cause, Double> shares = new EnumMap<>(Cause.class);
    for (int i = 0; i < logOdds.length; i++) {
      if (competing[i]) {
        shares.put(CAUSES[i], logOdds[i] / sum);
      }
    }
    return shares;
  }

  private static void share(Case followed, double probability, Map<Cause, Double> shared) {
    if (followed != null) {
      followed.probabilities.forEach(
          (cause, one) -> shared.merge(cause, probability * one, Double::sum));
    }
  }

  private static Map<Cause, Double> sorted(Map<Cause, Double> probabilities) {
    Map<Cause, Double> sorted = new LinkedHashMap<>();
    probabilities.entrySet().stream()
        .sorted((one, other) -> Double.compare(other.getValue(), one.getValue()))
        .forEach(each -> sorted.put(each.getKey(), each.getValue()));
    return sorted;
  }

  /** The case that speaks most for that cause. */
  private static Case likelier(Cause cause, Case ifClaimed, double claimed, Case ifMiddlebox) {
    if (ifClaimed == null || ifMiddlebox == null) {
      return ifClaimed == null ? ifMiddlebox : ifClaimed;
    }
    double one = claimed * ifClaimed.probabilities.getOrDefault(cause, 0.0);
    double other = (1 - claimed) * ifMiddlebox.probabilities.getOrDefault(cause, 0.0);
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

  /** One silence before one end may be chance, however round it is. */
  private static double highest(Cause cause, Case followed) {
    boolean alone =
        cause == Cause.IDLE_TIMEOUT
            && !followed.end.first().answers()
            && !followed.end.isByMiddlebox()
            && followed.facts.stream().noneMatch(MORE_THAN_ONE_SILENCE::contains);
    return alone ? OF_ONE_SILENCE : SUREST;
  }

  /** What decided between the likeliest cause and the next one. */
  private List<CauseEvidence> evidence(Case followed, Map<Cause, Double> likelihoods) {
    List<Cause> ranked =
        likelihoods.keySet().stream().filter(followed.probabilities::containsKey).toList();
    if (ranked.isEmpty()) {
      return List.of();
    }
    Cause best = ranked.get(0);
    Cause next = ranked.size() > 1 ? ranked.get(1) : Cause.UNDETERMINED;
    List<Long> frames = List.of(Endings.frame(flow, first));
    List<CauseEvidence> evidence = new ArrayList<>();
    for (Fact fact : followed.facts) {
      Map<Cause, Double> weights = CauseTable.of(fact).weights();
      double difference = weights.getOrDefault(best, 0.0) - weights.getOrDefault(next, 0.0);
      if (difference != 0 && fact != Fact.ANY_END) {
        evidence.add(
            new CauseEvidence(
                fact,
                difference > 0 ? best : next,
                Math.abs(difference),
                () -> fact.says(followed.end),
                frames));
      }
    }
    evidence.sort((one, other) -> Double.compare(other.weight(), one.weight()));
    return List.copyOf(evidence);
  }
}
