package io.rstscope.judge.sender;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What happened before a reset that makes its sender reset. */
class ReasonToResetTest {
  private static Evidence reason(Talk talk) {
    return Analysis.clue(ClueKind.REASON_TO_RESET, talk);
  }

  @Test
  void shouldConfirmTheBrokerWhenTheClientHadJustSentFin() {
    Evidence evidence = reason(new Talk().open(60).fin(CLIENT).socketReset(BROKER));

    assertEquals(Sender.BROKER, evidence.pointsTo());
    assertFalse(evidence.imitable());
  }

  @Test
  void shouldConfirmTheBrokerWhenItHadSaidThatItCloses() {
    Talk talk = new Talk().open(60).broker(AmqpBytes.close(320, "shutdown", 0, 0));

    assertNotNull(reason(talk.pause(Duration.ofSeconds(3)).socketReset(BROKER)));
  }

  @Test
  void shouldConfirmTheBrokerWhenTheClientsHeartbeatsWereMissing() {
    Talk talk = new Talk().open(10).pause(Duration.ofSeconds(29)).ack(CLIENT);

    assertNotNull(reason(talk.socketReset(BROKER)));
  }

  @Test
  void shouldNotApplyOutOfTheBlue() {
    assertNull(reason(new Talk().open(60).pause(Duration.ofSeconds(5)).socketReset(BROKER)));
  }

  @Test
  void shouldNotApplyToAFormThatNoSocketSends() {
    assertNull(reason(new Talk().open(60).fin(CLIENT).craftedReset(BROKER)));
  }

  private static Talk dies(int port) {
    Talk talk = new Talk("10.0.1.1", 40_000 + port).open(60);
    return talk.pause(Duration.ofSeconds(5)).socketReset(BROKER);
  }

  private static Evidence reason(Talk talk, Talk... others) {
    return Analysis.clue(ClueKind.REASON_TO_RESET, Analysis.lastReset(talk, others));
  }

  @Test
  void shouldConfirmTheBrokerWhenManyOfItsSocketsResetAtOnce() {
    assertEquals(
        "the broker's sockets reset 3 connections at once, as when their process exits",
        reason(dies(0), dies(1), dies(2)).says());
    assertNull(reason(dies(0), dies(1)));
  }

  @Test
  void shouldConfirmWhoResetsRightAfterTheOtherClosed() {
    Talk client = new Talk().open(60).fin(BROKER).socketReset(CLIENT);

    assertEquals(Sender.CLIENT, reason(client).pointsTo());
    assertTrue(reason(client).says().startsWith("it follows the end of the connection at once"));
  }

  @Test
  void shouldNotTakeAResetLongAfterTheCloseForAReactionToIt() {
    Talk soon = new Talk().open(60).fin(CLIENT).pause(Duration.ofMillis(990));
    Talk late = new Talk().open(60).fin(CLIENT).pause(Duration.ofMillis(1_001));

    assertNotNull(reason(soon.socketReset(BROKER)));
    assertNull(reason(late.socketReset(BROKER)));
  }

  @Test
  void shouldNotKnowAReasonForTheClientWhichMayGiveUpAtAnyTime() {
    Talk missed = new Talk().open(10).pause(Duration.ofSeconds(29)).ack(BROKER);
    Talk told = new Talk().open(60).client(AmqpBytes.close(320, "shutdown", 0, 0));

    assertNull(reason(missed.socketReset(CLIENT)));
    assertNull(reason(told.pause(Duration.ofSeconds(3)).socketReset(CLIENT)));
  }

  @Test
  void shouldNotTakeTheClientsCloseForTheBrokers() {
    Talk told = new Talk().open(60).client(AmqpBytes.close(320, "shutdown", 0, 0));

    assertNull(reason(told.pause(Duration.ofSeconds(3)).socketReset(BROKER)));
  }

  @Test
  void shouldSayWhatTheBrokerReactsTo() {
    Talk missed = new Talk().open(10).pause(Duration.ofSeconds(29)).ack(CLIENT);
    Talk told = new Talk().open(60).broker(AmqpBytes.close(320, "shutdown", 0, 0));

    assertEquals(
        "the broker had received nothing for 29.0 s; with a heartbeat of 10 s it gives up by then",
        reason(missed.socketReset(BROKER)).says());
    assertEquals(
        "the broker had sent connection.close",
        reason(told.pause(Duration.ofSeconds(3)).socketReset(BROKER)).says());
  }
}
