package io.rstscope.reset;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.amqp.AmqpState;
import io.rstscope.testing.Talk;
import io.rstscope.testing.Tap;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is measured around a reset: the silences before it, what it answers, who its sender was. */
class ResetContextTest {
  private static final long GAP = Tap.GAP_NANOS;
  private static final long SECOND = 1_000_000_000L;

  private final Observing observing = Observing.usual();
  private final Talk talk = new Talk().seenBy(observing.tap).roundTrip(Duration.ZERO);

  @Test
  void shouldMeasureFourSilences() {
    talk.connect().data(BROKER, "last payload").pause(Duration.ofSeconds(10)).ack(CLIENT);
    talk.pause(Duration.ofSeconds(350)).data(CLIENT, "heartbeat").pause(Duration.ofMillis(30));
    talk.bareReset(BROKER);
    Idle idle = observing.reset().idle();
    assertEquals(360 * SECOND + 30_000_000 + 3 * GAP, idle.sameDirection());
    assertEquals(30_000_000 + GAP, idle.opposite());
    assertEquals(30_000_000 + GAP, idle.payload());
    assertEquals(350.0, idle.beforeTrigger() / 1e9, 1e-3);
    assertEquals(idle.beforeTrigger(), idle.silenceNanos());
  }

  @Test
  void shouldNotKnowASilenceBeforeWhichNothingWasSeen() {
    talk.bareReset(BROKER);
    assertEquals(new Idle(-1, -1, -1, -1), observing.reset().idle());
    assertEquals(-1, observing.reset().idle().silenceNanos());
    assertNull(observing.reset().sequenceOffset());
    assertNull(observing.reset().trigger());
    assertNull(observing.reset().amqp());
  }

  @Test
  void shouldTakeTheLaterPayloadOfEitherSide() {
    talk.connect().data(CLIENT, "first").pause(Duration.ofSeconds(7)).data(BROKER, "second");
    talk.pause(Duration.ofSeconds(2)).ack(CLIENT).socketReset(CLIENT);
    assertEquals(2 * SECOND + 2 * GAP, observing.reset().idle().payload());
    assertEquals(GAP, observing.reset().idle().sameDirection());
  }

  @Test
  void shouldTakeTheSilenceOfTheWholeFlowWhenNothingWasAnswered() {
    talk.connect().pause(Duration.ofSeconds(60)).ack(BROKER).pause(Duration.ofSeconds(5));
    talk.socketReset(CLIENT);
    assertNull(observing.reset().trigger());
    assertEquals(5 * SECOND + GAP, observing.reset().idle().silenceNanos());
    assertEquals(5, new Idle(-1, 5, -1, -1).silenceNanos());
    assertEquals(7, new Idle(7, -1, -1, -1).silenceNanos());
  }

  @Test
  void shouldNotCountSilenceBackwardsWhenTimeDoes() {
    talk.connect().pause(Duration.ofSeconds(-3)).socketReset(BROKER);
    assertEquals(0, observing.reset().idle().sameDirection());
    assertEquals(0, observing.reset().idle().opposite());
  }

  @Test
  void shouldNameThePacketThatAStatelessResetAnswers() {
    talk.connect().pause(Duration.ofSeconds(4)).data(CLIENT, "heartbeat");
    long frame = observing.tap.frame();
    talk.pause(Duration.ofMillis(1)).bareReset(BROKER);
    long delay = 1_000_000 + GAP;
    assertEquals(new Trigger(frame, delay, frame, delay, true), observing.reset().trigger());
  }

  @Test
  void shouldTakeAResetAmidDataForTheAnswerToAnEarlierAcknowledgement() {
    talk.connect().data(BROKER, "one").data(BROKER, "two").ack(CLIENT);
    talk.bareReset(BROKER, p -> p.seq(talk.next(BROKER) - 3));
    assertFalse(observing.reset().trigger().exact());
  }

  @Test
  void shouldNameTheOldestPacketThatAResetMayAnswer() {
    talk.connect().pause(Duration.ofSeconds(4)).data(CLIENT, "first");
    long oldest = observing.tap.frame();
    talk.pause(Duration.ofMillis(20)).data(CLIENT, "second").data(CLIENT, "third");
    talk.pause(Duration.ofMillis(1)).bareReset(BROKER);
    assertEquals(
        new Trigger(oldest + 2, 1_000_000 + GAP, oldest, 21_000_000 + 3 * GAP, true),
        observing.reset().trigger());
    assertEquals(4.0, observing.reset().idle().beforeTrigger() / 1e9, 1e-3);
  }

