package io.rstscope.flow;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import io.rstscope.testing.Tap;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What waits for an answer, how fast answers come, and after which silence. */
class UnansweredTest {
  private static final long GAP = Tap.GAP_NANOS;

  private final Tracking tracking = Tracking.usual();
  private final Talk talk = new Talk().seenBy(tracking.tap).roundTrip(Duration.ZERO);

  @Test
  void shouldMeasureBothRoundTripsInTheHandshake() {
    talk.syn().pause(Duration.ofMillis(30)).synAck().pause(Duration.ofMillis(2)).ack(CLIENT);
    assertEquals(30_000_000 + GAP, tracking.broker().minRttNanos());
    assertEquals(2_000_000 + GAP, tracking.client().minRttNanos());
  }

  @Test
  void shouldMeasureFromDataToItsAcknowledgementAndKeepTheShortest() {
    talk.connect();
    exchange(talk, 50);
    exchange(talk, 7);
    exchange(talk, 20);
    assertEquals(GAP, tracking.broker().minRttNanos(), "the handshake was fastest");
    Talk late = new Talk("10.0.1.1", 40_001).seenBy(tracking.tap);
    exchange(late, 50);
    exchange(late, 7);
    exchange(late, 20);
    assertEquals(7_000_000 + GAP, tracking.broker().minRttNanos());
    assertEquals(-1, tracking.client().minRttNanos());
  }

  @Test
  void shouldNotMeasureWithASynThatWasSentAgain() {
    talk.syn().pause(Duration.ofSeconds(1)).again(CLIENT).pause(Duration.ofMillis(5)).synAck();
    assertEquals(-1, tracking.broker().minRttNanos());
  }

  @Test
  void shouldNotMeasureWithDataThatWasSentAgain() {
    talk.data(CLIENT, "lost").pause(Duration.ofMillis(300)).again(CLIENT);
    talk.pause(Duration.ofMillis(5)).ack(BROKER);
    assertEquals(-1, tracking.broker().minRttNanos());
    assertFalse(tracking.client().unanswered().isPending());
  }

  @Test
  void shouldNotMeasureWithDataThatWasSentAgainTogetherWithMore() {
    talk.data(CLIENT, "lost").pause(Duration.ofMillis(300));
    talk.next(CLIENT, 7_000_000).data(CLIENT, "lost and more").pause(Duration.ofMillis(5));
    talk.ack(BROKER);
    assertEquals(-1, tracking.broker().minRttNanos());
  }

  @Test
  void shouldNotMeasureWithAProbeOrABareAck() {
    talk.ack(CLIENT).pause(Duration.ofMillis(3)).data(BROKER, "unasked");
    talk.pause(Duration.ofMillis(3)).ack(CLIENT).keepAlive(CLIENT, 0).pause(Duration.ofMillis(3));
    talk.ack(BROKER);
    assertEquals(-1, tracking.broker().minRttNanos());
  }

  @Test
  void shouldHoldARoundTripUpToItsLimit() {
    talk.syn().pause(Duration.ofSeconds(3)).synAck();
    assertEquals(Endpoint.MAX_RTT_NANOS - 1, tracking.broker().minRttNanos());
  }

  @Test
  void shouldPointToTheOldestOfSeveralUnansweredPackets() {
    talk.connect().data(BROKER, "greeting").ack(CLIENT).ack(BROKER).pause(Duration.ofSeconds(4));
    talk.data(CLIENT, "first");
    long frame = tracking.tap.frame();
    long nanos = tracking.tap.nanos();
    talk.pause(Duration.ofMillis(10)).data(CLIENT, "second").again(CLIENT, 2);
    Unanswered asked = tracking.client().unanswered();
    assertTrue(asked.wantsAnswer());
    assertEquals(frame, asked.frame());
    assertEquals(nanos, asked.sinceNanos());
    assertEquals(4.0, asked.silenceNanos() / 1e9, 1e-3);
    assertEquals(1, asked.retransmissions());
  }

