package io.rstscope.judge.sender;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void shouldCallItImitableWhenItIsTooSoonToTellACopiedTimestamp() {
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
  void shouldNotHoldTheNumberOfAnAnswerAgainstTheSender() {
    Talk talk = new Talk().open(60).pause(SILENCE).data(BROKER, new byte[9]);

    assertNull(continuity(numbered(talk)));
  }

  @Test
  void shouldHoldTheNumberOfAnUnaskedBareResetAgainstTheSender() {
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

  // ---- the counter

  @ParameterizedTest
  @CsvSource({"0, MIDDLEBOX", "1, CLIENT", "64, CLIENT", "65, MIDDLEBOX", "-1, MIDDLEBOX"})
  void shouldLetTheHostSendSomePacketsToOthersInBetween(int steps, Sender sender) {
    Talk talk = new Talk().withoutTimestamps().open(60).pause(SILENCE);
    talk.ipId(CLIENT, talk.lastIpId(CLIENT) + steps);

    assertEquals(sender, continuity(talk.socketReset(CLIENT)).pointsTo());
  }

  @Test
  void shouldFollowTheCounterPastItsEnd() {
    Talk talk = new Talk().withoutTimestamps().open(60).ipId(CLIENT, 0xfff0);
    for (int i = 0; i < 15; i++) {
      talk.ack(CLIENT);
    }

    assertEquals(Sender.CLIENT, continuity(talk.ipId(CLIENT, 5).socketReset(CLIENT)).pointsTo());
  }

  @Test
  void shouldSayNothingOfAResetWithoutANumber() {
    Talk talk = new Talk().withoutTimestamps().open(60).pause(SILENCE);

    assertNull(continuity(talk.ipId(CLIENT, 0).socketReset(CLIENT)));
  }

  // ---- the clock

  /** Over IPv6, which has no counter; the flow has shown how fast its clock ticks. */
  private static Talk clocked() {
    return new Talk("2001:db8::1", 40_000).open(60).pause(SILENCE).ack(CLIENT);
  }

  /** The reset comes that long after the last packet, its clock moved by so many milliseconds. */
  private static Evidence clock(long elapsedMillis, long moved) {
    Duration packet = Duration.ofNanos(10_000);
    Talk talk = clocked().pause(Duration.ofMillis(elapsedMillis).minus(packet));
    return continuity(talk.clock(CLIENT, Duration.ofMillis(moved)).socketReset(CLIENT));
  }

  @ParameterizedTest
  @CsvSource({"0", "610", "-610"})
  void shouldAllowAClockToBeCoarseAndAFifthOff(long moved) {
    assertEquals(Sender.CLIENT, clock(3_000, moved).pointsTo());
    assertEquals(Weights.CLOCK_GOES_ON, clock(3_000, moved).weight());
  }

  @ParameterizedTest
  @CsvSource({"630, 3.0", "-630, 1.5", "-2990, 1.5", "-3010, 3.0"})
  void shouldDoubtAClockLessThatOnlyLagsBehind(long moved, double weight) {
    Evidence evidence = clock(3_000, moved);

    assertEquals(Sender.MIDDLEBOX, evidence.pointsTo());
    assertEquals(weight, evidence.weight());
    assertTrue(evidence.imitable());
  }

  @Test
  void shouldCallAClockStoppedOnlyWhenItWouldHaveTicked() {
    assertEquals(Weights.CLOCK_STOPPED, clock(200, -200).weight());
    assertEquals(Weights.CLOCK_WRONG, clock(199, -199).weight());
  }

  @Test
  void shouldCountAClockForMoreOnceACopyWouldStandStill() {
    assertEquals(Weights.CLOCK_GOES_ON, clock(200, 0).weight());
    assertEquals(Weights.CLOCK_AT_ONCE, clock(199, 0).weight());
  }

  // ---- in words

  @Test
  void shouldSayHowClockAndCounterGoOn() {
    Talk talk = new Talk().open(60).pause(SILENCE).ack(CLIENT).pause(SILENCE);

    assertEquals(
        "TSval continues (+3000 in 3.00 s); IP ID continues (+1)",
        continuity(talk.socketReset(CLIENT)).says());
  }

  @Test
  void shouldSayThatWhoCopiesAClockSeesTheCounterToo() {
    Talk talk = new Talk().open(60).pause(SILENCE).ack(CLIENT).pause(SILENCE);

    String says = continuity(talk.clock(CLIENT, SILENCE.negated()).socketReset(CLIENT)).says();

    assertTrue(says.endsWith("IP ID continues (+1; a forger can see that too)"), says);
  }

  @Test
  void shouldSayOfClockOrCounterAloneHowItDoesNotFit() {
    Talk talk = new Talk().withoutTimestamps().open(60).pause(SILENCE);
    int id = talk.lastIpId(CLIENT);

    assertEquals(
        "TSval does not fit the sender's clock (+6000 in 3.00 s)", clock(3_000, 3_000).says());
    assertEquals(
        "IP ID 31337 does not follow " + id,
        continuity(talk.ipId(CLIENT, 31_337).socketReset(CLIENT)).says());
  }
}
