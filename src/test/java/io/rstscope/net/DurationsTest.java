package io.rstscope.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "7, 7 ns",
    "1000, 1.00 µs",
    "210000, 210 µs",
    "999600, 1.00 ms",
    "4200000, 4.20 ms",
    "43210000, 43.2 ms",
    "999600000, 1.00 s",
    "4000000000, 4.00 s",
    "3034000000, 3.03 s",
    "9999000000, 10.0 s",
    "99960000000, 100 s",
    "349800000000, 350 s",
    "7199000000000, 7199 s",
    "7200000000000, 2.00 h",
    "8000300000000, 2.22 h",
  })
  void shouldWriteThreeDigitsAndTheUnit(long nanos, String text) {
    assertEquals(text, Durations.text(nanos));
  }

  @ParameterizedTest
  @CsvSource({"-3000000000, -3.00 s", "-9223372036854775808, -2562048 h"})
  void shouldWriteWhatAClockThatWasSetBackShows(long nanos, String text) {
    assertEquals(text, Durations.text(nanos));
  }
}
