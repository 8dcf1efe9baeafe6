package io.rstscope.pairing;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.capture.CapturedPacket;
import org.junit.jupiter.api.Test;

/** When a capture lost packets. */
class DropsTest {
  private static final long SECOND = 1_000_000_000L;

  private final Drops drops = new Drops();

  private void packet(long nanos, long dropped) {
    CapturedPacket packet = new CapturedPacket();
    packet.timeNanos = nanos;
    packet.dropped = dropped;
    drops.take(packet);
  }

  @Test
  void shouldKnowWhenPacketsWereDropped() {
    packet(10 * SECOND, 0);
    packet(20 * SECOND, 3);

    assertTrue(drops.near(21 * SECOND, SECOND));
    assertTrue(drops.near(19 * SECOND, SECOND));
    assertFalse(drops.near(22 * SECOND, SECOND));
    assertFalse(drops.near(8 * SECOND, SECOND));
  }

  @Test
  void shouldNotKnowWhenBetweenTwoPacketsTheyWereDropped() {
    packet(10 * SECOND, 0);
    packet(20 * SECOND, 3);
    packet(40 * SECOND, 0);

    assertTrue(drops.near(15 * SECOND, SECOND));
    assertFalse(drops.near(30 * SECOND, SECOND));
  }

  @Test
  void shouldTakeOneThatDroppedTooOftenForLossyAllTheTime() {
    for (int i = 0; i < 4095; i++) {
      packet(i, 1);
    }
    assertFalse(drops.near(SECOND, 1));

    packet(4095, 1);
    assertTrue(drops.near(SECOND, 1));
  }
}
