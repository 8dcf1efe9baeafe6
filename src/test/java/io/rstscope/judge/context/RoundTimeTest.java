package io.rstscope.judge.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which silences somebody would have configured. */
class RoundTimeTest {
  private static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }

  @ParameterizedTest
  @CsvSource({
    "1, SHORT",
    "5, SHORT",
    "8, SHORT",
    "10, MEDIUM",
    "30, MEDIUM",
    "50, MEDIUM",
    "60, LONG",
    "350, LONG",
    "3600, LONG",
    "86400, LONG"
  })
  void shouldKnowWhatPeopleConfigure(double seconds, RoundTime round) {
    assertEquals(round, RoundTime.of(nanos(seconds)));
  }

  @ParameterizedTest
  @CsvSource({"0", "0.5", "7", "9", "11", "31", "59", "61", "303", "355", "3700", "90000", "-1"})
  void shouldKnowWhatNobodyWouldWriteDown(double seconds) {
    assertEquals(RoundTime.NO, RoundTime.of(nanos(seconds)));
  }

  @ParameterizedTest
  @CsvSource({
    "59.987, NO", "59.989, LONG", "60.089, LONG", "60.091, NO", // 12 ms early, 90 ms late
    "0.987, NO", "0.989, SHORT", "8.089, SHORT", "8.091, NO"
  })
  void shouldAllowATimerItsJitterAndNoMore(double seconds, RoundTime round) {
    assertEquals(round, RoundTime.of(nanos(seconds)));
  }

  @Test
  void shouldAllowAsMuchAsIsAskedFor() {
    assertTrue(RoundTime.isNear(nanos(59.7), -0.31, 0));
    assertFalse(RoundTime.isNear(nanos(59.68), -0.31, 0));
    assertFalse(RoundTime.isNear(nanos(60.001), -0.31, 0));
    assertTrue(RoundTime.isNear(nanos(61.09), -0.01, 1.1));
    assertFalse(RoundTime.isNear(nanos(61.11), -0.01, 1.1));
    assertTrue(RoundTime.isNear(nanos(86_400.5), -0.01, 1.1), "the longest");
  }

  @Test
  void shouldBeMetByChanceAsSeldomAsItSays() {
    Random random = new Random(13);
    int longOnes = 0;
    int shortOnes = 0;
    for (int i = 0; i < 10_000; i++) {
      longOnes += RoundTime.of(nanos(60 + random.nextDouble() * 840)) == RoundTime.LONG ? 1 : 0;
      shortOnes += RoundTime.of(nanos(1 + random.nextDouble() * 7)) == RoundTime.SHORT ? 1 : 0;
    }
    assertTrue(longOnes < 10_000 / 200, longOnes + " of 10,000 long ones");
    assertTrue(shortOnes < 10_000 / 10, shortOnes + " of 10,000 short ones");
  }
}
