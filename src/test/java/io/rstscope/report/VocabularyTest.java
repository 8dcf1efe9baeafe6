package io.rstscope.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.CauseTable;
import io.rstscope.judge.cause.Fact;
import io.rstscope.report.Vocabulary.Kind;
import io.rstscope.report.words.CauseWeight;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {
  private static final String PROMISED_CAUSES =
      "normal-close probe refused client-abort client-gone missed-heartbeats broker-abort"
          + " broker-gone broker-shutdown broker-closed handshake-timeout bad-protocol auth-failure"
          + " idle-timeout state-lost injected-reset proxy-failure silent-drop still-open"
          + " undetermined slow-consumer consumer-timeout rejected-by-host";

  @Test
  void shouldPromiseNoCauseThatNothingSpeaksFor() {
    for (Vocabulary.Entry entry : Vocabulary.all()) {
      if (entry.kind() == Kind.CAUSE) {
        assertTrue(entry.weights().stream().anyMatch(each -> each.weight() > 0), entry.word());
      }
    }
  }

  @Test
  void shouldShowEachWeightOfTheTableWithItsFactAndWithItsCause() {
    int ofFacts = 0;
    for (Fact fact : Fact.values()) {
      Vocabulary.Entry entry = only(Kind.FACT, fact.word());
      CauseTable.Row row = CauseTable.of(fact);
      assertEquals(row.reason(), entry.reason());
      assertEquals(row.weights().size(), entry.weights().size(), fact.word());
      ofFacts += (int) row.weights().values().stream().filter(weight -> weight != 0).count();
    }
    int ofCauses = 0;
    for (Cause cause : Cause.values()) {
      ofCauses += only(Kind.CAUSE, cause.word()).weights().size();
    }

    assertEquals(ofFacts, ofCauses);
  }

  @Test
  void shouldNameTheStrongestFactFirstAndThoseAgainstItLast() {
    List<CauseWeight> weights = only(Kind.CAUSE, "idle-timeout").weights();

    List<Double> speakFor = weights.stream().map(CauseWeight::weight).filter(w -> w > 0).toList();
    List<Double> against = weights.stream().map(CauseWeight::weight).filter(w -> w < 0).toList();
    assertEquals(speakFor.stream().sorted(Comparator.reverseOrder()).toList(), speakFor);
    assertEquals(against.stream().sorted().toList(), against);
    assertEquals(
        weights.subList(speakFor.size(), weights.size()).stream().map(CauseWeight::weight).toList(),
        against);
    assertEquals("busy", weights.get(speakFor.size()).word());
  }

  private static Vocabulary.Entry only(Kind kind, String word) {
    List<Vocabulary.Entry> found =
        Vocabulary.find(word).stream().filter(entry -> entry.kind() == kind).toList();
    assertEquals(1, found.size(), kind + " " + word);
    return found.get(0);
  }

  @Test
  void shouldExplainEveryWord() {
    for (Vocabulary.Entry entry : Vocabulary.all()) {
      assertFalse(entry.word().isBlank());
      assertFalse(entry.explanation().isBlank(), entry.word());
      assertFalse(entry.explanation().endsWith("."), entry.word());
    }
  }

  @Test
  void shouldHoldNoWordTwiceInAKind() {
    Set<String> seen = new HashSet<>();

    for (Vocabulary.Entry entry : Vocabulary.all()) {
      assertTrue(seen.add(entry.kind() + " " + entry.word()), entry.word());
    }
  }

  @Test
  void shouldHoldThePromisedCausesAndNoOthers() {
    assertEquals(
        Set.of(PROMISED_CAUSES.split(" ")),
        Arrays.stream(Cause.values()).map(Cause::word).collect(Collectors.toSet()));
  }

  @Test
  void shouldSayWhichCausesAreHarmless() {
    List<String> harmless =
        Vocabulary.all().stream()
            .filter(entry -> entry.explanation().endsWith("(harmless)"))
            .map(Vocabulary.Entry::word)
            .toList();

    assertEquals(List.of("normal-close", "probe", "still-open"), harmless);
  }

  @Test
  void shouldFindAFieldByItsPathAndByItsLastPart() {
    assertEquals(
        List.of("resets[].shape"),
        Vocabulary.find("resets[].shape").stream().map(Vocabulary.Entry::word).toList());
    assertTrue(
        Vocabulary.find("shape").stream().anyMatch(entry -> entry.word().equals("resets[].shape")));
  }

  @Test
  void shouldFindAWordHoweverItIsWritten() {
    assertEquals(Vocabulary.find("idle-timeout"), Vocabulary.find("Idle-Timeout"));
    assertEquals(Kind.CAUSE, Vocabulary.find("idle-timeout").get(0).kind());
  }

  @Test
  void shouldFindAllMeaningsOfAWord() {
    Set<Kind> kinds =
        Vocabulary.find("undetermined").stream()
            .map(Vocabulary.Entry::kind)
            .collect(Collectors.toSet());

    assertEquals(Set.of(Kind.SENDER, Kind.CAUSE), kinds);
  }

  @Test
  void shouldFindNothingForAWordThatIsNotThere() {
    assertEquals(List.of(), Vocabulary.find("gremlin"));
  }

  @Test
  void shouldFindWhatBeginsWithAWordAtAnyPartOfAPath() {
    List<String> found =
        Vocabulary.startingWith("idle_").stream().map(Vocabulary.Entry::word).toList();

    assertTrue(found.contains("ending.idle_s"), found.toString());
    assertTrue(found.contains("resets[].idle_s.payload"), found.toString());
    assertTrue(found.contains("idle_timers[].clients"), found.toString());
    assertFalse(found.contains("idle-timeout"), found.toString());
  }

  @Test
  void shouldNameAKindInTheSingularAndInThePlural() {
    assertEquals(Kind.CAUSE, Kind.named("cause"));
    assertEquals(Kind.CAUSE, Kind.named("Causes"));
    assertNull(Kind.named("caus"));
  }

  @ParameterizedTest
  @CsvSource({
    "idel, 'idle-timeout, idle, idle_s'",
    "idle-timeuot, idle-timeout",
    "silent_drop, silent-drop",
    "bening, benign",
  })
  void shouldSuggestTheNearestOfEachKindForATypo(String typo, String names) {
    assertEquals(names, String.join(", ", Vocabulary.suggestions(typo)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gremlin", "qqqq", "idle-timeout-of-a-very-patient-firewall"})
  void shouldSuggestNothingForAWordThatIsNoTypo(String word) {
    assertEquals(List.of(), Vocabulary.suggestions(word));
  }
}
