package io.rstscope.judge.sender;

import static io.rstscope.testing.Talk.BROKER;
import static io.rstscope.testing.Talk.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.judge.context.Recording;
import io.rstscope.judge.context.Vantage;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Only the claimed sender's own socket knows its timestamp clock and its packet counter. */
class SocketContinuityTest {
  private static final Duration SILENCE = Duration.ofSeconds(3);

  private static Evidence continuity(Talk talk) {
    return Analysis.clue(ClueKind.SOCKET_CONTINUITY, talk);
  }

  @Test
  void shouldPointToTheClaimedSenderWhenClockAndCounterGoOn() {
    Evidence evidence = continuity(new Talk().open(60).pause(SILENCE).socketReset(CLIENT));

    assertEquals(Sender.CLIENT, evidence.pointsTo());
    assertEquals(Weights.CLOCK_GOES_ON + Weights.IP_ID_GOES_ON, evidence.weight());
    assertTrue(evidence.imitable(), "who sees the packets can count on");
  }

  @Test
  void shouldNotHoldASteppedClockOfTheCaptureAgainstTheSender() {
    Duration back = Duration.ofSeconds(5);
    Talk talk = new Talk().open(60).pause(SILENCE).clock(CLIENT, back).clock(BROKER, back);
    Recording recording = new Recording(Vantage.BROKER, false, 0, back.toNanos());

    Verdict verdict = Analysis.lastReset(recording, talk.socketReset(CLIENT));

    assertEquals(Sender.CLIENT, Analysis.clue(ClueKind.SOCKET_CONTINUITY, verdict).pointsTo());
  }

  @Test
  void shouldCallItImitableWhenTooLittleTimePassedToTellACopiedTimestamp() {
    Evidence evidence = continuity(new Talk().open(60).socketReset(CLIENT));

    assertEquals(Sender.CLIENT, evidence.pointsTo());
    assertTrue(evidence.imitable());
  }

  @Test
  void shouldKnowTheClockOfLinuxThoughTheCapturesLeaptAhead() {
    Duration leap = Duration.ofSeconds(1000);
    Talk talk = new Talk().open(60).pause(leap).clock(CLIENT, leap.negated()).ack(CLIENT);

    Evidence evidence = continuity(talk.pause(SILENCE).socketReset(CLIENT));

    assertEquals(Sender.CLIENT, evidence.pointsTo());
  }

  @Test
  void shouldPointToTheMiddleboxWhenTheTimestampIsACopyOfAnOldOne() {
    Talk talk = new Talk().open(60).pause(SILENCE).clock(CLIENT, SILENCE.negated());

    assertEquals(Sender.MIDDLEBOX, continuity(talk.socketReset(CLIENT)).pointsTo());
  }

  @Test
  void shouldPointToTheMiddleboxWhenTheTimestampLeaps() {
    Talk talk = new Talk().open(60).pause(SILENCE).clock(CLIENT, Duration.ofHours(5));

    assertEquals(Sender.MIDDLEBOX, continuity(talk.socketReset(CLIENT)).pointsTo());
  }

  @Test
  void shouldPointToTheMiddleboxWhenTheIdentificationDoesNotFollow() {
    Talk talk = new Talk().open(60).pause(SILENCE).ipId(CLIENT, 31_337).withoutTimestamps();

    Evidence evidence = continuity(talk.socketReset(CLIENT));

    assertEquals(Sender.MIDDLEBOX, evidence.pointsTo());
    assertEquals(Weights.IP_ID_BROKEN, evidence.weight());
  }

  @Test
  void shouldNotApplyToABareResetWhichShowsNeither() {
    assertNull(continuity(new Talk().open(60).pause(SILENCE).bareReset(CLIENT)));
  }

  @Test
  void shouldNotApplyWithoutAPacketOfThatDirection() {
    assertNull(continuity(new Talk().data(CLIENT, new byte[9]).socketReset(BROKER)));
  }

  @Test
  void shouldOutweighAChangedTtlBecauseARouteMayChange() {
    Talk talk = new Talk().open(60).pause(SILENCE).ttl(CLIENT, 59).socketReset(CLIENT);

    assertEquals(Sender.CLIENT, Analysis.lastReset(talk).sender());
  }

  @Test
  void shouldNotLetTheIdentificationMakeUpForAClockThatStoodStill() {
    Talk talk = new Talk().open(60).pause(SILENCE).ack(CLIENT).pause(SILENCE);

    Evidence evidence = continuity(talk.clock(CLIENT, SILENCE.negated()).socketReset(CLIENT));

    assertEquals(Sender.MIDDLEBOX, evidence.pointsTo());
    assertEquals(Weights.CLOCK_STOPPED, evidence.weight());
    assertFalse(evidence.imitable(), "a socket reads its clock");
  }

  @Test
  void shouldDoubtLessWhereTheFlowHasNotShownItsClock() {
    Talk talk = new Talk().open(60).pause(SILENCE).clock(CLIENT, SILENCE.negated());

    Evidence evidence = continuity(talk.socketReset(CLIENT));

    assertEquals(Sender.MIDDLEBOX, evidence.pointsTo());
    assertTrue(evidence.weight() < Weights.CLOCK_STOPPED);
  }

  @Test
  void shouldNotHoldTheNumberOfAnAnswerAgainstTheSenderWhichNoSocketGave() {
    Talk talk = new Talk().open(60).pause(SILENCE).data(BROKER, new byte[9]);

    assertNull(continuity(numbered(talk)));
  }

  @Test
  void shouldHoldTheNumberOfABareResetAgainstTheSenderThatAnswersNothing() {
    Evidence evidence = continuity(numbered(new Talk().open(60).pause(SILENCE)));

    assertEquals(Sender.MIDDLEBOX, evidence.pointsTo());
    assertEquals(Weights.IP_ID_BROKEN, evidence.weight());
  }

  @Test
  void shouldNotTakeNumbersAtRandomForACounterThoughSomeAreNear() {
    Talk talk = new Talk().open(60);
    for (int id = 1; id <= 30; id++) {
      talk.ipId(CLIENT, id * 5_003 & 0xffff).ack(CLIENT);
    }

    Evidence evidence = continuity(talk.pause(SILENCE).ipId(CLIENT, 31_337).socketReset(CLIENT));

    assertEquals(Weights.CLOCK_GOES_ON, evidence.weight());
  }

  private static Talk numbered(Talk talk) {
    return talk.bareReset(CLIENT, p -> p.id(31_337));
  }
}
