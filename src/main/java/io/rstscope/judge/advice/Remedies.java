package io.rstscope.judge.advice;

import io.rstscope.judge.cause.Cause;
import io.rstscope.net.TableFile;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What helps against each cause, read from {@code remedies.txt}: there and nowhere else. */
final class Remedies {
  private static final String FILE = "remedies.txt";

  /** The word of the line that names a cause as one of several. */
  private static final String IF = "if";

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
    TableFile.rows(Remedies.class, FILE, 4).forEach(table::add);
    return table;
  }

  private void add(String[] columns) {
    Cause cause = Cause.named(columns[0]);
    String when = columns[1];
    String toDo = columns[2];
    if (when.equals(IF)) {
      clauses.put(cause, toDo);
      return;
    }
    List<String> checks = columns[3].isEmpty() ? List.of() : List.of(columns[3].split(", *"));
    remedies
        .computeIfAbsent(cause, key -> new ArrayList<>())
        .add(new Remedy(When.of(when), toDo, checks));
  }
}
