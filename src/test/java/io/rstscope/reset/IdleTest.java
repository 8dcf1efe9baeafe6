package io.rstscope.reset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a flow was silent before a reset. */
class IdleTest {
  @ParameterizedTest(name = "since sender {0}, since other {1}, before trigger {2}: {3}")
  @CsvSource({
    "7, 9, -1, 7", // the later of the two sides
    "9, 7, -1, 7",
    "0, 7, -1, 0",
    "7, 0, -1, 0",
    "-1, 7, -1, 7", // one of them has sent nothing
    "7, -1, -1, 7",
    "-1, -1, -1, -1",
    "7, 9, 400, 400", // it answers a packet: what was before that counts
    "7, 9, 0, 0"
  })
  void shouldBeThatOfTheWholeFlow(long sender, long other, long beforeTrigger, long silence) {
    assertEquals(silence, new Idle(sender, other, -1, beforeTrigger).silenceNanos());
  }
}
