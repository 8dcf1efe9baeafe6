package io.rstscope.judge.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** How often the same silence comes back at one host. */
class SilencesTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String HOST = "10.0.0.2";
  private final Silences silences = new Silences(SECOND / 10);

  @Test
  void shouldCountThoseThatAreNearlyTheSame() {
    silences.add(HOST, 4 * SECOND, 100 * SECOND);
    assertEquals(1, silences.count(HOST, 4 * SECOND));

    silences.add(HOST, 4 * SECOND + SECOND / 10, 200 * SECOND);
    silences.add(HOST, 4 * SECOND - SECOND / 10, 300 * SECOND);

    assertEquals(2, silences.count(HOST, 4 * SECOND), "2 stands for more");
    assertEquals(1, silences.count(HOST, 4 * SECOND + SECOND / 5));
    assertEquals(0, silences.count(HOST, 5 * SECOND));
  }

  @Test
  void shouldAllowLongOnesToDifferByMore() {
    silences.add(HOST, 100 * SECOND, 100 * SECOND);

    assertEquals(1, silences.count(HOST, 102 * SECOND));
    assertEquals(0, silences.count(HOST, 103 * SECOND));
  }

  @Test
  void shouldPassOverEverydayPausesAndOtherHosts() {
    silences.add(HOST, SECOND - 1, 100 * SECOND);
    silences.add(HOST, SECOND, 100 * SECOND);

    assertEquals(1, silences.count(HOST, SECOND));
    assertEquals(0, silences.count(HOST, SECOND - 1));
    assertEquals(0, silences.count("10.0.0.3", SECOND));
  }

  @Test
  void shouldTellWhatCameBackFromWhatEndedTogether() {
    silences.add(HOST, 4 * SECOND, 100 * SECOND);
    silences.add(HOST, 4 * SECOND + 1, 100 * SECOND + 3 * SECOND / 10);

    assertFalse(silences.cameBack(HOST, 4 * SECOND, 100 * SECOND));
    assertTrue(silences.cameBack(HOST, 4 * SECOND, 101 * SECOND), "earlier");
    assertTrue(silences.cameBack(HOST, 4 * SECOND, 99 * SECOND), "later");
    assertFalse(silences.cameBack(HOST, 9 * SECOND, 99 * SECOND));
  }

  @Test
  void shouldKnowTheFirstAndTheLastOfEqualOnes() {
    silences.add(HOST, 4 * SECOND, 100 * SECOND);
    silences.add(HOST, 4 * SECOND, 200 * SECOND);
    silences.add(HOST, 4 * SECOND, 150 * SECOND);

    assertTrue(silences.cameBack(HOST, 4 * SECOND, 100 * SECOND));
    assertTrue(silences.cameBack(HOST, 4 * SECOND, 200 * SECOND));
    assertEquals(2, silences.count(HOST, 4 * SECOND));
  }
}
