package io.rstscope.reset;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.net.Side;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which resets of a connection are kept when there are too many. */
class ResetLogTest {
  private static final int MOST = 50;

  private final Observing observing = Observing.keepingResets(MOST);
  private final Talk talk = new Talk().seenBy(observing.tap).connect();

  private void guessAtTheSequence(int times) {
    guessAtTheSequenceOf(CLIENT, times);
  }

  private void guessAtTheSequenceOf(Side side, int times) {
    for (int i = 0; i < times; i++) {
      int sequence = talk.next(side) + 1_000 + i;
      talk.bareReset(side, p -> p.seq(sequence));
    }
  }

  private void goOn() {
    talk.pause(Duration.ofMillis(20)).data(CLIENT, "beat").ack(BROKER).data(BROKER, "beat");
    talk.ack(CLIENT);
  }

  private ResetObservation last() {
    FlowObservation flow = observing.flow();
    return flow.resets().get(flow.resets().size() - 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, MOST - 1, MOST, MOST + 1, MOST + 3, 3 * MOST})
  void shouldKeepTheResetThatEndsTheConnectionAfterABurstThatMissed(int missed) {
    guessAtTheSequence(missed);
    goOn();
    talk.socketReset(CLIENT);
    long frame = observing.tap.frame();

    ResetObservation last = last();

    assertEquals(frame, last.packet().frame());
    assertEquals(Role.ENDS_CONNECTION, last.role());
  }

  @Test
  void shouldKeepTheFirstResetsAndCountTheOthers() {
    guessAtTheSequence(3 * MOST);

    FlowObservation flow = observing.flow();

    assertEquals(MOST, flow.resets().size());
    assertEquals(2 * MOST, flow.resetsLeftOut());
  }

  @Test
  void shouldKeepTheVeryFirstResetsWhileNoneIsKnownToHaveHadNoEffect() {
    guessAtTheSequence(3 * MOST + 1);

    FlowObservation flow = observing.flow();

    assertEquals(2 * MOST + 1, flow.resetsLeftOut());
    for (int i = 0; i < MOST; i++) {
      assertEquals(4 + i, flow.resets().get(i).packet().frame());
    }
  }

  @Test
  void shouldMakeRoomOfTheLaterHalfOnly() {
    guessAtTheSequence(MOST);
    goOn();
    guessAtTheSequence(1);

    FlowObservation flow = observing.flow();

    assertEquals(MOST / 2, flow.resetsLeftOut());
    assertEquals(MOST / 2 + 1, flow.resets().size());
    assertEquals(4 + MOST / 2 - 1, flow.resets().get(MOST / 2 - 1).packet().frame());
  }

  /** Of both sides, so that each has its own count of those that it has outlived. */
  @Test
  void shouldStillSeeTheEffectOfThoseThatComeOnceRoomWasMade() {
    guessAtTheSequence(MOST / 2);
    guessAtTheSequenceOf(BROKER, MOST / 2);
    goOn();
    guessAtTheSequence(5);
    guessAtTheSequenceOf(BROKER, 5);
    goOn();

    FlowObservation flow = observing.flow();

    assertEquals(MOST / 2, flow.resetsLeftOut());
    assertEquals(MOST / 2 + 10, flow.resets().size());
    assertTrue(flow.resets().stream().allMatch(reset -> reset.role() == Role.IGNORED));
  }

  @Test
  void shouldMakeRoomThoughTheLatestMayHaveHadAnEffect() {
    guessAtTheSequence(MOST - 1);
    goOn();
    guessAtTheSequence(1);
    long latest = observing.tap.frame();
    talk.socketReset(CLIENT);

    List<ResetObservation> resets = observing.flow().resets();

    assertEquals(latest + 1, resets.get(resets.size() - 1).packet().frame());
    assertEquals(latest, resets.get(resets.size() - 2).packet().frame());
  }
}
