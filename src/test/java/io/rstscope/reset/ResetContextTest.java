package io.rstscope.reset;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.amqp.AmqpState;
import io.rstscope.testing.Conversation;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Tap;
import org.junit.jupiter.api.Test;

/** What is measured around a reset: the silences before it, what it answers, who its sender was. */
class ResetContextTest {
  private static final long GAP = Tap.GAP_NANOS;
  private static final long SECOND = 1_000_000_000L;

  private final Observing observing = Observing.usual();
  private final Conversation talk = Conversation.usual(observing.tap);

  @Test
  void shouldMeasureFourSilences() {
    talk.handshake();
    talk.broker.send("last payload");
    talk.pass(10, SECONDS);
    talk.client.ack();
    talk.pass(350, SECONDS);
    talk.client.send("heartbeat");
    talk.pass(30, MILLISECONDS);
    talk.broker.reject();
    Idle idle = observing.reset().idle();
    assertEquals(360 * SECOND + 30_000_000 + 3 * GAP, idle.sameDirection());
    assertEquals(30_000_000 + GAP, idle.opposite());
    assertEquals(30_000_000 + GAP, idle.payload());
    assertEquals(350.0, idle.beforeTrigger() / 1e9, 1e-3);
    assertEquals(idle.beforeTrigger(), idle.silenceNanos());
  }

  @Test
  void shouldNotKnowASilenceBeforeWhichNothingWasSeen() {
    talk.broker.reject();
    assertEquals(new Idle(-1, -1, -1, -1), observing.reset().idle());
    assertEquals(-1, observing.reset().idle().silenceNanos());
    assertNull(observing.reset().sequenceOffset());
    assertNull(observing.reset().trigger());
    assertNull(observing.reset().amqp());
  }

  @Test
  void shouldTakeTheLaterPayloadOfEitherSide() {
    talk.handshake();
    talk.client.send("first");
    talk.pass(7, SECONDS);
    talk.broker.send("second");
    talk.pass(2, SECONDS);
    talk.client.ack().abort();
    assertEquals(2 * SECOND + 2 * GAP, observing.reset().idle().payload());
    assertEquals(GAP, observing.reset().idle().sameDirection());
  }

  @Test
  void shouldTakeTheSilenceOfTheWholeFlowWhenNothingWasAnswered() {
    talk.handshake().pass(60, SECONDS);
    talk.broker.ack();
    talk.pass(5, SECONDS);
    talk.client.abort();
    assertNull(observing.reset().trigger());
    assertEquals(5 * SECOND + GAP, observing.reset().idle().silenceNanos());
    assertEquals(5, new Idle(-1, 5, -1, -1).silenceNanos());
    assertEquals(7, new Idle(7, -1, -1, -1).silenceNanos());
  }

  @Test
  void shouldNotCountSilenceBackwardsWhenTimeDoes() {
    talk.handshake().pass(-3, SECONDS);
    talk.broker.abort();
    assertEquals(0, observing.reset().idle().sameDirection());
    assertEquals(0, observing.reset().idle().opposite());
  }

  @Test
  void shouldNameThePacketThatAStatelessResetAnswers() {
    talk.handshake().pass(4, SECONDS);
    talk.client.send("heartbeat");
    long frame = observing.tap.frame();
    talk.pass(1, MILLISECONDS);
    talk.broker.reject();
    long delay = 1_000_000 + GAP;
    assertEquals(new Trigger(frame, delay, frame, delay, true), observing.reset().trigger());
  }

  @Test
  void shouldTakeAResetAmidDataForTheAnswerToAnEarlierAcknowledgement() {
    talk.handshake();
    talk.broker.send("one").send("two");
    talk.client.ack();
    talk.broker.put(
        talk.broker
            .packet()
            .id(0)
            .df(true)
            .tcp(5672, 40_000)
            .flags(Packets.RST)
            .seq(talk.broker.next() - 3)
            .window(0));
    assertFalse(observing.reset().trigger().exact());
  }

  @Test
  void shouldNameTheOldestPacketThatAResetMayAnswer() {
    talk.handshake().pass(4, SECONDS);
    talk.client.send("first");
    long oldest = observing.tap.frame();
    talk.pass(20, MILLISECONDS);
    talk.client.send("second").send("third");
    talk.pass(1, MILLISECONDS);
    talk.broker.reject();
    assertEquals(
        new Trigger(oldest + 2, 1_000_000 + GAP, oldest, 21_000_000 + 3 * GAP, true),
        observing.reset().trigger());
    assertEquals(4.0, observing.reset().idle().beforeTrigger() / 1e9, 1e-3);
  }

