package io.rstscope.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequenceNumberTest {
  @ParameterizedTest
  @CsvSource({
    "7, 7, 0",
    "8, 7, 1",
    "7, 8, -1",
    "0, -1, 1",
    "-1, 0, -1",
    "5, -3, 8",
    "2147483647, -2147483648, -1",
    "-2147483648, 2147483647, 1",
    "2147483647, 0, 2147483647"
  })
  void shouldCompareAcrossTheWrap(int a, int b, int difference) {
    assertEquals(difference, SequenceNumber.difference(a, b));
    assertEquals(difference > 0, SequenceNumber.isAfter(a, b));
    assertEquals(difference >= 0, SequenceNumber.isAtOrAfter(a, b));
    assertEquals(difference >= 0 ? a : b, SequenceNumber.later(a, b));
  }
}
