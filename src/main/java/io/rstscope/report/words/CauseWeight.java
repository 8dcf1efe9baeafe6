package io.rstscope.report.words;

import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.CauseTable;
import io.rstscope.judge.cause.Fact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A weight of the table of causes, as {@code rstscope explain} shows it: so the table documents
 * itself.
 *
 * @param weight natural log-odds that the fact adds to the cause; below 0 it speaks against it
 * @param word the fact where a cause is explained, and the cause where a fact is
 * @param says what the fact is; empty where it is known already
 */
public record CauseWeight(double weight, String word, String says) {
  /** What speaks for before what speaks against, and the stronger first. */
  private static final Comparator<CauseWeight> STRONGEST_FIRST =
      Comparator.comparing((CauseWeight each) -> each.weight < 0)
          .thenComparing(each -> -Math.abs(each.weight));

  /** What a fact says of causes: first what it speaks for, then against, strongest first. */
  public static List<CauseWeight> of(Fact fact) {
    List<CauseWeight> weights = new ArrayList<>();
    CauseTable.of(fact)
        .weights()
        .forEach((cause, weight) -> weights.add(new CauseWeight(weight, cause.word(), "")));
    weights.sort(STRONGEST_FIRST);
    return List.copyOf(weights);
  }

  /** The facts that speak for a cause, then those against it, strongest first. */
  public static List<CauseWeight> of(Cause cause) {
    List<CauseWeight> weights = new ArrayList<>();
    for (Fact fact : Fact.values()) {
      double weight = CauseTable.of(fact).weights().getOrDefault(cause, 0.0);
      if (weight != 0) {
        weights.add(new CauseWeight(weight, fact.word(), fact.explanation()));
      }
    }
    weights.sort(STRONGEST_FIRST);
    return List.copyOf(weights);
  }

  /** With its sign: {@code +5.0}, {@code -1.3}; {@code 0.0} says nothing. */
  public String signed() {
    return weight == 0 ? "0.0" : String.format(Locale.ROOT, "%+.1f", weight);
  }
}
