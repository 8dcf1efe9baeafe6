package io.rstscope.capture.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LiveStatisticsTest {
  @Test
  void shouldTellWhatWasCountedSince() {
    LiveStatistics before = new LiveStatistics(20, 30);
    assertEquals(new LiveStatistics(2, 3), new LiveStatistics(22, 33).since(before));
  }

  @Test
  void shouldGoOnWhenACounterOfThirtyTwoBitsWraps() {
    LiveStatistics before = new LiveStatistics(0xffff_fff0L, 0);
    assertEquals(0x20, new LiveStatistics(0x10, 0).since(before).droppedByKernel());
  }
}
