package io.rstscope.judge.sender;

import static io.rstscope.testing.Talk.BROKER;
import static io.rstscope.testing.Talk.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An answer that came back faster than the claimed sender can answer. */
class RoundTripTest {
  private static Evidence roundTrip(Talk talk) {
    return Analysis.clue(ClueKind.ROUND_TRIP, talk);
  }

  private static Talk far() {
    return new Talk().roundTrip(Duration.ofMillis(40)).open(60).pause(Duration.ofSeconds(5));
  }

  @Test
  void shouldPointToTheMiddleboxWhenTheAnswerComesInASmallPartOfTheRoundTrip() {
    Talk talk = far().data(BROKER, new byte[9]).pause(Duration.ofMillis(1)).bareReset(CLIENT);

    Evidence evidence = roundTrip(talk);

    assertEquals(Sender.MIDDLEBOX, evidence.pointsTo());
    assertFalse(evidence.imitable());
    assertEquals(
        "it came 1.01 ms after the packet it answers; the shortest round trip to the client is"
            + " 40 ms",
        evidence.says());
  }

  @Test
  void shouldOnlyExplainWithoutTheHandshakeWhereAcknowledgementsMayHaveBeenDelayed() {
    Talk talk = new Talk().roundTrip(Duration.ofMillis(40)).ack(CLIENT).broker(new byte[9]);
    talk.broker(new byte[9]).pause(Duration.ofSeconds(5)).data(BROKER, new byte[9]);

    assertEquals(0, roundTrip(talk.pause(Duration.ofMillis(1)).bareReset(CLIENT)).weight());
  }

  @Test
  void shouldPointToTheClaimedSenderWhenTheAnswerTakesARoundTrip() {
    Talk talk = far().data(BROKER, new byte[9]).pause(Duration.ofMillis(41)).bareReset(CLIENT);

    assertEquals(Sender.CLIENT, roundTrip(talk).pointsTo());
  }

  @Test
  void shouldOnlyExplainWhenTheAnswerTakesMuchLongerThanARoundTrip() {
    Talk talk = far().data(BROKER, new byte[9]).pause(Duration.ofMillis(90)).bareReset(CLIENT);

    assertEquals(0, roundTrip(talk).weight());
  }

  @Test
  void shouldMeasureFromTheOldestPacketThatItMayAnswer() {
    Talk talk = far().data(BROKER, new byte[9]).pause(Duration.ofMillis(39));
    talk.data(BROKER, new byte[9]).pause(Duration.ofMillis(2)).bareReset(CLIENT);

    assertNotEquals(Sender.MIDDLEBOX, roundTrip(talk).pointsTo());
  }

  @Test
  void shouldNotApplyWhenTheRoundTripIsLostInNoise() {
    Talk talk = new Talk().roundTrip(Duration.ofMillis(1)).open(60).pause(Duration.ofSeconds(5));

    assertNull(roundTrip(talk.data(BROKER, new byte[9]).bareReset(CLIENT)));
  }

  @Test
  void shouldNotApplyToALiveSocketsResetWhichNeedAnswerNothing() {
    Talk talk = far().data(BROKER, new byte[9]).missing(BROKER, -9);

    assertNull(roundTrip(talk.pause(Duration.ofMillis(1)).socketReset(CLIENT)));
  }

  @Test
  void shouldPointToTheMiddleboxWhenItAcknowledgesWhatCannotHaveArrived() {
    Talk talk = far().data(BROKER, new byte[9]).pause(Duration.ofMillis(1)).socketReset(CLIENT);

    assertEquals(Sender.MIDDLEBOX, roundTrip(talk).pointsTo());
  }

  @Test
  void shouldNotApplyWhenItAcknowledgesWhatHasArrived() {
    Talk talk = far().data(BROKER, new byte[9]).pause(Duration.ofMillis(41)).socketReset(CLIENT);

    assertNull(roundTrip(talk));
  }

  @Test
  void shouldNotApplyAtTheHostThatTakesItsTimeBeforeItAnswersOtherThings() {
    Talk talk = new Talk().ttl(CLIENT, 64).ttl(BROKER, 61).roundTrip(Duration.ofMillis(40));
    talk.open(60).pause(Duration.ofSeconds(5)).data(BROKER, new byte[9]);

    assertNull(roundTrip(talk.pause(Duration.ofMillis(1)).bareReset(CLIENT)));
  }

  @Test
  void shouldNotApplyToAResetThatFollowsTheSendersOwnFinAtOnce() {
    Talk talk = far().fin(BROKER).pause(Duration.ofMillis(41)).fin(CLIENT).ack(BROKER);

    assertNull(roundTrip(talk.bareReset(CLIENT)));
  }
}