  @Test
  void shouldForgetWhatWasAnswered() {
    talk.connect().data(CLIENT, "lost").again(CLIENT).again(CLIENT);
    assertEquals(2, tracking.client().unanswered().retransmissions());
    talk.ack(BROKER);
    assertFalse(tracking.client().unanswered().isPending());
    assertFalse(tracking.client().unanswered().wantsAnswer());
    assertEquals(0, tracking.client().unanswered().retransmissions());
  }

  @Test
  void shouldKeepWaitingWhenTheOtherSideSpeaksWithoutAcknowledging() {
    talk.connect();
    int acknowledged = talk.next(CLIENT);
    talk.data(CLIENT, "deaf").again(CLIENT);
    talk.packet(BROKER, Packets.ACK, p -> p.ack(acknowledged).payload("x"));
    assertTrue(tracking.client().unanswered().wantsAnswer());
    assertEquals(1, tracking.client().unanswered().retransmissions());
  }

  @Test
  void shouldCountProbesWithoutAnswer() {
    talk.connect().pause(Duration.ofSeconds(75)).keepAlive(CLIENT, 0).pause(Duration.ofSeconds(10));
    talk.keepAlive(CLIENT, 0).keepAlive(CLIENT, 0);
    assertEquals(3, tracking.client().unanswered().retransmissions());
    assertEquals(75.0, tracking.client().unanswered().silenceNanos() / 1e9, 1e-3);
  }

  @Test
  void shouldCountUnansweredUpToItsLimit() {
    talk.connect().data(CLIENT, "anyone?");
    for (int i = 0; i < 300; i++) {
      talk.again(CLIENT);
    }
    assertEquals(31, tracking.client().unanswered().retransmissions());
    talk.ack(BROKER);
    assertEquals(0, tracking.client().unanswered().retransmissions());
  }

  @Test
  void shouldTakeDataAfterASilenceForTheOldestNotTheAckBeforeIt() {
    talk.connect().pause(Duration.ofSeconds(6)).data(CLIENT, "heartbeat");
    assertEquals(tracking.tap.frame(), tracking.client().unanswered().frame());
    assertEquals(6.0, tracking.client().unanswered().silenceNanos() / 1e9, 1e-3);
  }

  @Test
  void shouldTakeTheAckForTheOldestWhenDataFollowsAtOnce() {
    talk.connect();
    long frame = tracking.tap.frame();
    talk.data(CLIENT, "at once");
    assertEquals(frame, tracking.client().unanswered().frame());
    assertTrue(tracking.client().unanswered().wantsAnswer());
  }

  @Test
  void shouldForgetTheSilenceWhenTheFirstPacketAfterItWasAnswered() {
    talk.connect().pause(Duration.ofSeconds(350)).data(CLIENT, "first");
    int first = talk.next(CLIENT);
    talk.data(CLIENT, "second").packet(BROKER, Packets.ACK, p -> p.ack(first));
    assertTrue(tracking.client().unanswered().wantsAnswer());
    assertEquals(0, tracking.client().unanswered().silenceNanos());
    assertEquals(350.0, tracking.flow().longestIdleNanos() / 1e9, 1e-3);
  }

  @Test
  void shouldNotWaitForAnAnswerThatWasCapturedFirst() {
    talk.connect().missing(CLIENT, 5).ack(BROKER).next(CLIENT, 7_000_001).data(CLIENT, "quick");
    assertFalse(tracking.client().unanswered().wantsAnswer());
  }

  @Test
  void shouldHoldTheLongestSilenceThatEndedWithAnAnswer() {
    talk.connect();
    exchangeAfter(10);
    exchangeAfter(40);
    exchangeAfter(20);
    assertEquals(40.0, tracking.flow().longestIdleNanos() / 1e9, 1e-3);
    talk.pause(Duration.ofSeconds(100)).data(CLIENT, "into the void").again(CLIENT);
    assertEquals(40.0, tracking.flow().longestIdleNanos() / 1e9, 1e-3);
  }

  private static void exchange(Talk talk, int millis) {
    talk.data(CLIENT, "question").pause(Duration.ofMillis(millis)).ack(BROKER);
  }

  private void exchangeAfter(int seconds) {
    talk.pause(Duration.ofSeconds(seconds)).data(CLIENT, "heartbeat").ack(BROKER);
  }
}
