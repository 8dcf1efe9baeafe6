package io.rstscope.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TroublesTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = 1_700_000_000 * SECOND;

  private final Troubles troubles = new Troubles();
  private long clock;
  private long wall = START;

  private long pass(double clockSeconds, double wallSeconds) {
    clock += (long) (clockSeconds * SECOND);
    wall += (long) (wallSeconds * SECOND);
    return troubles.tick(clock, wall);
  }

  @Test
  void shouldSeeTheClockSetForwardsAndBack() {
    pass(0, 0);
    assertEquals(0, pass(0.1, 0.1));
    assertEquals(3600 * SECOND, pass(0.1, 3600.1));
    assertEquals(-60 * SECOND, pass(0.1, -59.9));
    assertEquals(0, pass(0.1, 0.1));
  }

  @Test
  void shouldNotTakeSlewingForAStep() {
    pass(0, 0);
    assertEquals(0, pass(100, 100.05));
  }

  @Test
  void shouldTellOfStepsDuringAConnectionOnly() {
    pass(0, 0);
    pass(1, 61);
    long after = wall + 1;
    assertEquals(60 * SECOND, troubles.since(START, START).clockStepNanos());
    assertEquals(0, troubles.since(after, after).clockStepNanos());
  }

  @Test
  void shouldAddUpTheLossesNearby() {
    pass(0, 0);
    troubles.dropped(5);
    pass(20, 20);
    troubles.dropped(0);
    troubles.dropped(7);
    pass(1, 1);
    troubles.dropped(1);
    assertEquals(8, troubles.since(wall - 10 * SECOND, wall).dropped());
    assertEquals(13, troubles.since(START, wall).dropped());
  }

  @Test
  void shouldForgetWhatLiesFarBack() {
    for (int i = 0; i < 10_000; i++) {
      pass(1, 1);
      troubles.dropped(1);
    }
    assertEquals(256, troubles.since(START, START).dropped());
  }
}
