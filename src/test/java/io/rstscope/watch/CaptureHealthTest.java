package io.rstscope.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CaptureHealthTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = 1_700_000_000 * SECOND;

  private final CaptureHealth health = new CaptureHealth();
  private long clock;
  private long wall = START;

  private long pass(double clockSeconds, double wallSeconds) {
    clock += (long) (clockSeconds * SECOND);
    wall += (long) (wallSeconds * SECOND);
    return health.tick(clock, wall, clock);
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
  void shouldNotTakeAWaitBetweenItsReadingsForAStep() {
    pass(0, 0);
    // the thread did not run for 1.4 s after it had read the first clock
    assertEquals(0, health.tick(clock, wall + 14 * SECOND / 10, clock + 14 * SECOND / 10));
    assertEquals(0, pass(1.5, 1.5));
  }

  @Test
  void shouldSeeAStepDuringSuchAWaitWithTheNextReading() {
    pass(0, 0);
    health.tick(clock, wall + 60 * SECOND, clock + SECOND);
    assertEquals(60 * SECOND, pass(2, 62));
  }

  @Test
  void shouldAddUpTheLossesNearby() {
    pass(0, 0);
    health.dropped(5);
    pass(20, 20);
    health.dropped(0);
    health.dropped(7);
    pass(1, 1);
    health.dropped(1);
    assertEquals(8, health.droppedNear(wall));
    assertEquals(13, health.droppedNear(START));
  }

  @Test
  void shouldNotCallDropsNearThatWereLongBeforeAStepBack() {
    pass(0, 0);
    health.dropped(5);
    pass(60, 60);
    pass(0.1, -3599.9);
    assertEquals(0, health.droppedNear(wall));
    pass(5, 5);
    assertEquals(0, health.droppedNear(wall));
  }

  @Test
  void shouldCallDropsNearAcrossAStep() {
    pass(0, 0);
    long end = wall;
    health.dropped(5);
    pass(1, -3599);
    assertEquals(5, health.droppedNear(end), "ended before the clock was set back");
    assertEquals(5, health.droppedNear(wall), "ended after");
    pass(1, 7201);
    assertEquals(5, health.droppedNear(end), "ended before it was set forwards again");
    assertEquals(5, health.droppedNear(wall), "ended after");
  }

  @Test
  void shouldKnowThatNothingWasCapturedNearAnEnd() {
    pass(0, 0);
    long before = wall;
    pass(5, 5);
    health.notCaptured(3 * SECOND);
    assertEquals(3 * SECOND, health.notCapturedNear(before));
    pass(20, 20);
    assertEquals(0, health.notCapturedNear(wall));
  }

  @Test
  void shouldForgetWhatLiesFarBack() {
    for (int i = 0; i < 10_000; i++) {
      pass(1, 1);
      health.dropped(1);
    }
    assertEquals(256, health.droppedNear(START));
  }
}
