package io.rstscope.judge.sender;

import static io.rstscope.testing.Talk.BROKER;
import static io.rstscope.testing.Talk.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A side that had been reset must answer what comes next with a bare reset. */
class EarlierResetTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static Evidence earlier(Talk talk) {
    return Analysis.clue(ClueKind.EARLIER_RESET, talk);
  }

  @Test
  void shouldPointToTheClaimedSenderWhenAForgedResetHadKilledItsSocket() {
    Talk talk = new Talk().open(60).pause(SECOND).ttl(CLIENT, 63).bareReset(CLIENT);
    talk.ttl(CLIENT, 61).pause(SECOND).data(CLIENT, new byte[9]).bareReset(BROKER);

    Evidence evidence = earlier(talk);

    assertEquals(Sender.BROKER, evidence.pointsTo());
    assertEquals(Weights.EXPLAINED_BY_EARLIER_RESET, evidence.weight());
    assertEquals(3, evidence.frames().size());
  }

  @Test
  void shouldOnlyExplainWhenADeviceThatForgotTheConnectionMayAnswerBothSides() {
    Talk talk = new Talk().open(60).pause(SECOND).data(BROKER, new byte[9]).bareReset(CLIENT);

    Evidence evidence = earlier(talk.data(CLIENT, new byte[9]).bareReset(BROKER));

    assertEquals(0, evidence.weight());
  }

  @Test
  void shouldNotApplyToTheFirstReset() {
    Talk talk = new Talk().open(60).pause(SECOND).data(CLIENT, new byte[9]).bareReset(BROKER);

    assertNull(earlier(talk));
  }

  @Test
  void shouldNotApplyToALiveSocketsReset() {
    Talk talk = new Talk().open(60).pause(SECOND).bareReset(CLIENT).pause(SECOND);

    assertNull(earlier(talk.data(CLIENT, new byte[9]).socketReset(BROKER)));
  }

  @Test
  void shouldNotApplyWhenTheEarlierResetClaimedTheSameSender() {
    Talk talk = new Talk().open(60).pause(SECOND).bareReset(CLIENT).pause(SECOND);

    assertNull(earlier(talk.data(BROKER, new byte[9]).bareReset(CLIENT)));
  }
}
