package io.rstscope.judge.sender;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
  void shouldPointToTheMiddleboxWhenTheAnswerComesFarTooSoon() {
    Talk talk = far().data(BROKER, new byte[9]).pause(Duration.ofMillis(1)).bareReset(CLIENT);

    Evidence evidence = roundTrip(talk);

    assertEquals(Sender.MIDDLEBOX, evidence.pointsTo());
    assertFalse(evidence.imitable());
    assertEquals(
        "it came back 1.01 ms after the packet it answers; the shortest round trip to the client is"
            + " 40.0 ms",
        evidence.says());
  }

  @Test
  void shouldOnlyExplainWithoutHandshakeWhereAcksMayBeDelayed() {
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
  void shouldPointToTheMiddleboxWhenItAcksWhatCannotHaveArrived() {
    Talk talk = far().data(BROKER, new byte[9]).pause(Duration.ofMillis(1)).socketReset(CLIENT);

    assertEquals(Sender.MIDDLEBOX, roundTrip(talk).pointsTo());
  }

  @Test
  void shouldNotApplyWhenItAcknowledgesWhatHasArrived() {
    Talk talk = far().data(BROKER, new byte[9]).pause(Duration.ofMillis(41)).socketReset(CLIENT);

    assertNull(roundTrip(talk));
  }

  @Test
  void shouldNotApplyAtAHostThatAnswersOtherThingsLateToo() {
    Talk talk = new Talk().ttl(CLIENT, 64).ttl(BROKER, 61).roundTrip(Duration.ofMillis(40));
    talk.open(60).pause(Duration.ofSeconds(5)).data(BROKER, new byte[9]);

    assertNull(roundTrip(talk.pause(Duration.ofMillis(1)).bareReset(CLIENT)));
  }

  @Test
  void shouldNotApplyToAResetThatFollowsTheSendersOwnFinAtOnce() {
    Talk talk = far().fin(BROKER).pause(Duration.ofMillis(41)).fin(CLIENT).ack(BROKER);

    assertNull(roundTrip(talk.bareReset(CLIENT)));
  }

  /** The answer comes that long after the packet, over a round trip of 40 ms. */
  private static Evidence answered(double millis) {
    Duration packet = Duration.ofNanos(10_000);
    Duration time = Duration.ofNanos((long) (millis * 1e6)).minus(packet);
    return roundTrip(far().data(BROKER, new byte[9]).pause(time).bareReset(CLIENT));
  }

  @Test
  void shouldTellTooFastFromInTimeAndFromLateByPartsOfTheRoundTrip() {
    assertEquals(Sender.MIDDLEBOX, answered(19).pointsTo());
    assertEquals(Weights.FASTER_THAN_ROUND_TRIP, answered(19).weight());
    assertEquals(Sender.UNDETERMINED, answered(21).pointsTo());
    assertEquals(Sender.UNDETERMINED, answered(35).pointsTo());
    assertEquals(Sender.CLIENT, answered(37).pointsTo());
    assertEquals(Weights.IN_TIME_WITH_ROUND_TRIP, answered(37).weight());
    assertEquals(Sender.CLIENT, answered(63).pointsTo());
    assertEquals(Sender.UNDETERMINED, answered(65).pointsTo());
  }

  @Test
  void shouldCallItImitableToAnswerInTimeAsADeviceMayWait() {
    assertTrue(answered(40).imitable());
  }

  @Test
  void shouldSayThatTheRoundTripMayBeTooLongWithoutTheHandshake() {
    Talk talk = new Talk().roundTrip(Duration.ofMillis(40)).ack(CLIENT).broker(new byte[9]);
    talk.broker(new byte[9]).pause(Duration.ofSeconds(5)).data(BROKER, new byte[9]);

    Evidence evidence = roundTrip(talk.pause(Duration.ofMillis(1)).bareReset(CLIENT));

    assertTrue(evidence.says().endsWith("is 40.0 ms, which may be too long here"));
    assertEquals(Sender.UNDETERMINED, evidence.pointsTo());
  }

  @Test
  void shouldMeasureTheRoundTripToTheBrokerToo() {
    Talk talk = new Talk().ttl(CLIENT, 64).ttl(BROKER, 61).roundTrip(Duration.ofMillis(400));
    talk.open(60).pause(Duration.ofSeconds(5)).data(CLIENT, new byte[9]);

    Evidence evidence = roundTrip(talk.pause(Duration.ofMillis(1)).bareReset(BROKER));

    assertEquals(Sender.MIDDLEBOX, evidence.pointsTo());
    assertTrue(evidence.says().endsWith("the shortest round trip to the broker is 40.0 ms"));
  }

  @Test
  void shouldApplyWhereTheTtlIsNotThatOfTheHostOnTheSegment() {
    Talk talk = new Talk().ttl(CLIENT, 64).ttl(BROKER, 61).roundTrip(Duration.ofMillis(40));
    talk.open(60).pause(Duration.ofSeconds(5)).data(BROKER, new byte[9]);
    talk.pause(Duration.ofMillis(1)).ttl(CLIENT, 63);

    assertEquals(Sender.MIDDLEBOX, roundTrip(talk.bareReset(CLIENT)).pointsTo());
  }

  @Test
  void shouldNotApplyWhereBytesAreMissingThatItMayAcknowledge() {
    Talk talk = far().missing(BROKER, 500).data(BROKER, new byte[9]);

    assertNull(roundTrip(talk.pause(Duration.ofMillis(1)).socketReset(CLIENT)));
  }
}
