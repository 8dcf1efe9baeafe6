package io.rstscope.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SparseColumnsTest {
  private static final int IDS = 100_000;

  private final SparseColumns words = new SparseColumns(2);

  @Test
  void shouldGiveBackWhatWasPutAndZeroElsewhere() {
    Random random = new Random(3);
    Map<Integer, Long> put = new HashMap<>();
    for (int i = 0; i < 500; i++) {
      int place = random.nextInt(2 * IDS);
      words.put(place / 2, place % 2, random.nextLong());
      put.put(place, words.get(place / 2, place % 2));
    }
    for (int place = 0; place < 2 * IDS; place++) {
      assertEquals(put.getOrDefault(place, 0L), words.get(place / 2, place % 2));
    }
  }

  @Test
  void shouldClearTheWordsOfOneFlowOnly() {
    words.put(6, 1, 1);
    words.put(7, 0, 2);
    words.put(7, 1, 3);
    words.put(8, 0, 4);
    words.clear(7);
    words.clear(IDS);
    assertEquals(0, words.get(7, 0));
    assertEquals(0, words.get(7, 1));
    assertEquals(1, words.get(6, 1));
    assertEquals(4, words.get(8, 0));
  }

  @Test
  void shouldGiveUpPagesOnlyWhenNoLaterFlowIsOnThem() {
    words.put(1_022, 0, 5);
    words.put(1_024, 0, 6);
    words.discardUpTo(1_022);
    assertEquals(5, words.get(1_022, 0));
    words.discardUpTo(1_023);
    assertEquals(0, words.get(1_022, 0));
    assertEquals(6, words.get(1_024, 0));
  }
}
