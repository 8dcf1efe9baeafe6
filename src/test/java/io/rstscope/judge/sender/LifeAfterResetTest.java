package io.rstscope.judge.sender;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.net.Side;
import io.rstscope.reset.Role;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The "dead" sender goes on sending. */
class LifeAfterResetTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Programs end at any moment, not after whole seconds. */
  private static final Duration PAUSE = Duration.ofMillis(1_370);

  private static Evidence life(Talk talk) {
    return Analysis.clue(ClueKind.LIFE_AFTER_RESET, talk);
  }

  @Test
  void shouldPointToTheMiddleboxWhenTheSenderGoesOnNumberingItsPackets() {
    Talk talk = new Talk().open(60).pause(SECOND).bareReset(CLIENT).pause(SECOND);

    Evidence evidence = life(talk.data(CLIENT, AmqpBytes.heartbeat()));

    assertEquals(Sender.MIDDLEBOX, evidence.pointsTo());
    assertEquals(Weights.LIFE_WITH_CONTINUITY, evidence.weight());
    assertFalse(evidence.imitable());
  }

  @Test
  void shouldSpeakLessLoudlyWhenNothingShowsThatItIsTheSameSocket() {
    Talk talk = withoutNumbers().bareReset(CLIENT).missing(CLIENT, 77).pause(SECOND);

    Evidence evidence = life(talk.data(CLIENT, new byte[9]));

    assertEquals(Sender.MIDDLEBOX, evidence.pointsTo());
    assertEquals(Weights.LIFE, evidence.weight());
  }

  @Test
  void shouldKnowTheSocketByItsSequenceNumberWhereItHasNoOtherNumbers() {
    Talk talk = withoutNumbers().bareReset(CLIENT).pause(SECOND);

    assertEquals(Weights.LIFE_WITH_CONTINUITY, life(talk.data(CLIENT, new byte[9])).weight());
  }

  private static Talk withoutNumbers() {
    return new Talk("2001:db8::1", 40_000).withoutTimestamps().open(60).pause(SECOND);
  }

  @Test
  void shouldNotAccuseADeviceWhenARuleOfTheBrokersHostAnswered() {
    Talk talk = rejected(new Talk(), BROKER);

    Evidence evidence = life(talk);
    Verdict verdict = Analysis.lastReset(talk);

    assertEquals(0, evidence.weight());
    assertTrue(evidence.says().contains("rule on its own host"), evidence.says());
    assertEquals(Sender.BROKER, verdict.sender());
    assertTrue(verdict.confidence() <= Weights.MAX_WHEN_IMITABLE);
  }

  @Test
  void shouldLeaveOpenFarFromTheHostWhetherItsRuleOrADeviceAnswered() {
    Talk talk = rejected(new Talk(), CLIENT);

    assertEquals(Weights.LIFE_BESIDE_A_RULE, life(talk).weight());
    assertEquals(Sender.UNDETERMINED, Analysis.lastReset(talk).sender());
  }

  @Test
  void shouldAccuseADeviceThatRejectsWithItsOwnTtl() {
    Talk talk = new Talk().open(60).pause(SECOND).data(BROKER, new byte[9]).ttl(CLIENT, 63);

    Evidence evidence = life(goesOn(talk.bareReset(CLIENT).ttl(CLIENT, 61), CLIENT));

    assertEquals(Weights.LIFE_WITH_CONTINUITY, evidence.weight());
  }

  @Test
  void shouldAccuseADeviceWhenABareResetAnswersNothingAtTheHost() {
    Talk talk = new Talk().open(60).pause(SECOND.multipliedBy(2)).bareReset(BROKER);

    Evidence evidence = life(goesOn(talk, BROKER));

    assertEquals(Weights.LIFE_WITH_CONTINUITY, evidence.weight());
    assertFalse(evidence.imitable());
  }

  /** A packet to that host is answered by nftables' reject, and its socket goes on. */
  private static Talk rejected(Talk talk, Side host) {
    talk.open(60).pause(SECOND).data(host.other(), new byte[9]);
    return goesOn(talk.bareReset(host), host);
  }

  private static Talk goesOn(Talk talk, Side host) {
    return talk.pause(SECOND).data(host, AmqpBytes.heartbeat());
  }

  @Test
  void shouldNotApplyWhenNothingFollows() {
    assertNull(life(new Talk().open(60).pause(SECOND).socketReset(CLIENT)));
  }

  @Test
  void shouldNotApplyToAPacketThatWasUnderWayWhenTheResetWasSent() {
    Talk talk = new Talk().roundTrip(Duration.ofMillis(40)).open(60).pause(SECOND);
    talk.data(CLIENT, new byte[100]).missing(CLIENT, 100).socketReset(CLIENT);

    Evidence evidence = life(talk.missing(CLIENT, -100).data(CLIENT, new byte[100]));

    assertNull(evidence);
  }

  @Test
  void shouldNotApplyToAClientThatResetsAnOldOneForItsNewSyn() {
    Talk talk = new Talk().syn();
    talk.packet(BROKER, Packets.ACK, p -> p.ack(12_345)).bareReset(CLIENT);

    Evidence evidence = life(talk.missing(CLIENT, -1).pause(SECOND).syn());

    assertNull(evidence);
  }

  @Test
  void shouldKnowThatAResetHadNoEffectWhenLaterDataIsAcknowledged() {
    Talk talk = new Talk().open(0).pause(SECOND).missing(BROKER, -5000).craftedReset(BROKER);
    talk.missing(BROKER, 5000).pause(SECOND).client(AmqpBytes.publish(10)).pause(PAUSE);

    FlowVerdict verdict = Analysis.of(talk.socketReset(CLIENT));

    assertEquals(Role.IGNORED, verdict.flow().resets().get(0).role());
    assertEquals(Cause.CLIENT_ABORT, verdict.ending().cause());
  }

  /** Its kernel's form: RST,ACK with window 0, numbered on. */
  private static Talk answeredByWindows(int window) {
    Talk talk = new Talk().withoutTimestamps().open(60).pause(PAUSE);
    talk.data(BROKER, AmqpBytes.deliver(9)).answerDelay(CLIENT);
    talk.packet(CLIENT, Packets.RST | Packets.ACK, p -> p.window(window)).pause(SECOND);
    return talk.data(CLIENT, AmqpBytes.heartbeat());
  }

  @Test
  void shouldLeaveOpenWhetherARuleOfAWindowsHostSentIt() {
    Evidence ofWindows = life(answeredByWindows(0));
    Evidence ofLinux = life(answeredByWindows(500));

    assertEquals(Weights.LIFE_BESIDE_A_RULE, ofWindows.weight());
    assertEquals(Weights.LIFE_WITH_CONTINUITY, ofLinux.weight());
  }

  @Test
  void shouldSayHowMuchLaterAndWhetherTheNumbersGoOn() {
    Talk talk = new Talk().open(60).pause(SECOND).bareReset(CLIENT).pause(SECOND);
    Talk other = withoutNumbers().bareReset(CLIENT).missing(CLIENT, 77).pause(SECOND);

    assertEquals(
        "the client keeps sending 1.00 s later (1 packet, sequence numbers continue)",
        life(talk.data(CLIENT, AmqpBytes.heartbeat())).says());
    assertEquals(
        "the client keeps sending 1.00 s later (1 packet)",
        life(other.data(CLIENT, new byte[9])).says());
  }

  @ParameterizedTest
  @CsvSource({"1, 12.0", "64, 12.0", "65, 3.0"})
  void shouldKnowTheSocketByItsCounterWhereTheSequenceNumberIsAnother(int steps, double weight) {
    Talk talk = new Talk().withoutTimestamps().open(60).pause(SECOND);
    talk.bareReset(CLIENT).missing(CLIENT, 77).pause(SECOND);
    talk.ipId(CLIENT, talk.lastIpId(CLIENT) + steps);

    assertEquals(weight, life(talk.data(CLIENT, new byte[9])).weight());
  }

  @Test
  void shouldKnowTheSocketByItsClockWhereTheOtherNumbersAreOthers() {
    Talk clock = new Talk("2001:db8::1", 40_000).open(60).pause(SECOND).bareReset(CLIENT);

    clock.missing(CLIENT, 77).pause(SECOND).data(CLIENT, new byte[9]);

    assertEquals(Weights.LIFE_WITH_CONTINUITY, life(clock).weight());
  }
}
