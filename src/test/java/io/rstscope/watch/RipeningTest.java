package io.rstscope.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RipeningTest {
  private static final long SECOND = 1_000_000_000L;

  private final Ripening ripening = new Ripening();

  private List<Integer> ripeAt(double seconds) {
    List<Integer> ripe = new ArrayList<>();
    ripening.takeRipe((long) (seconds * SECOND), ripe::add);
    return ripe;
  }

  @Test
  void shouldRipenInASecond() {
    ripening.schedule(7, 0);
    assertEquals(List.of(), ripeAt(0.9));
    assertEquals(List.of(7), ripeAt(1));
    assertEquals(List.of(), ripeAt(100));
  }

  @Test
  void shouldNotBePutOffByWhatHappensMeanwhile() {
    ripening.schedule(7, 0);
    ripening.schedule(7, SECOND / 2);
    assertEquals(List.of(7), ripeAt(1));
    assertEquals(List.of(), ripeAt(1.5));
  }

  @Test
  void shouldRipenMoreSlowlyEachTimeAndAtLastNoMore() {
    double[] delays = {1, 2, 10, 60};
    long now = 0;
    for (double delay : delays) {
      ripening.schedule(7, now);
      assertEquals(List.of(), ripeAt(now / 1e9 + delay - 0.1));
      assertEquals(List.of(7), ripeAt(now / 1e9 + delay));
      now += (long) (delay * SECOND);
    }
    ripening.schedule(7, now);
    assertEquals(List.of(), ripeAt(1e6));
  }

  @Test
  void shouldRipenTheEarlierOnesThoughALaterOneWaitsForLonger() {
    ripening.schedule(1, 0);
    assertEquals(List.of(1), ripeAt(1));
    ripening.schedule(1, SECOND);
    ripening.schedule(2, SECOND);
    assertEquals(List.of(2), ripeAt(2));
    assertEquals(List.of(1), ripeAt(3));
  }

  @Test
  void shouldForgetAFlowThatLeft() {
    ripening.schedule(7, 0);
    ripening.forget(7);
    assertFalse(ripening.knows(7));
    assertEquals(List.of(), ripeAt(10));
  }

  @Test
  void shouldNotTakeAFlowForTheOneThatHadItsIdBefore() {
    ripening.schedule(7, 0);
    long number = ripening.number(7);
    ripening.forget(7);
    ripening.schedule(7, SECOND / 2);
    assertNotEquals(number, ripening.number(7));
    assertEquals(List.of(), ripeAt(1));
    assertEquals(List.of(7), ripeAt(1.5));
  }

  @Test
  void shouldKnowManyFlows() {
    for (int id = 0; id < 5_000; id += 1_000) {
      ripening.schedule(id, 0);
    }
    assertTrue(ripening.knows(4_000));
    assertFalse(ripening.knows(4_001));
    assertEquals(5, ripeAt(1).size());
  }
}
