package io.rstscope.judge.sender;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.context.Recording;
import io.rstscope.judge.context.Vantage;
import io.rstscope.reset.ResetObservation;
import io.rstscope.reset.Role;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the clues together make a verdict. */
class AttributorTest {
  private static final Duration SILENCE = Duration.ofSeconds(5);

  @Test
  void shouldNameTheFirewallWhenTtlDiffersAndSocketContinuityIsBroken() {
    Talk talk = new Talk().open(60).pause(SILENCE);
    talk.ttl(CLIENT, 63).ipId(CLIENT, 31_337).clock(CLIENT, SILENCE.negated());

    Verdict verdict = Analysis.lastReset(talk.socketReset(CLIENT));

    assertEquals(Sender.MIDDLEBOX, verdict.sender());
    assertTrue(verdict.confidence() >= 0.95, "confidence " + verdict.confidence());
  }

  @Test
  void shouldNameTheFirewallThatRejectsAfterSilenceWithAnotherTtl() {
    Talk talk = new Talk().open(0).pause(Duration.ofSeconds(400)).data(BROKER, new byte[9]);

    Verdict verdict = Analysis.lastReset(talk.ttl(CLIENT, 63).bareReset(CLIENT));

    assertEquals(Sender.MIDDLEBOX, verdict.sender());
  }

  @Test
  void shouldNameTheClientWhenItsSocketGoesOnIntoTheReset() {
    Verdict verdict = Analysis.lastReset(new Talk().open(60).pause(SILENCE).socketReset(CLIENT));

    assertEquals(Sender.CLIENT, verdict.sender());
    assertTrue(verdict.confidence() >= 0.85, "confidence " + verdict.confidence());
  }

  @Test
  void shouldNotBeSureOfAPerfectImitationThatNothingElseConfirms() {
    Verdict verdict = Analysis.lastReset(new Talk().open(60).pause(SILENCE).socketReset(CLIENT));

    assertTrue(verdict.confidence() < 0.9, "confidence " + verdict.confidence());
  }

  /** Both ports are a broker's, and neither handshake nor words tell who is who. */
  private static Talk ofGuessedRoles() {
    Talk talk = new Talk("10.0.1.1", Talk.BROKER_PORT);
    return talk.client(new byte[30]).broker(new byte[30]).pause(SILENCE).client(new byte[30]);
  }

  @Test
  void shouldNotBeSureOfTheClientWhenItIsAGuessWhoThatIs() {
    FlowVerdict verdict = Analysis.of(ofGuessedRoles().fin(BROKER).socketReset(CLIENT));

    assertTrue(verdict.flow().rolesGuessed());
    assertEquals(0.7, verdict.verdicts().get(0).confidence());
    assertTrue(verdict.ending().confidence() <= 0.7, verdict.ending()::toString);
  }

  @Test
  void shouldBeSureOfTheFirewallWhoeverTheClientIs() {
    Talk talk = ofGuessedRoles().ttl(CLIENT, 55).ipId(CLIENT, 31_337);

    Verdict verdict = Analysis.lastReset(talk.craftedReset(CLIENT));

    assertEquals(Sender.MIDDLEBOX, verdict.sender());
    assertTrue(verdict.confidence() > 0.9, "confidence " + verdict.confidence());
  }

  @Test
  void shouldBeSureOfItWhenTheOtherSidesFinAskedForIt() {
    Talk talk = new Talk().open(60).pause(SILENCE).fin(CLIENT).socketReset(BROKER);

    Verdict verdict = Analysis.lastReset(talk);

    assertEquals(Sender.BROKER, verdict.sender());
    assertTrue(verdict.confidence() >= 0.95, "confidence " + verdict.confidence());
  }

  @Test
  void shouldBeLessSureWhenTheCaptureLostPackets() {
    Talk talk = new Talk().open(60).pause(SILENCE).fin(CLIENT).socketReset(BROKER);

    Verdict verdict = Analysis.lastReset(new Recording(Vantage.UNKNOWN, false, 3, 0), talk);

    assertEquals(Sender.BROKER, verdict.sender());
    assertEquals(Weights.MAX_WHEN_INCOMPLETE, verdict.confidence());
  }

  @Test
  void shouldJudgeACopyBehindARouterByTheOneAtThePointOfTheOthers() {
    Talk talk = new Talk().open(60).pause(SILENCE);
    long mac = Packets.CLIENT_MAC;
    talk.ttl(CLIENT, 62).mac(CLIENT, 0x77).socketReset(CLIENT);
    talk.ipId(CLIENT, talk.lastIpId(CLIENT)).clock(CLIENT, Duration.ofNanos(-10_000));

    Verdict verdict =
        Analysis.lastReset(talk.ttl(CLIENT, Talk.CLIENT_TTL).mac(CLIENT, mac).socketReset(CLIENT));

    assertEquals(Sender.CLIENT, verdict.sender());
  }

