package io.rstscope.judge.advice;

import io.rstscope.judge.cause.Cause;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What helps against each cause, read from {@code remedies.txt}: there and nowhere else. */
final class Remedies {
  private static final String FILE = "remedies.txt";

  /** The word of the line that names a cause as one of several. */
  private static final String IF = "if";

  private static final int COLUMNS = 4;
  private static final int CHECKS = 3;
  private static final Remedies TABLE = read();

  private final Map<Cause, List<Remedy>> remedies = new EnumMap<>(Cause.class);
  private final Map<Cause, String> clauses = new EnumMap<>(Cause.class);

  private Remedies() {}

  /** In the order in which they are given; none for what is harmless. */
  static List<Remedy> against(Cause cause) {
    return TABLE.remedies.getOrDefault(cause, List.of());
  }

  /** The cause as one of several, a clause to follow "if"; null when nothing is to be done. */
  static String clause(Cause cause) {
    return TABLE.clauses.get(cause);
  }

  private static Remedies read() {
    Remedies table = new Remedies();
    try (InputStream file = Remedies.class.getResourceAsStream(FILE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank() && line.charAt(0) != '#') {
          table.add(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return table;
  }

  private void add(String line) {
    String[] columns = line.split("\\|", COLUMNS);
    Cause cause = cause(columns[0].trim());
    String when = columns[1].trim();
    String toDo = columns[2].trim();
    if (when.equals(IF)) {
      clauses.put(cause, toDo);
      return;
    }
    List<String> checks = new ArrayList<>();
    for (String check : columns[CHECKS].trim().split(", *")) {
      if (!check.isEmpty()) {
        checks.add(check);
      }
    }
    remedies
        .computeIfAbsent(cause, key -> new ArrayList<>())
        .add(new Remedy(When.of(when), toDo, List.copyOf(checks)));
  }

  private static Cause cause(String word) {
    for (Cause cause : Cause.values()) {
      if (cause.word().equals(word)) {
        return cause;
      }
    }
    throw new IllegalStateException("no such cause: " + word);
  }
}