  @Test
  void shouldTellASynAsTheTriggerOfARefusal() {
    talk.client.syn();
    talk.pass(3, MILLISECONDS);
    talk.broker.refuse();
    assertEquals(1, observing.reset().trigger().frame());
    assertEquals(3_000_000 + GAP, observing.reset().trigger().oldestDelayNanos());
  }

  @Test
  void shouldTellAFinAsTheTriggerOfASocketsReset() {
    talk.handshake();
    talk.broker.send("greeting");
    talk.client.ack().fin();
    talk.broker.ack().abort();
    assertNotNull(observing.reset().trigger());
    assertEquals(6, observing.reset().trigger().frame());
    assertEquals(-1, observing.reset().idle().beforeTrigger(), "the FIN had an answer");
  }

  @Test
  void shouldNameNoTriggerThatIsTooOld() {
    talk.handshake();
    talk.client.send("question");
    talk.pass(1_500, MILLISECONDS);
    talk.broker.reject();
    assertNull(observing.reset().trigger());
    assertEquals(-1, observing.reset().idle().beforeTrigger());
  }

  @Test
  void shouldAllowATriggerFourRoundTrips() {
    talk.client.syn();
    talk.pass(500, MILLISECONDS);
    talk.broker.synAck();
    talk.client.ack().send("over a satellite");
    talk.pass(1_500, MILLISECONDS);
    talk.broker.reject();
    assertNotNull(observing.reset().trigger());
    assertEquals(500_000_000 + GAP, observing.reset().minRttNanos());
  }

  @Test
  void shouldNameNoTriggerOfABareResetWithAnotherSequenceNumber() {
    talk.handshake();
    talk.client.send("question");
    talk.broker.put(
        talk.broker.packet().id(0).tcp(5672, 40_000).flags(Packets.RST).seq(777).window(0));
    assertNull(observing.reset().trigger());
    assertEquals(777 - 5_001, observing.reset().sequenceOffset());
  }

  @Test
  void shouldNameNoTriggerOfASocketsResetThatComesUnasked() {
    talk.handshake();
    talk.client.send("question");
    talk.broker.ack().abort();
    assertNull(observing.reset().trigger());
    assertEquals(0, observing.reset().sequenceOffset());
  }

  @Test
  void shouldCountTheSequenceOffsetBeyondTheEndOfNumbers() {
    talk.broker.next(-3);
    talk.handshake();
    talk.broker.send("beyond").lose(8).abort();
    assertEquals(8, observing.reset().sequenceOffset());
    assertEquals(12, observing.reset().packet().sequence());
  }

  @Test
  void shouldKeepBothSidesAsTheyWereBeforeTheReset() {
    talk.handshake();
    talk.client.send("question");
    talk.broker.ack().ttl(12).abort();
    talk.client.send("after");
    ResetObservation reset = observing.reset();
    assertFalse(reset.fromClient());
    assertEquals(12, reset.packet().ttl());
    assertEquals(64, reset.sender().ttl());
    assertEquals(2, reset.sender().packets());
    assertEquals(3, reset.other().packets());
    assertFalse(reset.sender().resetSeen());
    assertTrue(observing.flow().state(false).resetSeen());
    assertEquals(4, observing.flow().state(true).packets());
  }

  @Test
  void shouldKeepWhatAmqpHadSaidBeforeTheReset() {
    talk.handshake().openAmqp();
    talk.broker.put(
        talk.broker.packet().id(9).tcp(5672, 40_000).flags(Packets.RST).seq(talk.broker.next()));
    talk.client.send(AmqpBytes.close(200, "bye", 0, 0));
    assertEquals(AmqpState.OPEN, observing.reset().amqp().state());
    assertEquals(AmqpState.CLOSING, observing.flow().amqp().state());
  }

  @Test
  void shouldNotReadThePayloadOfAResetAsAmqp() {
    talk.handshake();
    talk.client.put(
        talk.client
            .packet()
            .tcp(40_000, 5672)
            .flags(Packets.RST)
            .seq(1_001)
            .payload(AmqpBytes.header091()));
    assertNull(observing.flow().amqp());
  }

  @Test
  void shouldBearAResetWithNothingBeforeOrAfterIt() {
    talk.client.abort();
    ResetObservation reset = observing.reset();
    assertTrue(reset.fromClient());
    assertEquals(Role.ENDS_CONNECTION, reset.role());
    assertEquals(0, reset.sender().packets());
    assertEquals("R", observing.flow().history());
    assertFalse(observing.flow().handshakeSeen());
  }
}
