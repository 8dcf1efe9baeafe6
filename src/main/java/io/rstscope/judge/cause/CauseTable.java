package io.rstscope.judge.cause;

import io.rstscope.reset.Term;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

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

  /** The weights of a line in the order of the causes, 0 for others, as they are added up. */
  private final Map<Fact, double[]> inOrder = new EnumMap<>(Fact.class);

  private final Map<String, Cause> causes = byWord(Cause.values());
  private final Map<String, Fact> facts = byWord(Fact.values());
  private final Map<Fact, Row> rows = new EnumMap<>(Fact.class);

  private CauseTable() {}

  /** The line of that fact; each has one. */
  public static Row of(Fact fact) {
    return TABLE.rows.get(fact);
  }

  /** Adds the weights of that fact to those of other facts, in the order of the causes. */
  static void addTo(double[] logOdds, boolean[] competing, Fact fact) {
    double[] weights = TABLE.inOrder.get(fact);
    for (int i = 0; i < weights.length; i++) {
      logOdds[i] += weights[i];
      competing[i] |= weights[i] > 0;
    }
  }

  private static CauseTable read() {
    CauseTable table = new CauseTable();
    try (InputStream file = CauseTable.class.getResourceAsStream(FILE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      lines.lines().filter(line -> !line.isBlank() && line.charAt(0) != '#').forEach(table::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (Fact fact : Fact.values()) {
      if (!table.rows.containsKey(fact)) {
        throw new IllegalStateException("no line for " + fact.word() + " in " + FILE);
      }
    }
    return table;
  }

  private void add(String line) {
    String[] parts = line.split("\\|", 3);
    Map<Cause, Double> weights = new EnumMap<>(Cause.class);
    double[] byCause = new double[Cause.values().length];
    for (String weight : parts[1].split(",")) {
      String[] words = weight.trim().split(" ");
      Cause cause = named(causes, words[0]);
      weights.put(cause, Double.valueOf(words[1]));
      byCause[cause.ordinal()] = weights.get(cause);
    }
    Fact fact = named(facts, parts[0].trim());
    inOrder.put(fact, byCause);
    Row before = rows.put(fact, new Row(weights, parts[2].trim()));
    if (before != null) {
      throw new IllegalStateException("two lines for " + parts[0].trim() + " in " + FILE);
    }
  }

  private static <T extends Term> Map<String, T> byWord(T[] terms) {
    return Arrays.stream(terms).collect(Collectors.toMap(Term::word, term -> term));
  }

  private static <T> T named(Map<String, T> terms, String word) {
    T term = terms.get(word);
    if (term == null) {
      throw new IllegalStateException("no such word: " + word);
    }
    return term;
  }
}
