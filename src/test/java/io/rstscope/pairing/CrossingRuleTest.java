package io.rstscope.pairing;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Which time in transit is too short for an honest packet. */
class CrossingRuleTest {
  private static final long MILLISECOND = 1_000_000L;
  private static final long SHORTEST = 20 * MILLISECOND;

  @Test
  void shouldTakeLessThanHalfOfTheShortestForTooFast() {
    assertTrue(CrossingRule.isTooFast(MILLISECOND, 0, SHORTEST));
    assertFalse(CrossingRule.isTooFast(15 * MILLISECOND, 0, SHORTEST));
  }

  @Test
  void shouldAllowForTheDriftOfTheClocks() {
    assertFalse(CrossingRule.isTooFast(MILLISECOND, 15 * MILLISECOND, SHORTEST));
  }

  /** One that was put in at the end that it arrives at. */
  @Test
  void shouldKnowOneThatArrivedBeforeItWasAtItsEnd() {
    assertTrue(CrossingRule.isTooFast(-19 * MILLISECOND, 0, SHORTEST));
  }

  @Test
  void shouldTakeMoreThanThatForAnErrorOfTheClocks() {
    assertFalse(CrossingRule.isTooFast(-25 * MILLISECOND, 0, SHORTEST));
  }

  @Test
  void shouldNotMindWhatTimestampsAreOff() {
    assertFalse(CrossingRule.isTooFast(-4_000, 0, 60_000));
  }
}
