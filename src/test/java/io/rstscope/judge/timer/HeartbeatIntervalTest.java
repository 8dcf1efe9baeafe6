package io.rstscope.judge.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which heartbeats a timer lets live. */
class HeartbeatIntervalTest {
  private static final long SECOND = 1_000_000_000L;

  private static IdleTimer timer(Expiry expiry, long atLeast, long atMost) {
    long least = atLeast < 0 ? -1 : atLeast * SECOND;
    return new IdleTimer(
        "10.0.0.2",
        List.of("10.0.1.1"),
        1,
        expiry,
        least,
        atMost * SECOND,
        2,
        2,
        -1,
        false,
        List.of(),
        "");
  }

  private static int seconds(Expiry expiry, long atLeast, long atMost) {
    return HeartbeatInterval.secondsFor(timer(expiry, atLeast, atMost));
  }

  @Test
  void shouldLetAHeartbeatBelowTheTimerLive() {
    int ofLong = seconds(Expiry.CLOSES, 300, 300);
    int ofShort = seconds(Expiry.CLOSES, 30, 30);

    assertTrue(ofLong <= 300 && ofLong >= 30, "" + ofLong);
    assertTrue(ofShort <= 30 && ofShort >= 5, "" + ofShort);
  }

  @Test
  void shouldGoByWhatSurvivedWhereOnlyBoundsAreKnown() {
    assertTrue(seconds(Expiry.REJECTS_LATER, 18, 400) <= 18);
    assertTrue(seconds(Expiry.REJECTS_LATER, -1, 400) <= 20, "cautious where nothing is known");
    assertTrue(seconds(Expiry.REJECTS_LATER, -1, 8) <= 8);
  }

  @Test
  void shouldNeverBeOff() {
    assertTrue(seconds(Expiry.CLOSES, 0, 1) >= 1);
    assertTrue(seconds(Expiry.CLOSES, 3, 3) >= 1);
  }

  @Test
  void shouldBeProvenBySilencesAsLongAsBetweenFrames() {
    assertTrue(HeartbeatInterval.isProven(60, timer(Expiry.REJECTS_LATER, 30, 400)));
    assertFalse(HeartbeatInterval.isProven(60, timer(Expiry.REJECTS_LATER, 29, 400)));
    assertFalse(HeartbeatInterval.isProven(60, timer(Expiry.REJECTS_LATER, -1, 400)));
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
