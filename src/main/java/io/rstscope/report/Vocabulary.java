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
import io.rstscope.net.Term;
import io.rstscope.report.csv.Column;
import io.rstscope.report.json.Field;
import io.rstscope.report.words.CauseWeight;
import io.rstscope.reset.Role;
import io.rstscope.reset.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Every word and every name that a report may hold, with its meaning: the table behind {@code
 * rstscope explain}.
 */
public final class Vocabulary {
  /** What an entry is of. */
  public enum Kind implements Term {
    SENDER("who sent a reset, or ended a connection"),
    CAUSE("why a connection ended"),
    FACT("what was seen of an ending, for or against its causes"),
    CLUE("what shows who sent a reset"),
    SHAPE("what a reset looks like"),
    ROLE("what a reset did to its connection"),
    EXPIRY("what a device does when its idle timer expires"),
    PROXY_SIGN("what shows that the broker's TCP peer may be a proxy"),
    VANTAGE("where a capture was made"),
    DEVICE("devices and services whose idle timers are known"),
    FIELD("the fields of the JSON report and of the notices"),
    COLUMN("the columns of the CSV report");

    private final String explanation;

    Kind(String explanation) {
      this.explanation = explanation;
    }

    @Override
    public String word() {
      return Term.ofName(this);
    }

    @Override
    public String explanation() {
      return explanation;
    }

    /** The kind of that name, also in the plural; null when there is none. */
    public static Kind named(String word) {
      String wanted = word.toLowerCase(Locale.ROOT);
      return Arrays.stream(values())
          .filter(kind -> wanted.equals(kind.word()) || wanted.equals(kind.word() + "s"))
          .findFirst()
          .orElse(null);
    }
  }

  /**
   * One entry.
   *
   * @param word as reports have it; for a field its path, such as {@code resets[].frame}
   * @param weights of the table of causes: those of a fact, or those for and against a cause
   * @param reason why a fact has these weights; empty for all else
   */
  public record Entry(
      Kind kind, String word, String explanation, List<CauseWeight> weights, String reason) {
    private Entry(Kind kind, Term term) {
      this(kind, term.word(), term.explanation(), List.of(), "");
    }

    /** Whether it is a line of the table of causes. */
    public boolean isFact() {
      return kind == Kind.FACT;
    }

    /** The word; of a path its last part, which is found as well. */
    public String name() {
      return word.substring(word.lastIndexOf('.') + 1);
    }
  }

  private Vocabulary() {}

  /** All entries, by kind. */
  public static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      entries.addAll(of(kind));
    }
    return entries;
  }

  /** All entries of a kind. */
  public static List<Entry> of(Kind kind) {
    return switch (kind) {
      case SENDER -> entries(kind, Sender.values());
      case CAUSE -> Arrays.stream(Cause.values()).map(Vocabulary::entry).toList();
      case FACT -> Arrays.stream(Fact.values()).map(Vocabulary::entry).toList();
      case CLUE -> entries(kind, ClueKind.values());
      case SHAPE -> entries(kind, Shape.values());
      case ROLE -> entries(kind, Role.values());
      case EXPIRY -> entries(kind, Expiry.values());
      case PROXY_SIGN -> entries(kind, ProxySign.values());
      case VANTAGE -> entries(kind, Vantage.values());
      case DEVICE -> entries(kind, KnownDevice.values());
      case FIELD -> entries(kind, Field.values());
      case COLUMN -> entries(kind, Column.values());
    };
  }

  private static List<Entry> entries(Kind kind, Term[] terms) {
    return Arrays.stream(terms).map(term -> new Entry(kind, term)).toList();
  }

  private static Entry entry(Cause cause) {
    String harmless = cause.isBenign() ? " (harmless)" : "";
    return new Entry(
        Kind.CAUSE, cause.word(), cause.explanation() + harmless, CauseWeight.of(cause), "");
  }

  private static Entry entry(Fact fact) {
    return new Entry(
        Kind.FACT,
        fact.word(),
        fact.explanation(),
        CauseWeight.of(fact),
        CauseTable.of(fact).reason());
  }

  /** The entries for that word; for a field its last part is enough. Empty when there is none. */
  public static List<Entry> find(String word) {
    String wanted = word.toLowerCase(Locale.ROOT);
    return where(entry -> entry.word().equals(wanted) || entry.name().equals(wanted));
  }

  /** The entries that begin with it; for a field any part of its path may. */
  public static List<Entry> startingWith(String prefix) {
    String wanted = prefix.toLowerCase(Locale.ROOT);
    return where(entry -> entry.word().startsWith(wanted) || entry.word().contains("." + wanted));
  }

  /**
   * The names that are nearly that word, or begin with something that is; of each kind the shortest
   * of the nearest, three at most.
   */
  public static List<String> suggestions(String word) {
    Spelling wanted = new Spelling(word.toLowerCase(Locale.ROOT));
    int nearest =
        all().stream().mapToInt(entry -> wanted.distance(entry.name())).min().orElseThrow();
    List<String> names = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      of(kind).stream()
          .map(Entry::name)
          .filter(name -> nearest <= wanted.tolerance() && wanted.distance(name) == nearest)
          .filter(name -> !names.contains(name))
          .min(Comparator.comparingInt(String::length))
          .ifPresent(names::add);
    }
    return names.subList(0, Math.min(names.size(), 3));
  }

  private static List<Entry> where(Predicate<Entry> wanted) {
    return all().stream().filter(wanted).toList();
  }
}
