package io.rstscope.reset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** How memory is shared out. */
class ObserverLimitsTest {
  @Test
  void shouldKeepNoMoreThanIsOfUse() {
    ObserverLimits large = ObserverLimits.within(1L << 40);

    assertEquals(10_000, large.resetsOfFlow());
    assertEquals(100_000, large.paths());
    assertEquals(1L << 39, large.amqpBytes());
  }

  @Test
  void shouldShareOutWhatThereIs() {
    ObserverLimits small = ObserverLimits.within(16_000_000);

    assertEquals(2_000, small.resetsOfFlow());
    assertEquals(8_000_000, small.amqpBytes());
    assertEquals(6_000, small.pendingResets());
    assertEquals(10_000, small.paths());
    assertEquals(2, ObserverLimits.within(0).resetsOfFlow());
  }

  @Test
  void shouldLowerTheResetsOfAFlowOnly() {
    ObserverLimits limits = ObserverLimits.within(16_000_000);

    assertEquals(7, limits.withResetsOfFlow(7).resetsOfFlow());
    assertEquals(2_000, limits.withResetsOfFlow(9_999).resetsOfFlow());
    assertEquals(limits.paths(), limits.withResetsOfFlow(7).paths());
  }
}
