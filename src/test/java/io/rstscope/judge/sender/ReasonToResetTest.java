package io.rstscope.judge.sender;

import static io.rstscope.testing.Talk.BROKER;
import static io.rstscope.testing.Talk.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

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
}
