package io.rstscope.flow;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.testing.Conversation;
import io.rstscope.testing.Tap;
import org.junit.jupiter.api.Test;

/** What waits for an answer, how fast answers come, and after which silence. */
class UnansweredTest {
  private static final long GAP = Tap.GAP_NANOS;

  private final Tracking tracking = Tracking.usual();
  private final Conversation talk = Conversation.usual(tracking.tap);

  @Test
  void shouldMeasureBothRoundTripsInTheHandshake() {
    talk.client.syn();
    talk.pass(30, MILLISECONDS);
    talk.broker.synAck();
    talk.pass(2, MILLISECONDS);
    talk.client.ack();
    assertEquals(30_000_000 + GAP, tracking.broker().minRttNanos());
    assertEquals(2_000_000 + GAP, tracking.client().minRttNanos());
  }

  @Test
  void shouldMeasureFromDataToItsAcknowledgementAndKeepTheShortest() {
    talk.handshake();
    exchange(50);
    exchange(7);
    exchange(20);
    assertEquals(GAP, tracking.broker().minRttNanos(), "the handshake was fastest");
    Conversation late = Conversation.between(tracking.tap, "10.0.0.1", 40_001, "10.0.0.2", 5672);
    late.client.send("a");
    late.pass(50, MILLISECONDS);
    late.broker.ack();
    late.client.send("b");
    late.pass(7, MILLISECONDS);
    late.broker.ack();
    late.client.send("c");
    late.pass(20, MILLISECONDS);
    late.broker.ack();
    assertEquals(7_000_000 + GAP, tracking.broker().minRttNanos());
    assertEquals(-1, tracking.client().minRttNanos());
  }

  @Test
  void shouldNotMeasureWithASynThatWasSentAgain() {
    talk.client.syn();
    talk.pass(1, SECONDS);
    talk.client.sendAgain(1);
    talk.pass(5, MILLISECONDS);
    talk.broker.synAck();
    assertEquals(-1, tracking.broker().minRttNanos());
  }

  @Test
  void shouldNotMeasureWithDataThatWasSentAgain() {
    talk.client.send("lost");
    talk.pass(300, MILLISECONDS);
    talk.client.sendAgain(1);
    talk.pass(5, MILLISECONDS);
    talk.broker.ack();
    assertEquals(-1, tracking.broker().minRttNanos());
    assertFalse(tracking.client().unanswered().isPending());
  }

  @Test
  void shouldNotMeasureWithDataThatWasSentAgainTogetherWithMore() {
    talk.client.send("lost");
    talk.pass(300, MILLISECONDS);
    talk.client.next(1_000).send("lost and more");
    talk.pass(5, MILLISECONDS);
    talk.broker.ack();
    assertEquals(-1, tracking.broker().minRttNanos());
  }

  @Test
  void shouldNotMeasureWithAProbeOrABareAck() {
    talk.client.ack();
    talk.pass(3, MILLISECONDS);
    talk.broker.send("unasked");
    talk.pass(3, MILLISECONDS);
    talk.client.ack().keepAlive(0);
    talk.pass(3, MILLISECONDS);
    talk.broker.ack();
    assertEquals(-1, tracking.broker().minRttNanos());
  }

  @Test
  void shouldHoldARoundTripUpToItsLimit() {
    talk.client.syn();
    talk.pass(3, SECONDS);
    talk.broker.synAck();
    assertEquals(Endpoint.MAX_RTT_NANOS - 1, tracking.broker().minRttNanos());
  }

  @Test
  void shouldPointToTheOldestOfSeveralUnansweredPackets() {
    talk.handshake();
    talk.broker.send("greeting");
    talk.client.ack();
    talk.broker.ack();
    talk.pass(4, SECONDS);
    talk.client.send("first");
    long frame = tracking.tap.frame();
    long nanos = tracking.tap.nanos();
    talk.pass(10, MILLISECONDS);
    talk.client.send("second").sendAgain(2);
    Unanswered asked = tracking.client().unanswered();
    assertTrue(asked.wantsAnswer());
    assertEquals(frame, asked.frame());
    assertEquals(nanos, asked.sinceNanos());
    assertEquals(4.0, asked.silenceNanos() / 1e9, 1e-3);
    assertEquals(1, asked.again());
  }

