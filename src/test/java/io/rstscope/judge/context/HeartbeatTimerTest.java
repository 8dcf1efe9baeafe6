package io.rstscope.judge.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a side gives the other one up. */
class HeartbeatTimerTest {
  private static final boolean BROKER = true;
  private static final boolean CLIENT = false;

  private static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }

  @ParameterizedTest
  @CsvSource({
    "60, 107, false",
    "60, 109, true",
    "60, 180, true",
    "60, 215, true",
    "60, 217, false",
    "2, 3.5, false",
    "2, 5.97, true",
    "2, 7.3, false"
  })
  void shouldLetTheBrokerWaitForTwoToThreeIntervals(int heartbeat, double silent, boolean ranOut) {
    assertEquals(ranOut, HeartbeatTimer.ranOut(heartbeat, nanos(silent), BROKER));
    assertEquals(ranOut, HeartbeatTimer.ranOut(heartbeat, nanos(silent)));
  }

  @ParameterizedTest
  @CsvSource({
    // twice the heartbeat and 5 s, and 1 s: pika with short heartbeats waits for far longer
    "2, 3.5, false", "2, 3.7, true", "2, 14.9, true", "2, 15.1, false",
    "60, 107, false", "60, 109, true", "60, 215, true", "60, 217, false"
  })
  void shouldGiveClientsOfShortHeartbeatsMoreTime(int heartbeat, double silent, boolean ranOut) {
    assertEquals(ranOut, HeartbeatTimer.ranOut(heartbeat, nanos(silent), CLIENT));
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void shouldNeverRunOutWhereNoHeartbeatsAreOwed(boolean byBroker) {
    assertFalse(HeartbeatTimer.ranOut(0, nanos(5), byBroker));
    assertFalse(HeartbeatTimer.ranOut(null, nanos(5), byBroker));
    assertFalse(HeartbeatTimer.ranOut(2, -1, byBroker));
    assertTrue(HeartbeatTimer.ranOut(2, nanos(5), byBroker));
  }
}
