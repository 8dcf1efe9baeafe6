package io.rstscope.reset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Spans of time, held against the seconds that each of them covers. */
class SpansTest {
  private static final int SECONDS = 60;

  @Test
  void shouldSayHowMuchOfATimeLiesOutsideSpansOfAnyOrder() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      Spans spans = new Spans(SECONDS);
      boolean[] covered = new boolean[SECONDS];
      boolean[][] around = new boolean[SECONDS][SECONDS];
      for (int i = 0; i < 1 + round % 12; i++) {
        int begin = random.nextInt(SECONDS - 1);
        int end = begin + 1 + random.nextInt(SECONDS - 1 - begin);
        spans.add(begin, end);
        for (int second = begin; second < end; second++) {
          covered[second] = true;
        }
        for (int from = begin + 1; from < end; from++) {
          around[from][end - 1] = true;
        }
      }
      compare(spans, covered, around);
    }
  }

  /**
   * @param around by a time whether a span began before it and lasted beyond another
   */
  private static void compare(Spans spans, boolean[] covered, boolean[][] around) {
    for (int from = 0; from < SECONDS; from++) {
      long outside = 0;
      for (int until = from; until < SECONDS; until++) {
        assertEquals(outside, spans.outside(from, until), from + " to " + until);
        outside += covered[until] ? 0 : 1;
        boolean any = false;
        for (int last = until; last < SECONDS; last++) {
          any |= around[from][last];
        }
        assertEquals(any, spans.anyAround(from, until), from + " to " + until);
      }
    }
  }

  @Test
  void shouldLetTheEarliestGoWhenThereAreTooMany() {
    Spans spans = new Spans(2);
    spans.add(0, 10);
    spans.add(20, 30);
    assertTrue(spans.anyAround(1, 9));

    spans.add(40, 50);

    assertFalse(spans.anyAround(1, 9));
    assertTrue(spans.anyAround(21, 29));
    assertTrue(spans.anyAround(41, 49));
  }
}
