package io.rstscope.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.Fact;
import io.rstscope.judge.context.ProxySign;
import io.rstscope.judge.context.Vantage;
import io.rstscope.judge.timer.Expiry;
import io.rstscope.judge.timer.KnownDevice;
import io.rstscope.net.Term;
import io.rstscope.reset.Role;
import io.rstscope.reset.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The words of reports: each is explained, and looks like the others. */
class TermsTest {
  static Stream<List<Term>> vocabularies() {
    return Stream.of(
        List.of(Cause.values()),
        List.of(Fact.values()),
        List.of(ProxySign.values()),
        List.of(Vantage.values()),
        List.of(Expiry.values()),
        List.of(KnownDevice.values()),
        List.of(Role.values()),
        List.of(Shape.values()));
  }

  @ParameterizedTest
  @MethodSource("vocabularies")
  void shouldBeWordsOfTheirOwnWithAnExplanation(List<Term> terms) {
    Set<String> words = new HashSet<>();
    for (Term term : terms) {
      assertTrue(term.word().matches("[a-z0-9]+(-[a-z0-9]+)*"), term.word());
      assertFalse(term.explanation().isBlank(), term.word());
      assertFalse(term.explanation().endsWith("."), term.word() + " is explained by a clause");
      words.add(term.word());
    }
    assertEquals(terms.size(), words.size());
  }
}
