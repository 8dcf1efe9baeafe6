package io.rstscope.watch;

import java.time.Duration;

/** Clocks that stand still until a test lets time pass. */
final class SetClocks implements Clocks {
  private long steady;
  private long wall = 1_700_000_000_000_000_000L;

  void pass(Duration time) {
    steady += time.toNanos();
    wall += time.toNanos();
  }

  @Override
  public long steadyNanos() {
    return steady;
  }

  @Override
  public long wallNanos() {
    return wall;
  }
}
