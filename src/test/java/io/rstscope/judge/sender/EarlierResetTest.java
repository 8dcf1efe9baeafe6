package io.rstscope.judge.sender;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
  void shouldOnlyExplainWhenAForgetfulDeviceMayAnswerBothSides() {
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

  @Test
  void shouldSayWhichResetHadEndedItAndWhoElseMayAnswer() {
    Talk forged = new Talk().open(60).pause(SECOND).ttl(CLIENT, 63).bareReset(CLIENT);
    forged.ttl(CLIENT, 61).pause(SECOND).data(CLIENT, new byte[9]).bareReset(BROKER);
    Talk both = new Talk().open(60).pause(SECOND).data(BROKER, new byte[9]).bareReset(CLIENT);
    both.data(CLIENT, new byte[9]).bareReset(BROKER);

    assertEquals(
        "the RST in frame 16 had ended the connection on this side, so its kernel answers later"
            + " packets like this",
        earlier(forged).says());
    assertTrue(
        earlier(both)
            .says()
            .endsWith("or a device that forgot the connection is answering both sides"));
  }

  @Test
  void shouldNotApplyWhereItAnswersAPacketFromBeforeThatReset() {
    Talk talk = new Talk().open(60).pause(SECOND).data(CLIENT, new byte[9]).bareReset(CLIENT);

    assertNull(earlier(talk.bareReset(BROKER)));
  }
}
