package io.rstscope.judge.cause;

import io.rstscope.reset.Term;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

  private final Map<Fact, Row> rows = new EnumMap<>(Fact.class);

  private CauseTable() {}

  /** The line of that fact; each has one. */
  public static Row of(Fact fact) {
    return TABLE.rows.get(fact);
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
    for (String weight : parts[1].split(",")) {
      String[] words = weight.trim().split(" ");
      weights.put(named(Cause.values(), words[0]), Double.valueOf(words[1]));
    }
    Row before = rows.put(named(Fact.values(), parts[0].trim()), new Row(weights, parts[2].trim()));
    if (before != null) {
      throw new IllegalStateException("two lines for " + parts[0].trim() + " in " + FILE);
    }
  }

  private static <T extends Term> T named(T[] terms, String word) {
    for (T term : terms) {
      if (term.word().equals(word)) {
        return term;
      }
    }
    throw new IllegalStateException("no such word: " + word);
  }
}
