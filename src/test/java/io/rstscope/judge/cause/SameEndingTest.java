package io.rstscope.judge.cause;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.rstscope.judge.sender.Sender;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Endings and their evidence are the same when they say the same, wherever that comes from. */
class SameEndingTest {
  private static final List<Alternative> LIKELY =
      List.of(new Alternative(Cause.IDLE_TIMEOUT, 0.9), new Alternative(Cause.CLIENT_ABORT, 0.1));

  private static final CauseEvidence IDLE = evidence(Fact.IDLE, Cause.IDLE_TIMEOUT, 2, "idle", 7);

  private static final Ending ONE = ending(Sender.MIDDLEBOX, 0.9, 60, LIKELY, "a timer", IDLE);

  private static CauseEvidence evidence(
      Fact fact, Cause pointsTo, double weight, String says, long frame) {
    return new CauseEvidence(fact, pointsTo, weight, () -> says, List.of(frame));
  }

  private static Ending ending(
      Sender endedBy,
      double confidence,
      long idleNanos,
      List<Alternative> likelihoods,
      String says,
      CauseEvidence evidence) {
    Cause cause = likelihoods.get(0).cause();
    return new Ending(
        endedBy,
        cause,
        confidence,
        cause.isBenign(),
        idleNanos,
        likelihoods,
        () -> says,
        () -> List.of(evidence));
  }

  @Test
  void shouldBeTheSameEvidenceWhenItSaysTheSame() {
    CauseEvidence same = evidence(Fact.IDLE, Cause.IDLE_TIMEOUT, 2, "idle", 7);

    assertEquals(IDLE, same);
    assertEquals(IDLE.hashCode(), same.hashCode());
    assertNotEquals(IDLE.hashCode(), evidence(Fact.BUSY, null, 2, "idle", 7).hashCode());
    assertNotEquals(IDLE.hashCode(), evidence(Fact.IDLE, null, 2, "idle", 8).hashCode());
  }

  @Test
  void shouldBeOtherEvidenceWhenAnythingDiffers() {
    assertNotEquals(IDLE, evidence(Fact.BUSY, Cause.IDLE_TIMEOUT, 2, "idle", 7));
    assertNotEquals(IDLE, evidence(Fact.IDLE, Cause.CLIENT_ABORT, 2, "idle", 7));
    assertNotEquals(IDLE, evidence(Fact.IDLE, Cause.IDLE_TIMEOUT, 1, "idle", 7));
    assertNotEquals(IDLE, evidence(Fact.IDLE, Cause.IDLE_TIMEOUT, 2, "busy", 7));
    assertNotEquals(IDLE, evidence(Fact.IDLE, Cause.IDLE_TIMEOUT, 2, "idle", 8));
    assertNotEquals(IDLE, "idle");
  }

  @Test
  void shouldBeTheSameEndingWhenItSaysTheSame() {
    Ending same =
        ending(
            Sender.MIDDLEBOX,
            0.9,
            60,
            List.copyOf(LIKELY),
            "a timer",
            evidence(Fact.IDLE, Cause.IDLE_TIMEOUT, 2, "idle", 7));

    assertEquals(ONE, same);
    assertEquals(ONE.hashCode(), same.hashCode());
  }

  @Test
  void shouldBeAnotherEndingWhenAnythingDiffers() {
    List<Alternative> sure = List.of(new Alternative(Cause.IDLE_TIMEOUT, 1));
    List<Alternative> other = List.of(new Alternative(Cause.PROBE, 1));

    assertNotEquals(ONE, ending(Sender.CLIENT, 0.9, 60, LIKELY, "a timer", IDLE));
    assertNotEquals(ONE, ending(Sender.MIDDLEBOX, 0.8, 60, LIKELY, "a timer", IDLE));
    assertNotEquals(ONE, ending(Sender.MIDDLEBOX, 0.9, 61, LIKELY, "a timer", IDLE));
    assertNotEquals(ONE, ending(Sender.MIDDLEBOX, 0.9, 60, sure, "a timer", IDLE));
    assertNotEquals(ONE, ending(Sender.MIDDLEBOX, 0.9, 60, other, "a timer", IDLE));
    assertNotEquals(ONE, ending(Sender.MIDDLEBOX, 0.9, 60, LIKELY, "a proxy", IDLE));
    assertNotEquals(
        ONE,
        ending(
            Sender.MIDDLEBOX,
            0.9,
            60,
            LIKELY,
            "a timer",
            evidence(Fact.BUSY, Cause.IDLE_TIMEOUT, 2, "idle", 7)));
    assertNotEquals(ONE, "a timer");
    assertNotEquals(
        ONE.hashCode(), ending(Sender.MIDDLEBOX, 0.9, 60, sure, "a timer", IDLE).hashCode());
  }
}