  @Test
  void shouldForgetWhatWasAnswered() {
    talk.handshake();
    talk.client.send("lost").sendAgain(1).sendAgain(1);
    assertEquals(2, tracking.client().unanswered().again());
    talk.broker.ack();
    assertFalse(tracking.client().unanswered().isPending());
    assertFalse(tracking.client().unanswered().wantsAnswer());
    assertEquals(0, tracking.client().unanswered().again());
  }

  @Test
  void shouldKeepWaitingWhenTheOtherSideSpeaksWithoutAcknowledging() {
    talk.handshake();
    int acknowledged = talk.client.next();
    talk.client.send("deaf").sendAgain(1);
    talk.broker.put(
        talk.broker.packet().id(900).tcp(5672, 40_000).seq(5_001).ack(acknowledged).payload("x"));
    assertTrue(tracking.client().unanswered().wantsAnswer());
    assertEquals(1, tracking.client().unanswered().again());
  }

  @Test
  void shouldCountProbesWithoutAnswer() {
    talk.handshake().pass(75, SECONDS);
    talk.client.keepAlive(0);
    talk.pass(10, SECONDS);
    talk.client.keepAlive(0).keepAlive(0);
    assertEquals(3, tracking.client().unanswered().again());
    assertEquals(75.0, tracking.client().unanswered().silenceNanos() / 1e9, 1e-3);
  }

  @Test
  void shouldCountUnansweredUpToItsLimit() {
    talk.handshake();
    talk.client.send("anyone?");
    for (int i = 0; i < 300; i++) {
      talk.client.sendAgain(1);
    }
    assertEquals(31, tracking.client().unanswered().again());
    talk.broker.ack();
    assertEquals(0, tracking.client().unanswered().again());
  }

  @Test
  void shouldTakeDataAfterASilenceForTheOldestNotTheAckBeforeIt() {
    talk.handshake().pass(6, SECONDS);
    talk.client.send("heartbeat");
    assertEquals(tracking.tap.frame(), tracking.client().unanswered().frame());
    assertEquals(6.0, tracking.client().unanswered().silenceNanos() / 1e9, 1e-3);
  }

  @Test
  void shouldTakeTheAckForTheOldestWhenDataFollowsAtOnce() {
    talk.handshake();
    long frame = tracking.tap.frame();
    talk.client.send("at once");
    assertEquals(frame, tracking.client().unanswered().frame());
    assertTrue(tracking.client().unanswered().wantsAnswer());
  }

  @Test
  void shouldForgetTheSilenceWhenTheFirstPacketAfterItWasAnswered() {
    talk.handshake().pass(350, SECONDS);
    talk.client.send("first");
    int first = talk.client.next();
    talk.client.send("second");
    talk.broker.put(talk.broker.packet().tcp(5672, 40_000).seq(5_001).ack(first));
    assertTrue(tracking.client().unanswered().wantsAnswer());
    assertEquals(0, tracking.client().unanswered().silenceNanos());
    assertEquals(350.0, tracking.flow().longestIdleNanos() / 1e9, 1e-3);
  }

  @Test
  void shouldNotWaitForAnAnswerThatWasCapturedFirst() {
    talk.handshake();
    talk.client.lose(5);
    talk.broker.ack();
    talk.client.next(1_001).send("quick");
    assertFalse(tracking.client().unanswered().wantsAnswer());
  }

  @Test
  void shouldHoldTheLongestSilenceThatEndedWithAnAnswer() {
    talk.handshake();
    exchangeAfter(10);
    exchangeAfter(40);
    exchangeAfter(20);
    assertEquals(40.0, tracking.flow().longestIdleNanos() / 1e9, 1e-3);
    talk.pass(100, SECONDS);
    talk.client.send("into the void").sendAgain(1);
    assertEquals(40.0, tracking.flow().longestIdleNanos() / 1e9, 1e-3);
  }

  private void exchange(int millis) {
    talk.client.send("question");
    talk.pass(millis, MILLISECONDS);
    talk.broker.ack();
  }

  private void exchangeAfter(int seconds) {
    talk.pass(seconds, SECONDS);
    talk.client.send("heartbeat");
    talk.broker.ack();
  }
}
