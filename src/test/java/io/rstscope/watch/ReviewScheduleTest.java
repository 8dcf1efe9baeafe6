package io.rstscope.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReviewScheduleTest {
  private static final long SECOND = 1_000_000_000L;

  private final ReviewSchedule reviewSchedule = new ReviewSchedule();

  private int room = Integer.MAX_VALUE;

  private List<Integer> ripeAt(double seconds) {
    List<Integer> ripe = new ArrayList<>();
    reviewSchedule.takeRipe((long) (seconds * SECOND), () -> ripe.size() < room, ripe::add);
    return ripe;
  }

  @Test
  void shouldRipenInASecond() {
    reviewSchedule.schedule(7, 0);
    assertEquals(List.of(), ripeAt(0.9));
    assertEquals(List.of(7), ripeAt(1));
    assertEquals(List.of(), ripeAt(100));
  }

  @Test
  void shouldLetTheRipeWaitForRoomInTheirOrder() {
    reviewSchedule.schedule(7, 0);
    reviewSchedule.schedule(3, 0);
    room = 1;
    assertEquals(List.of(7), ripeAt(1));
    assertTrue(reviewSchedule.isTold(7));
    assertFalse(reviewSchedule.isTold(3));

    assertEquals(List.of(3), ripeAt(1.1));
  }

  @Test
  void shouldNotBePutOffByWhatHappensMeanwhile() {
    reviewSchedule.schedule(7, 0);
    reviewSchedule.schedule(7, SECOND / 2);
    assertEquals(List.of(7), ripeAt(1));
    assertEquals(List.of(), ripeAt(1.5));
  }

  @Test
  void shouldRipenMoreSlowlyEachTimeAndAtLastNoMore() {
    double[] delays = {1, 2, 10, 60};
    long now = 0;
    for (double delay : delays) {
      reviewSchedule.schedule(7, now);
      assertEquals(List.of(), ripeAt(now / 1e9 + delay - 0.1));
      assertEquals(List.of(7), ripeAt(now / 1e9 + delay));
      now += (long) (delay * SECOND);
    }
    reviewSchedule.schedule(7, now);
    assertEquals(List.of(), ripeAt(1e6));
  }

  @Test
  void shouldRipenTheEarlierOnesThoughALaterOneWaitsForLonger() {
    reviewSchedule.schedule(1, 0);
    assertEquals(List.of(1), ripeAt(1));
    reviewSchedule.schedule(1, SECOND);
    reviewSchedule.schedule(2, SECOND);
    assertEquals(List.of(2), ripeAt(2));
    assertEquals(List.of(1), ripeAt(3));
  }

  @Test
  void shouldForgetAFlowThatLeft() {
    reviewSchedule.schedule(7, 0);
    reviewSchedule.forget(7);
    assertFalse(reviewSchedule.knows(7));
    assertEquals(List.of(), ripeAt(10));
  }

  @Test
  void shouldNotTakeAFlowForTheOneThatHadItsIdBefore() {
    reviewSchedule.schedule(7, 0);
    long number = reviewSchedule.number(7);
    reviewSchedule.forget(7);
    reviewSchedule.schedule(7, SECOND / 2);
    assertNotEquals(number, reviewSchedule.number(7));
    assertEquals(List.of(), ripeAt(1));
    assertEquals(List.of(7), ripeAt(1.5));
  }

  @Test
  void shouldKnowManyFlows() {
    for (int id = 0; id < 5_000; id += 1_000) {
      reviewSchedule.schedule(id, 0);
    }
    assertTrue(reviewSchedule.knows(4_000));
    assertFalse(reviewSchedule.knows(4_001));
    assertEquals(5, ripeAt(1).size());
  }
}