  @Test
  void shouldNameTheBrokerWhenItsSocketGoesOnIntoTheReset() {
    Verdict verdict = Analysis.lastReset(new Talk().open(60).pause(SILENCE).socketReset(BROKER));

    assertEquals(Sender.BROKER, verdict.sender());
  }

  @Test
  void shouldSayWhatSpeaksAgainstTheVerdictToo() {
    Talk talk = new Talk().open(60).pause(SILENCE).data(BROKER, new byte[9]);

    Verdict verdict = Analysis.lastReset(talk.ttl(CLIENT, 63).bareReset(CLIENT));

    assertTrue(
        verdict.evidence().stream()
            .anyMatch(e -> e.pointsTo() == Sender.CLIENT && e.clue() == ClueKind.MAC));
  }

  @Test
  void shouldPutTheStrongestEvidenceFirst() {
    Talk talk = new Talk().open(60).pause(SILENCE).ttl(CLIENT, 63).craftedReset(CLIENT);

    List<Double> weights =
        Analysis.lastReset(talk).evidence().stream().map(Evidence::weight).toList();

    assertEquals(weights.stream().sorted(Comparator.reverseOrder()).toList(), weights);
  }

  @Test
  void shouldCountTheSameResetOnceWhenTheCaptureSeesItAtSeveralHops() {
    Talk talk = new Talk().open(60).pause(SILENCE).socketReset(CLIENT);
    talk.ipId(CLIENT, talk.lastIpId(CLIENT))
        .ttl(CLIENT, 60)
        .clock(CLIENT, Duration.ofNanos(-10_000));

    FlowVerdict verdict = Analysis.of(talk.socketReset(CLIENT));

    ResetObservation first = verdict.flow().resets().get(0);
    ResetObservation second = verdict.flow().resets().get(1);
    assertEquals(Role.ENDS_CONNECTION, first.role());
    assertEquals(Role.REPEATS, second.role());
    assertEquals(first.packet().frame(), second.samePacketAs());
  }

  @Test
  void shouldNameTheMiddleboxWhenTheSenderLivesOnThoughAllElseFits() {
    Talk talk = new Talk().open(60).pause(SILENCE).socketReset(CLIENT).pause(SILENCE);

    Verdict verdict = Analysis.lastReset(talk.client(new byte[9]));

    assertEquals(Sender.MIDDLEBOX, verdict.sender());
  }

  @Test
  void shouldLeaveOpenWhoSentAResetThatTheCaptureBeginsWith() {
    Verdict verdict = Analysis.lastReset(new Talk().socketReset(CLIENT));

    assertEquals(Sender.UNDETERMINED, verdict.sender());
  }

  @Test
  void shouldNotLeaveItOpenWhereTheClaimedSendersPacketsComeBefore() {
    Verdict verdict = Analysis.lastReset(new Talk().data(CLIENT, new byte[9]).socketReset(CLIENT));

    assertEquals(Sender.CLIENT, verdict.sender());
  }

  @Test
  void shouldGiveTheProbabilityOfTheClaimedSenderWhoeverIsNamed() {
    Talk client = new Talk().open(60).pause(SILENCE).socketReset(CLIENT);
    Talk device = new Talk().open(60).pause(SILENCE).ttl(CLIENT, 63).craftedReset(CLIENT);

    Verdict ofClient = Analysis.lastReset(client);
    Verdict ofDevice = Analysis.lastReset(device);

    assertEquals(Sender.CLIENT, ofClient.sender());
    assertEquals(ofClient.confidence(), ofClient.claimed());
    assertEquals(Sender.MIDDLEBOX, ofDevice.sender());
    assertEquals(1 - ofDevice.confidence(), ofDevice.claimed());
  }

  @Test
  void shouldLeaveOpenWhatOnlyLooksTheSameForADeviceAndAHost() {
    Talk near = new Talk().ttl(CLIENT, 64).open(0).pause(SILENCE).data(BROKER, new byte[9]);
    Talk far = new Talk().open(0).pause(SILENCE).data(BROKER, new byte[9]);

    assertEquals(Sender.UNDETERMINED, Analysis.lastReset(near.bareReset(CLIENT)).sender());
    assertEquals(Sender.CLIENT, Analysis.lastReset(far.bareReset(CLIENT)).sender());
  }
}
