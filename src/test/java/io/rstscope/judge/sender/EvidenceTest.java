package io.rstscope.judge.sender;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Evidence is the same when it says the same, wherever its sentence comes from. */
class EvidenceTest {
  private static Evidence evidence(
      ClueKind clue, Sender pointsTo, double weight, boolean imitable, String says, long frame) {
    return new Evidence(clue, pointsTo, weight, imitable, () -> says, List.of(frame));
  }

  private static final Evidence ONE =
      evidence(ClueKind.TTL, Sender.MIDDLEBOX, 4, false, "TTL 63", 7);

  @Test
  void shouldBeTheSameWhenItSaysTheSame() {
    Evidence same = new Evidence(ClueKind.TTL, Sender.MIDDLEBOX, 4, false, "TTL 63", List.of(7L));

    assertEquals(ONE, same);
    assertEquals(ONE.hashCode(), same.hashCode());
  }

  @Test
  void shouldBeAnotherWhenAnythingDiffers() {
    assertNotEquals(ONE, evidence(ClueKind.MAC, Sender.MIDDLEBOX, 4, false, "TTL 63", 7));
    assertNotEquals(ONE, evidence(ClueKind.TTL, Sender.CLIENT, 4, false, "TTL 63", 7));
    assertNotEquals(ONE, evidence(ClueKind.TTL, Sender.MIDDLEBOX, 3, false, "TTL 63", 7));
    assertNotEquals(ONE, evidence(ClueKind.TTL, Sender.MIDDLEBOX, 4, true, "TTL 63", 7));
    assertNotEquals(ONE, evidence(ClueKind.TTL, Sender.MIDDLEBOX, 4, false, "TTL 62", 7));
    assertNotEquals(ONE, evidence(ClueKind.TTL, Sender.MIDDLEBOX, 4, false, "TTL 63", 8));
    assertNotEquals(ONE, "TTL 63");
  }
}
