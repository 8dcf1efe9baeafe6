package io.rstscope.judge.cause;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of what each fact says of each cause. */
class CauseTableTest {
  private static final Path SPECIFICATIONS =
      Path.of("src", "test", "java", "io", "rstscope", "judge", "cause");

  /** Always so: there is no innocent twin. */
  private static final Set<Fact> ALWAYS = EnumSet.of(Fact.ANY_END);

  /** A word on its own leaves every other cause this far behind: twenty to one. */
  private static final double DECIDES = 3;

  private static List<String> lines() throws IOException {
    try (InputStream file = CauseTable.class.getResourceAsStream("causes.txt")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldGiveEachFactALineWithWeightsAndAReason(Fact fact) {
    CauseTable.Row row = CauseTable.of(fact);

    assertFalse(row.weights().isEmpty(), "weights");
    assertFalse(row.reason().isBlank(), "a reason");
    assertFalse(row.reason().endsWith("."), "reasons are clauses");
    row.weights().forEach((cause, weight) -> assertTrue(Math.abs(weight) <= 14, cause.word()));
  }

  @Test
  void shouldHoldOneLineForEachFactAndNoOther() throws IOException {
    List<String> words = lines().stream().map(line -> line.split("\\|")[0].trim()).toList();
    Set<String> facts = Arrays.stream(Fact.values()).map(Fact::word).collect(Collectors.toSet());

    assertEquals(words.size(), new HashSet<>(words).size(), "a fact has two lines");
    assertEquals(facts, new HashSet<>(words));
  }

  @Test
  void shouldReadTheWeightsAsTheyAreWritten() {
    assertEquals(
        Map.of(Cause.CLIENT_ABORT, 3.0, Cause.IDLE_TIMEOUT, 1.0, Cause.PROXY_FAILURE, 0.2),
        CauseTable.of(Fact.FIN_BY_CLIENT).weights());
    assertEquals(-1.3, CauseTable.of(Fact.NOT_ROUND).weights().get(Cause.IDLE_TIMEOUT));
  }

  @Test
  void shouldLetEachCauseCompete() {
    Set<Cause> never = EnumSet.allOf(Cause.class);
    for (Fact fact : Fact.values()) {
      CauseTable.of(fact)
          .weights()
          .forEach(
              (cause, weight) -> {
                if (weight > 0) {
                  never.remove(cause);
                }
              });
    }

    assertEquals(EnumSet.noneOf(Cause.class), never);
  }

  /** Words are those said of the whole connection, and of the reason for its end. */
  @ParameterizedTest
  @EnumSource(
      names = {
        "CLOSED_BY_CLIENT",
        "CLOSED_BY_BROKER",
        "IDLE_SAID",
        "SHUTDOWN_SAID",
        "LOGIN_REFUSED",
        "VERSION_REFUSED",
        "CONSUMER_TIMED_OUT"
      })
  void shouldLetWordsOfAmqpDecideAgainstAnyWayOfEnding(Fact word) {
    Map<Cause, Double> said = CauseTable.of(word).weights();
    Cause best = said.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    for (Fact way :
        List.of(
            Fact.FIN_BY_CLIENT,
            Fact.FIN_BY_BROKER,
            Fact.RESET_BY_CLIENT,
            Fact.RESET_BY_BROKER,
            Fact.RESET_BY_MIDDLEBOX,
            Fact.NO_ANSWER)) {
      for (Fact moment : List.of(Fact.BUSY, Fact.ROUND_LONG, Fact.MANY_AT_ONCE)) {
        for (Cause other : Cause.values()) {
          double ahead =
              sum(best, word, way, moment, Fact.ANY_END)
                  - sum(other, word, way, moment, Fact.ANY_END);
          assertTrue(
              other == best || ahead >= DECIDES,
              () -> way.word() + ", " + moment.word() + ": " + other.word() + " " + ahead);
        }
      }
    }
  }

  private static double sum(Cause cause, Fact... facts) {
    double sum = 0;
    for (Fact fact : facts) {
      sum += CauseTable.of(fact).weights().getOrDefault(cause, 0.0);
    }
    return sum;
  }

  @Test
  void shouldHaveAStoryForEachFactAndAnInnocentTwin() throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(SPECIFICATIONS)) {
      for (Path file : files.toList()) {
        text.append(Files.readString(file));
      }
    }
    assertEquals(Set.of(), without("assertHolds(IfItsHostSentIt)?", text), "facts without a story");
    assertEquals(Set.of(), without("assertHoldsNot", text), "facts without an innocent twin");
  }

  private static Set<String> without(String assertion, CharSequence text) {
    Set<String> facts = new TreeSet<>();
    for (Fact fact : Fact.values()) {
      if (!ALWAYS.contains(fact)) {
        facts.add(fact.name());
      }
    }
    Matcher told = Pattern.compile("\\b" + assertion + "\\(\\s*Fact\\.(?<fact>\\w+)").matcher(text);
    while (told.find()) {
      facts.remove(told.group("fact"));
    }
    return facts;
  }
}
