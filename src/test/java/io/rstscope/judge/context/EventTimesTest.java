package io.rstscope.judge.context;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Counting events around a moment. */
class EventTimesTest {
  private static EventTimes of(long... times) {
    EventTimes moments = new EventTimes();
    for (long time : times) {
      moments.add(time);
    }
    moments.sort();
    return moments;
  }

  @Test
  void shouldCountThoseAtMostSoFarInWhateverOrderTheyWereAdded() {
    EventTimes moments = of(40, 10, 20, 30, 20, 50);

    assertEquals(6, moments.around(30, 20));
    assertEquals(4, moments.around(30, 19));
    assertEquals(1, moments.around(30, 0));
    assertEquals(0, moments.around(35, 4));
    assertEquals(0, EventTimes.NONE.around(30, 99));
  }

  @Test
  void shouldFindTheFirstOneThatIsNotEarlier() {
    EventTimes moments = of(30, 10, 20);

    assertEquals(10, moments.next(-5));
    assertEquals(20, moments.next(20));
    assertEquals(30, moments.next(21));
    assertEquals(-1, moments.next(31));
    assertEquals(-1, EventTimes.NONE.next(0));
  }

  @Test
  void shouldCountThoseThatAreEarlier() {
    assertEquals(1, of(30, 10, 20).before(20));
    assertEquals(3, of(30, 10, 20).before(31));
    assertEquals(0, of(30, 10, 20).before(10));
  }
}
