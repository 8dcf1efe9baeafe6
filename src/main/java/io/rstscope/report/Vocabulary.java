package io.rstscope.report;

import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.CauseTable;
import io.rstscope.judge.cause.Fact;
import io.rstscope.judge.context.ProxySign;
import io.rstscope.judge.context.Vantage;
import io.rstscope.judge.sender.ClueKind;
import io.rstscope.judge.sender.Sender;
import io.rstscope.judge.timer.Expiry;
import io.rstscope.judge.timer.KnownDevice;
import io.rstscope.reset.Role;
import io.rstscope.reset.Shape;
import io.rstscope.reset.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Every word and every name that a report may hold, with its meaning: the table behind {@code
 * rstscope explain}.
 */
public final class Vocabulary {
  /**
   * One entry.
   *
   * @param kind the group it belongs to, such as {@code cause}
   * @param word as reports have it; for a field its path, such as {@code resets[].frame}
   * @param weights of the table of causes: those of a fact, or those for and against a cause
   * @param reason why a fact has these weights; empty for all else
   */
  public record Entry(
      String kind, String word, String explanation, List<CauseWeight> weights, String reason) {
    private Entry(String kind, String word, String explanation) {
      this(kind, word, explanation, List.of(), "");
    }

    /** Whether it is a line of the table of causes. */
    public boolean isFact() {
      return !reason.isEmpty();
    }
  }

  private Vocabulary() {}

  /** All entries, by kind. */
  public static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    add(entries, "sender, ended_by", Sender.values());
    for (Cause cause : Cause.values()) {
      String harmless = cause.isBenign() ? " (harmless)" : "";
      entries.add(
          new Entry(
              "cause", cause.word(), cause.explanation() + harmless, CauseWeight.of(cause), ""));
    }
    for (Fact fact : Fact.values()) {
      entries.add(
          new Entry(
              "fact",
              fact.word(),
              fact.explanation(),
              CauseWeight.of(fact),
              CauseTable.of(fact).reason()));
    }
    add(entries, "clue", ClueKind.values());
    add(entries, "shape", Shape.values());
    add(entries, "role", Role.values());
    add(entries, "expiry", Expiry.values());
    add(entries, "proxy sign", ProxySign.values());
    add(entries, "vantage", Vantage.values());
    add(entries, "device", KnownDevice.values());
    add(entries, "field", Field.values());
    add(entries, "CSV column", Column.values());
    return entries;
  }

  private static void add(List<Entry> entries, String kind, Term[] terms) {
    for (Term term : terms) {
      entries.add(new Entry(kind, term.word(), term.explanation()));
    }
  }

  /** The entries for that word; for a field its last part is enough. Empty when there is none. */
  public static List<Entry> find(String word) {
    String wanted = word.toLowerCase(Locale.ROOT);
    return all().stream()
        .filter(entry -> entry.word().equals(wanted) || lastPart(entry.word()).equals(wanted))
        .toList();
  }

  private static String lastPart(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
