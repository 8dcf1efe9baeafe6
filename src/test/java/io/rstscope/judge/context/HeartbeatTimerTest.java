package io.rstscope.judge.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.net.Side;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** When a side gives the other one up. */
class HeartbeatTimerTest {
  private static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }

  @ParameterizedTest
  @CsvSource({
    "60, 107, false",
    "60, 108, true",
    "60, 180, true",
    "60, 216, true",
    "60, 217, false",
    "2, 3.5, false",
    "2, 5.97, true",
    "2, 7.3, false"
  })
  void shouldLetTheBrokerWaitForTwoToThreeIntervals(int heartbeat, double silent, boolean ranOut) {
    assertEquals(ranOut, HeartbeatTimer.ranOut(heartbeat, nanos(silent), Side.BROKER));
    assertEquals(ranOut, HeartbeatTimer.ranOut(heartbeat, nanos(silent)));
  }

  @ParameterizedTest
  @CsvSource({
    // twice the heartbeat and 5 s, and 1 s: pika with short heartbeats waits for far longer
    "2, 3.5, false", "2, 3.7, true", "2, 15, true", "2, 15.1, false",
    "60, 107, false", "60, 108, true", "60, 216, true", "60, 217, false"
  })
  void shouldGiveClientsOfShortHeartbeatsMoreTime(int heartbeat, double silent, boolean ranOut) {
    assertEquals(ranOut, HeartbeatTimer.ranOut(heartbeat, nanos(silent), Side.CLIENT));
  }

  @ParameterizedTest
  @EnumSource
  void shouldNeverRunOutWhereNoHeartbeatsAreOwed(Side waiting) {
    assertFalse(HeartbeatTimer.ranOut(0, nanos(5), waiting));
    assertFalse(HeartbeatTimer.ranOut(null, nanos(5), waiting));
    assertFalse(HeartbeatTimer.ranOut(2, -1, waiting));
    assertTrue(HeartbeatTimer.ranOut(2, nanos(5), waiting));
  }

  @ParameterizedTest
  @CsvSource({"60, 216, false", "60, 216.001, true", "0, 300, false", ", 300, false"})
  void shouldKnowWhenTheBrokerHadToHaveGivenUp(Integer heartbeat, double silent, boolean over) {
    assertEquals(over, HeartbeatTimer.isOver(heartbeat, nanos(silent)));
  }
}
