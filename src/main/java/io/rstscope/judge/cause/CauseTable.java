package io.rstscope.judge.cause;

import io.rstscope.net.TableFile;
import io.rstscope.net.Term;
import java.util.EnumMap;
import java.util.Map;

/**
 * What each fact says for or against each cause, read from {@code causes.txt}: all weights are
 * there and nowhere else.
 */
public final class CauseTable {
  private static final String FILE = "causes.txt";
  private static final CauseTable TABLE = read();

  /**
   * A line of the table.
   *
   * @param weights natural log-odds by cause, those that are not 0 or are written as 0
   * @param reason why, a clause
   */
  public record Row(Map<Cause, Double> weights, String reason) {}

  /** The weights by fact and cause, 0 where the line names none, as they are added up. */
  private final double[][] weights = new double[Fact.values().length][];

  private final boolean[][] named = new boolean[Fact.values().length][Cause.values().length];
  private final String[] reasons = new String[Fact.values().length];

  private CauseTable() {}

  /** The line of that fact; each has one. */
  public static Row of(Fact fact) {
    Map<Cause, Double> weights = new EnumMap<>(Cause.class);
    for (Cause cause : Cause.values()) {
      if (TABLE.named[fact.ordinal()][cause.ordinal()]) {
        weights.put(cause, weight(fact, cause));
      }
    }
    return new Row(weights, TABLE.reasons[fact.ordinal()]);
  }

  /** What that fact says for or against that cause, natural log-odds. */
  static double weight(Fact fact, Cause cause) {
    return TABLE.weights[fact.ordinal()][cause.ordinal()];
  }

  /** Adds the weights of that fact to those of other facts, in the order of the causes. */
  static void addTo(double[] logOdds, boolean[] competing, Fact fact) {
    double[] weights = TABLE.weights[fact.ordinal()];
    for (int i = 0; i < weights.length; i++) {
      logOdds[i] += weights[i];
      competing[i] |= weights[i] > 0;
    }
  }

  private static CauseTable read() {
    CauseTable table = new CauseTable();
    Map<String, Fact> facts = Term.byWord(Fact.values());
    for (String[] row : TableFile.rows(CauseTable.class, FILE, 3)) {
      Fact fact = facts.remove(row[0]);
      if (fact == null) {
        throw new IllegalStateException("no such fact, or two lines for it: " + row[0]);
      }
      table.add(fact, row[1], row[2]);
    }
    if (!facts.isEmpty()) {
      throw new IllegalStateException("no line in " + FILE + " for " + facts.keySet());
    }
    return table;
  }

  private void add(Fact fact, String causesAndWeights, String reason) {
    double[] byCause = new double[Cause.values().length];
    for (String causeAndWeight : causesAndWeights.split(",")) {
      String each = causeAndWeight.trim();
      int space = each.indexOf(' ');
      int cause = Cause.named(each.substring(0, space)).ordinal();
      byCause[cause] = Double.parseDouble(each.substring(space + 1));
      named[fact.ordinal()][cause] = true;
    }
    weights[fact.ordinal()] = byCause;
    reasons[fact.ordinal()] = reason;
  }
}
