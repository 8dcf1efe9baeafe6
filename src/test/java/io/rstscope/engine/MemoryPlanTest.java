package io.rstscope.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What is advised when the memory does not suffice. */
class MemoryPlanTest {
  private static final MemoryPlan SMALL = MemoryPlan.of(64 << 20);
  private static final MemoryPlan LARGE = MemoryPlan.of(8L << 30);

  @Test
  void shouldSayThatMoreFlowsFitUnlessTheMemoryLimitsThem() {
    assertFalse(SMALL.moreFlowsFit());
    assertTrue(SMALL.withFlows(10).moreFlowsFit());
    assertTrue(LARGE.moreFlowsFit());
  }

  @Test
  void shouldSpeakOfMaxFlowsOnlyToThoseWhoGaveIt() {
    assertFalse(SMALL.advice().contains("--max-flows"), SMALL.advice());
    assertFalse(LARGE.advice().contains("--max-flows"), LARGE.advice());
    assertTrue(SMALL.withFlows(10).advice().endsWith(", or leave out --max-flows"));
  }
}
