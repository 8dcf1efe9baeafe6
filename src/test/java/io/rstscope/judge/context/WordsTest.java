package io.rstscope.judge.context;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers as people read them. */
class WordsTest {
  @ParameterizedTest
  @CsvSource({
    "999, 999 ns",
    "1000, 1 µs",
    "999999, 1000 µs",
    "1000000, 1.00 ms",
    "9999999, 10.00 ms",
    "10000000, 10 ms",
    "999999999, 1000 ms",
    "1000000000, 1.00 s",
    "9999999999, 10.00 s",
    "10000000000, 10.0 s",
    "119990000000, 120.0 s",
    "120000000000, 2 min 0 s",
    "151370000000, 2 min 31 s",
    "7199000000000, 119 min 59 s",
    "7200000000000, 2 h 0 min",
    "9000000000000, 2 h 30 min"
  })
  void shouldGiveDurationsInTheirUnit(long nanos, String words) {
    assertEquals(words, Words.duration(nanos));
  }

  @ParameterizedTest
  @CsvSource({
    "3030000000, 3.03 s",
    "10000000000, 10.0 s",
    "349820000000, 349.8 s",
    "999900000000, 999.9 s",
    "1000000000000, 1000 s",
    "3600400000000, 3600 s"
  })
  void shouldGiveTimersInSeconds(long nanos, String words) {
    assertEquals(words, Words.seconds(nanos));
  }

  @Test
  void shouldCountInSingularAndPlural() {
    assertEquals("1 packet", Words.count(1, "packet"));
    assertEquals("0 packets", Words.count(0, "packet"));
    assertEquals("3 packets", Words.count(3, "packet"));
  }
}
