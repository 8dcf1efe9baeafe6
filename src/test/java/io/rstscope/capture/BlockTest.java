package io.rstscope.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class BlockTest {
  private final BlockPool pool = new BlockPool(64);

  @Test
  void shouldBeUsedAgainWhenAllHaveLetGoOfIt() {
    Block block = pool.take(64);
    block.hold();
    block.release();
    assertNotSame(block, pool.take(1));
    block.release();
    assertSame(block, pool.take(1));
  }

  @Test
  void shouldNotBeReleasedMoreOftenThanHeld() {
    Block block = pool.take(0);
    block.release();
    assertThrows(IllegalStateException.class, block::release);
  }

  @Test
  void shouldNotBeUsedAgainWhenLongerOnesAreNeeded() {
    Block first = pool.take(10);
    Block second = pool.take(10);
    first.release();
    assertEquals(128, pool.take(65).size());
    second.release();
    assertEquals(128, pool.take(1).size());
  }
}
