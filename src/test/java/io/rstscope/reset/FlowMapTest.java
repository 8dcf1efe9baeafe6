package io.rstscope.reset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is kept for flows, held against a map. */
class FlowMapTest {
  @Test
  void shouldKeepWhatAMapKeepsThoughPagesComeAndGo() {
    Random random = new Random(1);
    FlowMap<String> kept = new FlowMap<>();
    Map<Integer, String> expected = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      int id = random.nextInt(40) * 900;
      if (random.nextInt(3) == 0) {
        kept.put(id, "value " + i);
        expected.put(id, "value " + i);
      } else {
        kept.remove(id);
        expected.remove(id);
      }
      int asked = random.nextInt(40) * 900;
      assertEquals(expected.get(asked), kept.get(asked));
    }
  }

  @Test
  void shouldKnowNothingOfFlowsBeyondAllPages() {
    FlowMap<String> kept = new FlowMap<>();
    kept.remove(1 << 20);

    assertNull(kept.get(1 << 20));
  }
}
