package io.rstscope.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoughMillisTest {
  @Test
  void shouldBeExactUpToASecond() {
    for (int millis = 0; millis <= 1_023; millis++) {
      assertEquals(millis, RoughMillis.millis(RoughMillis.of(millis)));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1_024, 1_025, 4_999, 65_537, 86_400_000, Integer.MAX_VALUE})
  void shouldBeNearBeyond(long millis) {
    long rough = RoughMillis.millis(RoughMillis.of(millis));
    assertEquals(millis, rough, millis / 1_000.0);
    assertTrue(RoughMillis.of(millis) < 1 << RoughMillis.BITS);
  }

  @Test
  void shouldTakeWhatIsOutOfRangeForTheNearestThatIsNot() {
    assertEquals(0, RoughMillis.of(-5));
    assertEquals(RoughMillis.of(Integer.MAX_VALUE), RoughMillis.of(Long.MAX_VALUE));
  }
}
