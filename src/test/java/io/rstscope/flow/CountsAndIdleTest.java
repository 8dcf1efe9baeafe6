package io.rstscope.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CountsAndIdleTest {
  private static int silence(long nanos) {
    return Float.floatToRawIntBits((float) nanos);
  }

  @Test
  void shouldKeepCountsAndSilenceApart() {
    Random random = new Random(5);
    long word = 0;
    int lower = 0;
    int upper = 0;
    long longest = 0;
    for (int i = 0; i < 10_000; i++) {
      lower = random.nextInt(CountsAndIdle.MAX_COUNT);
      upper = random.nextInt(CountsAndIdle.MAX_COUNT);
      long nanos = random.nextLong() >>> 1 + random.nextInt(60);
      longest = Math.max(longest, nanos);
      word = CountsAndIdle.withCount(word, true, lower);
      word = CountsAndIdle.withCount(word, false, upper);
      word = CountsAndIdle.longerIdle(word, silence(nanos));
      assertEquals(lower, CountsAndIdle.count(word, true));
      assertEquals(upper, CountsAndIdle.count(word, false));
      assertEquals(longest, CountsAndIdle.idleNanos(word), longest * 2e-6 + 1);
    }
  }

  @Test
  void shouldNotCountBeyondItsLimit() {
    long word = CountsAndIdle.withCount(0, false, Integer.MAX_VALUE);
    assertEquals(CountsAndIdle.MAX_COUNT, CountsAndIdle.count(word, false));
    assertEquals(0, CountsAndIdle.count(word, true));
    assertEquals(0, CountsAndIdle.idleNanos(word));
  }

  @Test
  void shouldNeverClaimALongerSilenceThanThereWas() {
    for (long nanos = 1; nanos > 0; nanos *= 3) {
      assertTrue(
          CountsAndIdle.idleNanos(CountsAndIdle.longerIdle(0, silence(nanos)))
              <= (long) Float.intBitsToFloat(silence(nanos)));
    }
  }
}