  @Test
  void shouldTellASynAsTheTriggerOfARefusal() {
    talk.syn().pause(Duration.ofMillis(3)).refusal();
    assertEquals(1, observing.reset().trigger().frame());
    assertEquals(3_000_000 + GAP, observing.reset().trigger().oldestDelayNanos());
  }

  @Test
  void shouldTellAFinAsTheTriggerOfASocketsReset() {
    talk.connect().data(BROKER, "greeting").ack(CLIENT).fin(CLIENT).ack(BROKER).socketReset(BROKER);
    assertNotNull(observing.reset().trigger());
    assertEquals(6, observing.reset().trigger().frame());
    assertEquals(-1, observing.reset().idle().beforeTrigger(), "the FIN had an answer");
  }

  @Test
  void shouldNameNoTriggerThatIsTooOld() {
    talk.connect().data(CLIENT, "question").pause(Duration.ofMillis(1_500)).bareReset(BROKER);
    assertNull(observing.reset().trigger());
    assertEquals(-1, observing.reset().idle().beforeTrigger());
  }

  @Test
  void shouldAllowATriggerFourRoundTrips() {
    talk.syn().pause(Duration.ofMillis(500)).synAck().ack(CLIENT).data(CLIENT, "over a satellite");
    talk.pause(Duration.ofMillis(1_500)).bareReset(BROKER);
    assertNotNull(observing.reset().trigger());
    assertEquals(500_000_000 + GAP, observing.reset().minRttNanos());
  }

  @Test
  void shouldNameNoTriggerOfABareResetWithAnotherSequenceNumber() {
    talk.connect().data(CLIENT, "question").bareReset(BROKER, p -> p.seq(777));
    assertNull(observing.reset().trigger());
    assertEquals(777 - 9_000_001, observing.reset().sequenceOffset());
  }

  @Test
  void shouldNameNoTriggerOfASocketsResetThatComesUnasked() {
    talk.connect().data(CLIENT, "question").ack(BROKER).socketReset(BROKER);
    assertNull(observing.reset().trigger());
    assertEquals(0, observing.reset().sequenceOffset());
  }

  @Test
  void shouldCountTheSequenceOffsetBeyondTheEndOfNumbers() {
    talk.next(BROKER, -3).connect().data(BROKER, "beyond").missing(BROKER, 8).socketReset(BROKER);
    assertEquals(8, observing.reset().sequenceOffset());
    assertEquals(12, observing.reset().packet().sequence());
  }

  @Test
  void shouldKeepBothSidesAsTheyWereBeforeTheReset() {
    talk.connect().data(CLIENT, "question").ack(BROKER).ttl(BROKER, 12).socketReset(BROKER);
    talk.data(CLIENT, "after");
    ResetObservation reset = observing.reset();
    assertEquals(BROKER, reset.from());
    assertEquals(12, reset.packet().ttl());
    assertEquals(64, reset.sender().ttl());
    assertEquals(2, reset.sender().packets());
    assertEquals(3, reset.other().packets());
    assertFalse(reset.sender().resetSeen());
    assertTrue(observing.flow().state(BROKER).resetSeen());
    assertEquals(4, observing.flow().state(CLIENT).packets());
  }

  @Test
  void shouldKeepWhatAmqpHadSaidBeforeTheReset() {
    talk.open(60).bareReset(BROKER, p -> p.id(9)).data(CLIENT, AmqpBytes.close(200, "bye", 0, 0));
    assertEquals(AmqpState.OPEN, observing.reset().amqp().state());
    assertEquals(AmqpState.CLOSING, observing.flow().amqp().state());
  }

  @Test
  void shouldNotReadThePayloadOfAResetAsAmqp() {
    talk.connect().bareReset(CLIENT, p -> p.payload(AmqpBytes.header091()));
    assertNull(observing.flow().amqp());
  }

  @Test
  void shouldBearAResetWithNothingBeforeOrAfterIt() {
    talk.socketReset(CLIENT);
    ResetObservation reset = observing.reset();
    assertEquals(CLIENT, reset.from());
    assertEquals(Role.ENDS_CONNECTION, reset.role());
    assertEquals(0, reset.sender().packets());
    assertEquals("R", observing.flow().history());
    assertFalse(observing.flow().handshakeSeen());
  }
}
