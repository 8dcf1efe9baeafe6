package io.rstscope.judge.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Which heartbeats a timer lets live. */
class HeartbeatIntervalTest {
  private static final long SECOND = 1_000_000_000L;

  private static int seconds(long atLeast, long atMost) {
    return HeartbeatInterval.secondsFor(atLeast < 0 ? -1 : atLeast * SECOND, atMost * SECOND);
  }

  @Test
  void shouldLetAHeartbeatBelowTheTimerLive() {
    int ofLong = seconds(300, 300);
    int ofShort = seconds(30, 30);

    assertTrue(ofLong <= 300 && ofLong >= 30, "" + ofLong);
    assertTrue(ofShort <= 30 && ofShort >= 5, "" + ofShort);
  }

  @Test
  void shouldGoByWhatSurvivedWhereOnlyBoundsAreKnown() {
    assertTrue(seconds(120, 400) > seconds(18, 400));
    assertTrue(seconds(120, 400) <= 120);
    assertTrue(seconds(-1, 400) <= 20, "cautious where nothing is known");
    assertTrue(seconds(-1, 8) <= 8);
  }

  /** A timer is taken for 2 % longer than it was measured. */
  @Test
  void shouldBeTheLongestUsualOneThatIsHalfOfTheTimer() {
    assertEquals(30, HeartbeatInterval.secondsFor(58_823_529_412L, 58_823_529_412L));
    assertEquals(20, HeartbeatInterval.secondsFor(58_823_529_411L, 58_823_529_411L));
    assertEquals(60, seconds(350, 350));
    assertEquals(30, seconds(60, 60));
    assertEquals(15, seconds(30, 30));
    assertEquals(20, seconds(-1, 400));
  }

  @Test
  void shouldFitIntoNoTimerThatLetsNoSafeOneLive() {
    assertTrue(HeartbeatInterval.isTooLongFor(9_803_921_568L));
    assertFalse(HeartbeatInterval.isTooLongFor(9_803_921_569L));
    assertFalse(HeartbeatInterval.isTooLongFor(350 * SECOND));
  }

  @Test
  void shouldNeverBeOff() {
    assertTrue(seconds(0, 1) >= 1);
    assertTrue(seconds(3, 3) >= 1);
  }

  @Test
  void shouldBeProvenBySilencesAsLongAsBetweenFrames() {
    assertTrue(HeartbeatInterval.isProven(60, 30 * SECOND));
    assertFalse(HeartbeatInterval.isProven(60, 29 * SECOND));
    assertFalse(HeartbeatInterval.isProven(60, -1));
  }

  @Test
  void shouldAllowSilencesWithinTheIntervalAndAnyWithoutHeartbeats() {
    assertTrue(HeartbeatInterval.allows(60, 60 * SECOND));
    assertFalse(HeartbeatInterval.allows(60, 61 * SECOND));
    assertTrue(HeartbeatInterval.allows(0, 9_999 * SECOND));
    assertTrue(HeartbeatInterval.allows(null, 9_999 * SECOND));
    assertEquals(5, HeartbeatInterval.SHORTEST_SAFE);
  }
}
