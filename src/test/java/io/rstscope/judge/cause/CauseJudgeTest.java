package io.rstscope.judge.cause;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.judge.sender.Sender;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.IdleTimeout;
import io.rstscope.testing.Talk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** From the sequence of events to the cause: the table of what a capture at the broker shows. */
class CauseJudgeTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Processes die at any moment, not after whole seconds. */
  private static final Duration PAUSE = Duration.ofMillis(1_370);

  private static final byte[] EMPTY_FRAME = AmqpBytes.emptyFrame10();
  private static final Duration SILENCE = Duration.ofSeconds(400);
  private static final byte[] PROXY =
      "PROXY TCP4 203.0.113.7 10.0.0.2 5555 5672\r\n".getBytes(StandardCharsets.US_ASCII);

  private static void assertEnding(Sender endedBy, Cause cause, Ending ending) {
    assertEquals(cause, ending.cause(), ending.says());
    assertEquals(endedBy, ending.endedBy(), ending.says());
    assertEquals(cause.isBenign(), ending.benign());
  }

  @Test
  void shouldCallItNormalWhenTheBrokerResetsAfterACloseOfAmqp() {
    Talk talk = new Talk().open(60).client(AmqpBytes.close(200, "Goodbye", 0, 0));
    talk.broker(AmqpBytes.closeOk()).fin(CLIENT).socketReset(BROKER);

    assertEnding(Sender.CLIENT, Cause.NORMAL_CLOSE, Analysis.ending(talk));
  }

  @Test
  void shouldCallItAClientsAbortWhenItSendsFinWithoutClosing() {
    Talk talk = new Talk().open(60).pause(PAUSE).fin(CLIENT).socketReset(BROKER);

    assertEnding(Sender.CLIENT, Cause.CLIENT_ABORT, Analysis.ending(talk));
  }

  @Test
  void shouldCallItTheProxysIdleTimeoutWhenAProxySendsFinAfterSilence() {
    Talk talk = new Talk().connect().data(CLIENT, PROXY).client(AmqpBytes.header091());
    talk.broker(AmqpBytes.brokerHandshake()).client(AmqpBytes.heartbeat()).pause(SILENCE);

    Ending ending = Analysis.ending(talk.fin(CLIENT).socketReset(BROKER));

    assertEnding(Sender.MIDDLEBOX, Cause.IDLE_TIMEOUT, ending);
  }

  @Test
  void shouldCallItTheProxysIdleTimeoutWhenItEndsAsHaproxyDoes() {
    Talk talk = new Talk().open(0).pause(SILENCE).fin(CLIENT).pause(Duration.ofNanos(100_000));

    FlowVerdict verdict = Analysis.of(talk.socketReset(CLIENT));

    assertTrue(verdict.verdicts().get(0).peerMayBeProxy());
    assertEnding(Sender.MIDDLEBOX, Cause.IDLE_TIMEOUT, verdict.ending());
  }

  private static Talk silentFor(int heartbeats, int heartbeat) {
    Talk talk = new Talk().open(heartbeat).client(AmqpBytes.heartbeat());
    for (int i = 0; i < heartbeats; i++) {
      talk.pause(Duration.ofMillis(heartbeat * 500L));
      talk.broker(AmqpBytes.heartbeat());
    }
    return talk.pause(Duration.ofMillis(heartbeat * 500L));
  }

  @Test
  void shouldCallItMissedHeartbeatsWhenABrokerWaitsThreeIntervals() {
    Ending ending = Analysis.ending(silentFor(5, 2).socketReset(BROKER));

    assertEnding(Sender.BROKER, Cause.MISSED_HEARTBEATS, ending);
    assertTrue(ending.says().contains("its process hangs"), ending.says());
  }

  @Test
  void shouldNotCallItLostWhenTheCaptureEndsWithAPacketOnItsWay() {
    Talk talk = new Talk().open(60).pause(SECOND).data(BROKER, AmqpBytes.heartbeat());
    Ending inFlight = Analysis.endingAsYet(talk);
    talk.pause(SECOND).again(BROKER).pause(SECOND).again(BROKER);
    Ending sentTwiceMore = Analysis.endingAsYet(talk);
    Ending lost = Analysis.endingAsYet(talk.pause(SECOND).again(BROKER));

    assertEquals(Cause.STILL_OPEN, inFlight.cause());
    assertTrue(
        inFlight.says().endsWith("the broker's packet in frame 16 had not been acknowledged yet"));
    assertEquals(Cause.STILL_OPEN, sentTwiceMore.cause());
    assertEquals(Cause.SILENT_DROP, lost.cause());
  }

  @Test
  void shouldNotCallItLostWhenTheCaptureEndsBeforeItIsOpen() {
    Talk talk = new Talk().connect().data(CLIENT, AmqpBytes.header091());

    Ending ending = Analysis.endingAsYet(talk);

    assertEquals(Cause.STILL_OPEN, ending.cause());
    assertTrue(ending.says().endsWith("had not been acknowledged yet"), ending.says());
  }

  @Test
  void shouldMeasureEachSideByTheIdleTimeOutOfTheOtherInAmqp10() {
    Duration silence = Duration.ofMillis(25_600);
    Talk impatientClient = new Talk().open10(10, 60).pause(silence).broker(EMPTY_FRAME);
    Talk impatientBroker = new Talk().open10(60, 10).pause(silence).broker(EMPTY_FRAME);

    assertEquals(Cause.BROKER_ABORT, Analysis.ending(impatientClient.socketReset(BROKER)).cause());
    assertEquals(
        Cause.MISSED_HEARTBEATS, Analysis.ending(impatientBroker.socketReset(BROKER)).cause());
  }

  @Test
  void shouldMeasureTheBrokerByTheIdleTimeOutOfTheClientInAmqp10() {
    Duration silence = Duration.ofSeconds(25);

    assertEquals(
        Cause.MISSED_HEARTBEATS,
        Analysis.ending(new Talk().open10(10, 0).pause(silence).fin(CLIENT).socketReset(BROKER))
            .cause());
    assertEquals(
        Cause.CLIENT_ABORT,
        Analysis.ending(new Talk().open10(0, 10).pause(silence).fin(CLIENT).socketReset(BROKER))
            .cause());
  }

  @Test
  void shouldCallThePathDeadWhenTheBrokersHeartbeatsGetNoAnswer() {
    Talk talk = new Talk().open(2).client(AmqpBytes.heartbeat()).pause(SECOND);
    talk.data(BROKER, AmqpBytes.heartbeat());
    for (int i = 0; i < 4; i++) {
      talk.pause(SECOND).again(BROKER);
    }

    Ending ending = Analysis.ending(talk.pause(SECOND).socketReset(BROKER));

    assertEnding(Sender.BROKER, Cause.MISSED_HEARTBEATS, ending);
    assertTrue(ending.says().contains("the path or the client's host is dead"), ending.says());
  }

  @Test
  void shouldCallItMissedHeartbeatsWhenTheBrokerGivesUpWithFin() {
    Ending ending = Analysis.ending(silentFor(5, 2).fin(BROKER).answerDelay(CLIENT).ack(CLIENT));

    assertEnding(Sender.BROKER, Cause.MISSED_HEARTBEATS, ending);
  }

  @Test
  void shouldCallItMissedHeartbeatsThoughTheBrokerSpeaksAgainLater() {
    Talk talk = new Talk().open(2).pause(Duration.ofSeconds(2)).client(AmqpBytes.heartbeat());
    talk.pause(Duration.ofMillis(2_100)).fin(CLIENT).pause(Duration.ofSeconds(3));

    Ending ending = Analysis.ending(talk.data(BROKER, AmqpBytes.heartbeat()).socketReset(BROKER));

    assertEquals(Cause.MISSED_HEARTBEATS, ending.cause());
    assertEquals(Sender.CLIENT, ending.endedBy());
  }

  @Test
  void shouldCallItAProxysIdleTimeoutWhenItAwaitsTheAckOfItsFin() {
    Talk talk = new Talk().open(0).pause(Duration.ofSeconds(4)).fin(CLIENT);
    talk.pause(Duration.ofMillis(43)).ack(BROKER).pause(Duration.ofMillis(7));

    Ending ending = Analysis.ending(talk.socketReset(CLIENT));

    assertEquals(Cause.IDLE_TIMEOUT, ending.cause());
    assertEquals(Sender.MIDDLEBOX, ending.endedBy());
  }

  @Test
  void shouldCallItAnIdleTimeoutWhenADeviceResetsOutOfTheBlue() {
    Talk talk = new Talk().open(0).pause(Duration.ofSeconds(300)).ttl(CLIENT, 63);

    Ending ending = Analysis.ending(talk.craftedReset(CLIENT));

    assertEquals(Cause.IDLE_TIMEOUT, ending.cause());
  }

  @Test
  void shouldNotCallItMissedHeartbeatsWhenTheyAreOff() {
    Talk talk = new Talk().open(0).pause(Duration.ofMillis(151_370)).socketReset(BROKER);

    assertEnding(Sender.BROKER, Cause.BROKER_ABORT, Analysis.ending(talk));
  }

  @Test
  void shouldCallItAHandshakeTimeoutWhenTheClientSaidNothing() {
    Talk talk = new Talk().connect().pause(Duration.ofSeconds(10)).socketReset(BROKER);

    assertEnding(Sender.BROKER, Cause.HANDSHAKE_TIMEOUT, Analysis.ending(talk));
  }

  @Test
  void shouldCallItTheBrokersAbortWhenAllItsConnectionsAreResetAtOnce() {
    Talk[] others = new Talk[4];
    for (int i = 0; i < others.length; i++) {
      others[i] = new Talk("10.0.1." + (10 + i), 40_001 + i).open(60).pause(PAUSE);
      others[i].socketReset(BROKER);
    }

    Ending ending = Analysis.ending(new Talk().open(60).pause(PAUSE).socketReset(BROKER), others);

    assertEnding(Sender.BROKER, Cause.BROKER_ABORT, ending);
    assertTrue(ending.says().contains("5 connections"), ending.says());
  }

  @Test
  void shouldCallTheBrokerGoneWhenItsHostNoLongerKnowsTheConnection() {
    Talk talk = new Talk().ttl(BROKER, 62).open(60).pause(Duration.ofMillis(21_370));
    talk.data(CLIENT, AmqpBytes.heartbeat());

    assertEnding(Sender.BROKER, Cause.BROKER_GONE, Analysis.ending(talk.bareReset(BROKER)));
  }

  @Test
  void shouldBlameTheEarlierForgedResetWhenTheClientGoesOn() {
    Talk talk = new Talk().open(60).pause(PAUSE).ttl(CLIENT, 63).craftedReset(CLIENT);
    talk.ttl(CLIENT, 61).pause(SECOND).data(CLIENT, AmqpBytes.heartbeat()).bareReset(BROKER);

    FlowVerdict verdict = Analysis.of(talk);

    assertEquals(Sender.BROKER, verdict.verdicts().get(1).sender());
    assertEnding(Sender.MIDDLEBOX, Cause.INJECTED_RESET, verdict.ending());
  }

  @Test
  void shouldCallItTheClientsAbortWhenItsOwnSocketResets() {
    Talk talk = new Talk().open(60).pause(PAUSE).socketReset(CLIENT);

    assertEnding(Sender.CLIENT, Cause.CLIENT_ABORT, Analysis.ending(talk));
  }

  @Test
  void shouldCallTheClientGoneWhenItsHostAnswersARetransmission() {
    Talk talk = new Talk().open(60).pause(Duration.ofMillis(33_470));
    talk.data(BROKER, AmqpBytes.heartbeat());
    talk.pause(SECOND).again(BROKER).answerDelay(CLIENT).bareReset(CLIENT);

    assertEnding(Sender.CLIENT, Cause.CLIENT_GONE, Analysis.ending(talk));
  }

  private static Talk forgotten(String client, int port) {
    return IdleTimeout.forgotten(new Talk(client, port).open(0), SILENCE);
  }

  @Test
  void shouldCallItAnIdleTimeoutWhenAnotherTtlAnswersAfterSilence() {
    Ending ending = Analysis.ending(forgotten("10.0.1.1", 40_000));

    assertEnding(Sender.MIDDLEBOX, Cause.IDLE_TIMEOUT, ending);
    assertEquals(400.0, ending.idleNanos() / 1e9, 0.01);
  }

  @Test
  void shouldCallItAnIdleTimeoutWhenADeviceResetsBothSidesAfterSilence() {
    Talk talk = new Talk().open(0).pause(SILENCE).ttl(CLIENT, 63).ttl(BROKER, 63);

    Ending ending = Analysis.ending(talk.bareReset(CLIENT).bareReset(BROKER));

    assertEnding(Sender.MIDDLEBOX, Cause.IDLE_TIMEOUT, ending);
  }

  @Test
  void shouldCallItInjectedWhenACraftedResetComesWithoutSilence() {
    Talk talk = new Talk().open(60).client(AmqpBytes.publish(100)).ttl(CLIENT, 63);

    assertEnding(
        Sender.MIDDLEBOX, Cause.INJECTED_RESET, Analysis.ending(talk.craftedReset(CLIENT)));
  }

  @Test
  void shouldCallItASilentDropWhenNeitherAnswerNorResetComes() {
    Talk talk = new Talk().open(0).pause(SILENCE).data(CLIENT, new byte[9]);
    for (int i = 0; i < 5; i++) {
      talk.pause(SECOND).again(CLIENT);
    }

    assertEquals(Cause.SILENT_DROP, Analysis.ending(talk).cause());
  }

  @Test
  void shouldCallItAProbeWhenAScanResetsTheAcceptedConnection() {
    Talk talk = new Talk().syn().synAck().answerDelay(CLIENT).bareReset(CLIENT);

    assertEnding(Sender.CLIENT, Cause.PROBE, Analysis.ending(talk));
  }

  @Test
  void shouldCallItAProbeWhenAHealthCheckClosesWithoutAByteOfAmqp() {
    Talk talk = new Talk().connect().fin(CLIENT).socketReset(BROKER);

    assertEnding(Sender.CLIENT, Cause.PROBE, Analysis.ending(talk));
  }

  @Test
  void shouldCallItRefusedWhenAResetAnswersTheSyn() {
    assertEquals(Cause.REFUSED, Analysis.ending(new Talk().syn().refusal()).cause());
  }

  @Test
  void shouldCallItStillOpenWhenTheResetHadNoEffect() {
    Talk talk = new Talk().open(60).pause(SECOND).missing(CLIENT, 5000).bareReset(CLIENT);
    talk.missing(CLIENT, -5000).pause(SECOND);
    for (int i = 0; i < 3; i++) {
      talk.client(AmqpBytes.heartbeat()).broker(AmqpBytes.heartbeat()).pause(SECOND);
    }

    Ending ending = Analysis.ending(talk);

    assertEquals(Cause.STILL_OPEN, ending.cause());
    assertTrue(ending.benign());
  }

  @Test
  void shouldCallItLostStateWhenSeveralClientsAreForgottenAtOnce() {
    Talk[] others = new Talk[6];
    for (int i = 0; i < others.length; i++) {
      others[i] = forgotten("10.0.1." + (2 + i), 40_001 + i);
    }

    Ending ending = Analysis.of(forgotten("10.0.1.1", 40_000), others).ending();

    assertEquals(Cause.STATE_LOST, ending.cause());
    assertEquals(Sender.MIDDLEBOX, ending.endedBy());
  }

  @Test
  void shouldNotCallItNormalWhenAFirewallAnswersTheClientsClose() {
    Talk talk = new Talk().cooked().open(0).pause(SILENCE);
    talk.data(CLIENT, AmqpBytes.close(200, "Bye", 0, 0)).ttl(BROKER, 62).received(BROKER, true);

    Ending ending = Analysis.ending(talk.bareReset(BROKER));

    assertEnding(Sender.MIDDLEBOX, Cause.IDLE_TIMEOUT, ending);
  }

  @Test
  void shouldNotCallItNormalWhenNobodyAnswersTheClientsClose() {
    Talk talk = new Talk().open(0).pause(SILENCE).data(CLIENT, AmqpBytes.close(200, "Bye", 0, 0));
    for (int i = 0; i < 5; i++) {
      talk.pause(SECOND).again(CLIENT);
    }

    assertEquals(Cause.SILENT_DROP, Analysis.ending(talk).cause());
  }

  @Test
  void shouldNotCallItNormalWhenTheClientClosesBecauseOfAnError() {
    Talk talk = new Talk().open(60).client(AmqpBytes.close(541, "INTERNAL_ERROR", 0, 0));

    Ending ending =
        Analysis.ending(talk.broker(AmqpBytes.closeOk()).fin(CLIENT).socketReset(BROKER));

    assertEnding(Sender.CLIENT, Cause.CLIENT_ABORT, ending);
    assertTrue(ending.says().contains("541"), ending.says());
  }

  @Test
  void shouldCallItMissedHeartbeatsThoughTheClientSpeaksAgain() {
    Talk talk =
        silentFor(5, 2).socketReset(BROKER).pause(SECOND).data(CLIENT, AmqpBytes.heartbeat());

    assertEnding(Sender.BROKER, Cause.MISSED_HEARTBEATS, Analysis.ending(talk.bareReset(BROKER)));
  }

  @Test
  void shouldBeSurerOfTheHandshakeTimeoutAfterTheTimeThatRabbitmqWaits() {
    double defaultTime = likelihoodOfTimeoutAfter(Duration.ofSeconds(10));
    double shorter = likelihoodOfTimeoutAfter(Duration.ofMillis(1_270));

    assertTrue(defaultTime >= 0.85, () -> "" + defaultTime);
    assertTrue(shorter < defaultTime, () -> shorter + " " + defaultTime);
  }

  private static double likelihoodOfTimeoutAfter(Duration time) {
    return handshakeEndedAfter(time).likelihood(Cause.HANDSHAKE_TIMEOUT);
  }

  private static Ending handshakeEndedAfter(Duration time) {
    Talk talk = new Talk().connect().client(AmqpBytes.header091()).broker(AmqpBytes.start());
    Ending ending = Analysis.ending(talk.pause(time).socketReset(BROKER));
    assertEquals(Cause.HANDSHAKE_TIMEOUT, ending.cause());
    return ending;
  }

  @Test
  void shouldNotSayThatAProcessWasKilledWhereItsKernelSentNoFinBefore() {
    Talk talk = new Talk().open(60).pause(SECOND).client(AmqpBytes.publish(10));

    Ending ending = Analysis.ending(talk.data(BROKER, AmqpBytes.heartbeat()).bareReset(CLIENT));

    assertEquals(Cause.UNDETERMINED, ending.cause());
    assertEquals(Cause.CLIENT_ABORT, ending.alternatives().get(0).cause());
  }
}
