package io.rstscope.judge.cause;

import static io.rstscope.judge.cause.Stories.*;
import static io.rstscope.judge.cause.Story.assertHolds;
import static io.rstscope.judge.cause.Story.assertHoldsIfItsHostSentIt;
import static io.rstscope.judge.cause.Story.assertHoldsNot;
import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.judge.sender.Sender;
import io.rstscope.net.Side;
import io.rstscope.reset.witness.KernelRecord;
import io.rstscope.reset.witness.KernelRecord.Kind;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who ends with whom, who lives on, and what a host that answers bare resets may be. */
class EndOfHostsTest {
  private static final long SECOND_MAC = 0x02_00_00_00_00_77L;

  private static Talk finAt(Talk talk, double begin, double end) {
    return talk.pause(seconds(begin)).open(0).pause(seconds(end - begin)).fin(CLIENT);
  }

  private static Talk gone(Talk talk, double silence) {
    return talk.open(0).pause(seconds(silence)).data(BROKER, BEAT).bareReset(CLIENT);
  }

  @Test
  void shouldTellOneProcessThatEndsFromATimerBySilencesThatDiffer() {
    Talk[] process = talks(3, i -> finAt(client(i), 7.37 * i, 61.37));
    Talk[] batch = talks(3, i -> finAt(client(i), 0, 61.37));

    assertHolds(Fact.TOGETHER_DIFFERING, process[0], process[1], process[2]);
    assertHoldsNot(Fact.TOGETHER_DIFFERING, batch[0], batch[1], batch[2]);
    assertHolds(Fact.TOGETHER_ALIKE, batch[0], batch[1], batch[2]);
    assertHoldsNot(Fact.TOGETHER_ALIKE, process[0], process[1], process[2]);
  }

  @Test
  void shouldNotTakeEndsAtOtherMomentsForOneEvent() {
    Talk[] apart = talks(2, i -> finAt(client(i), 0, 61.37 + i));

    assertHoldsNot(Fact.TOGETHER_ALIKE, apart[0], apart[1]);
    assertHoldsNot(Fact.TOGETHER_DIFFERING, apart[0], apart[1]);
  }

  @Test
  void shouldKnowThatHostsDoNotDieTogether() {
    Talk[] hosts = talks(3, i -> finAt(host(i), 0, 61.37));
    Talk[] one = talks(3, i -> finAt(client(i), 0, 61.37));

    assertHolds(Fact.SEVERAL_HOSTS_AT_ONCE, hosts[0], hosts[1], hosts[2]);
    assertHoldsNot(Fact.SEVERAL_HOSTS_AT_ONCE, one[0], one[1], one[2]);
  }

  private static Talk killed(int port) {
    return client(port).open(60).pause(ODD).socketReset(BROKER);
  }

  @Test
  void shouldTellAProcessThatEndsFromTwoConnectionsThatDo() {
    assertHolds(Fact.MANY_AT_ONCE, killed(0), killed(1), killed(2));
    assertHoldsNot(Fact.MANY_AT_ONCE, killed(0), killed(1));
  }

  @Test
  void shouldKnowThatABrokerLivesOnWhichStillSpeaksToOthers() {
    assertHolds(
        Fact.BROKER_LIVES_ON, killed(0), client(1).open(60).pause(seconds(20)).broker(BEAT));
    assertHoldsNot(Fact.BROKER_LIVES_ON, killed(0), client(1).open(60).pause(ODD).broker(BEAT));
  }

  /** What has no end is not among the lost ones. */
  @Test
  void shouldKnowThatABrokerLivesOnByWhatStaysOpen() {
    Talk open = client(1).pause(seconds(0.2)).open(0).pause(seconds(20)).client(BEAT);

    assertTrue(
        Analysis.of(killed(0), open)
            .ending()
            .says()
            .contains("others of its connections stayed up"));
  }

  @Test
  void shouldNotCallAHostGoneOfWhichAnotherConnectionLivesThrough() {
    Talk before = client(1).open(0).pause(seconds(70)).client(BEAT);
    Talk after = client(1).pause(seconds(70)).open(0).pause(seconds(5)).client(BEAT);
    Talk behindNat = client(1).ttl(CLIENT, 60).open(0).pause(seconds(70)).client(BEAT);

    assertHolds(Fact.HOST_LIVES_ON, gone(client(0).pause(SECOND), 61.37), before);
    assertHoldsNot(Fact.HOST_LIVES_ON, gone(client(0).pause(SECOND), 61.37), after);
    assertHoldsNot(Fact.HOST_LIVES_ON, gone(client(0).pause(SECOND), 61.37), behindNat);
  }

  /** A message after that pause, to the broker beside the capture or three hops away. */
  private static Talk answeredBare(int hops, double pause) {
    Talk begun = client(0).pause(seconds(5)).ttl(CLIENT, 64 - hops).ttl(BROKER, 61 + hops);
    Talk talk = begun.open(0).client(BEAT);
    return talk.pause(seconds(pause)).data(CLIENT, BEAT).bareReset(BROKER);
  }

  /** Another connection of the broker, for three minutes. */
  private static Talk going(int hops) {
    Talk talk = client(1).ttl(CLIENT, 64 - hops).ttl(BROKER, 61 + hops).open(0);
    for (int i = 0; i < 180; i++) {
      talk.pause(SECOND).client(BEAT);
    }
    return talk;
  }

  @Test
  void shouldTellAPacketFilterOfTheHostFromASocketThatIsGone() {
    assertHoldsIfItsHostSentIt(Fact.SOCKET_NOT_ENDED, answeredBare(3, 0.5), going(3));
    assertHoldsNot(Fact.SOCKET_NOT_ENDED, answeredBare(3, 60), going(3));
    assertHoldsNot(Fact.SOCKET_NOT_ENDED, answeredBare(3, 0.5));
    assertHoldsNot(Fact.SOCKET_NOT_ENDED, answeredBare(0, 0.5), going(0));
    assertHoldsNot(Fact.SOCKET_NOT_ENDED, answeredBySecond(BROKER, false), ofSecond(BROKER));
    Ending ending = Story.of(answeredBare(3, 0.5), going(3)).ending();
    assertTrue(ending.likelihood(Cause.REJECTED_BY_HOST) > 0.5, ending::says);
  }

  /** A host next to it answers what was sent to the address; the connection may go on. */
  private static Talk answeredBySecond(Side side, boolean goesOn) {
    Talk talk = new Talk().ttl(CLIENT, 64).ttl(BROKER, 64).open(0).pause(ODD);
    long mac = side == CLIENT ? 0x02_00_00_00_00_01L : 0x02_00_00_00_00_02L;
    talk.data(side.other(), BEAT).mac(side, SECOND_MAC).bareReset(side).mac(side, mac);
    return goesOn ? talk.pause(SECOND).data(side, BEAT).pause(SECOND).again(side) : talk;
  }

  private static Talk ofSecond(Side side) {
    Talk talk = client(5).ttl(CLIENT, 64).ttl(BROKER, 64);
    return talk.mac(side, SECOND_MAC).open(0);
  }

  @Test
  void shouldTellAnAddressThatIsTakenTwiceFromOneThatMoved() {
    assertHolds(Fact.SECOND_CLIENT_HOST, answeredBySecond(CLIENT, true), ofSecond(CLIENT));
    assertHoldsNot(Fact.SECOND_CLIENT_HOST, answeredBySecond(CLIENT, false), ofSecond(CLIENT));
    assertHolds(Fact.SECOND_BROKER_HOST, answeredBySecond(BROKER, true), ofSecond(BROKER));
    assertHoldsNot(Fact.SECOND_BROKER_HOST, answeredBySecond(BROKER, true));
  }

  @Test
  void shouldNotCallAHostGoneThatWasSeenForMostOfTheSilence() {
    Talk soon = client(1).pause(seconds(9)).open(0).pause(seconds(60)).client(BEAT);
    Talk late = client(1).pause(seconds(39)).open(0).pause(seconds(30)).client(BEAT);

    assertHolds(Fact.HOST_SEEN_MEANWHILE, gone(client(0), 61.37), soon);
    assertHoldsNot(Fact.HOST_SEEN_MEANWHILE, gone(client(0), 61.37), late);
  }

  @Test
  void shouldKnowThatAClientsHostThatWasRestartedConnectsAnew() {
    Talk anew = client(1).pause(seconds(9)).open(0).pause(seconds(60)).client(BEAT);
    Talk older = client(2).open(0).pause(seconds(70)).client(BEAT);
    Talk lost = gone(client(0).pause(SECOND), 61.37);

    assertHolds(Fact.ONLY_NEWER_SEEN, lost, anew);
    assertHoldsNot(Fact.ONLY_NEWER_SEEN, lost, anew, older);
    assertHoldsNot(Fact.ONLY_NEWER_SEEN, lost);
  }

  @Test
  void shouldNotTakeWhatEndedInOneMomentForATimerOfEach() {
    Talk other = client(1).pause(seconds(0.09)).open(0).pause(seconds(3.31)).fin(CLIENT);
    Talk apart = client(1).pause(seconds(0.09)).open(0).pause(seconds(3.4)).fin(CLIENT);
    Talk one = client(0).open(0).pause(seconds(3.4)).fin(CLIENT);

    assertHolds(Fact.AT_ONE_MOMENT, one, other);
    assertHoldsNot(Fact.AT_ONE_MOMENT, one, apart);
    assertHoldsNot(Fact.AT_ONE_MOMENT, one);
  }

  @Test
  void shouldSuspectADeviceWhereTheHostLivesOnAfterALongSilence() {
    Talk other = client(1).open(0).pause(seconds(70)).client(BEAT);

    assertHolds(Fact.FORGOTTEN_OF_LIVING_HOST, gone(client(0).pause(SECOND), 61.37), other);
    assertHoldsNot(Fact.FORGOTTEN_OF_LIVING_HOST, gone(client(0).pause(SECOND), 5.37), other);
    assertHoldsNot(Fact.FORGOTTEN_OF_LIVING_HOST, gone(client(0).pause(SECOND), 61.37));
  }

  /** What a NAT makes of that connection when it has forgotten it. */
  private static Talk renamed(double silence, int missing) {
    int sent = 1 + BEAT.length;
    Talk talk = client(7).pause(seconds(silence)).missing(CLIENT, sent).missing(BROKER, sent);
    return talk.missing(BROKER, missing).data(CLIENT, BEAT).bareReset(BROKER);
  }

  @Test
  void shouldKnowAConnectionThatANatGaveANewPort() {
    Talk older = client(0).connect().client(BEAT).broker(BEAT);

    assertHolds(Fact.RENAMED, renamed(61.37, 0), older);
    assertHoldsNot(Fact.RENAMED, renamed(61.37, 1), older);
    assertHolds(Fact.RENAMED_AFTER_SILENCE, renamed(61.37, 0), older);
    assertHoldsNot(Fact.RENAMED_AFTER_SILENCE, renamed(0.37, 0), older);
  }

  @Test
  void shouldKnowThatNoHostBootsInASecond() {
    assertHolds(Fact.TOO_SOON_FOR_A_REBOOT, gone(new Talk(), 1.37));
    assertHoldsNot(Fact.TOO_SOON_FOR_A_REBOOT, gone(new Talk(), 61.37));
  }

  private static Talk killedWhileBrokerReads(int window) {
    Talk talk = new Talk().open(0).pause(seconds(5));
    talk.packet(BROKER, Packets.ACK | Packets.PSH, p -> p.window(window).payload(BEAT));
    return talk.bareReset(CLIENT);
  }

  @Test
  void shouldKnowThatNoEndCanBeToldToABrokerThatDoesNotRead() {
    assertHolds(Fact.FIN_HELD_BACK, killedWhileBrokerReads(0));
    assertHoldsNot(Fact.FIN_HELD_BACK, killedWhileBrokerReads(63));
  }

  @Test
  void shouldKnowThatFewHostsBootInTenSeconds() {
    assertHolds(Fact.SOON_FOR_A_REBOOT, gone(new Talk(), 4.37));
    assertHoldsNot(Fact.SOON_FOR_A_REBOOT, gone(new Talk(), 1.37));
    assertHoldsNot(Fact.SOON_FOR_A_REBOOT, gone(new Talk(), 61.37));
  }

  @Test
  void shouldTellAKilledProcessFromALostHostByTheHostsOtherPackets() {
    Talk amid = new Talk().open(60).pause(ODD).client(AmqpBytes.publish(10)).data(BROKER, BEAT);

    assertHolds(Fact.AMID_ITS_TRAFFIC, amid.bareReset(CLIENT));
    assertHoldsNot(Fact.AMID_ITS_TRAFFIC, gone(new Talk(), 61.37));
  }

  @Test
  void shouldKnowThatKernelsSendBareResetsOnlyAsAnswers() {
    assertHolds(Fact.UNPROMPTED_BARE, new Talk().open(0).pause(seconds(61.37)).bareReset(CLIENT));
    assertHoldsNot(Fact.UNPROMPTED_BARE, gone(new Talk(), 61.37));
  }

  /** Captured at the broker, which sent the reset itself. */
  private static Talk rejectedByBroker() {
    Talk talk = new Talk().cooked().open(0).pause(ODD);
    return talk.data(CLIENT, AmqpBytes.publish(10)).answerDelay(BROKER).bareReset(BROKER);
  }

  @Test
  void shouldTellARuleOfTheHostFromItsEndByTheSocketThatLivesOn() {
    assertHoldsIfItsHostSentIt(
        Fact.SOCKET_LIVES_ON, rejectedByBroker().pause(SECOND).data(BROKER, AmqpBytes.deliver(9)));
    assertHoldsNot(Fact.SOCKET_LIVES_ON, rejectedByBroker());
  }

  @Test
  void shouldTellARuleOfTheHostByTheKernelThatSentNone() {
    KernelRecord sent = new KernelRecord(Kind.SENT, "NO_SOCKET");
    KernelRecord notSent = new KernelRecord(Kind.NOT_SENT, null);

    assertHolds(Fact.FILTERED_BY_KERNEL, notSent, rejectedByBroker());
    assertHoldsNot(Fact.FILTERED_BY_KERNEL, sent, rejectedByBroker());
    assertEquals(Cause.REJECTED_BY_HOST, Story.of(notSent, rejectedByBroker()).ending().cause());
    assertNotEquals(Cause.REJECTED_BY_HOST, Story.of(sent, rejectedByBroker()).ending().cause());
  }

  @Test
  void shouldKnowAConnectionThatIsNoLongerTranslatedByItsNumbers() {
    Talk translated = new Talk("10.0.1.1", 40_000).open(0).pause(seconds(2));
    Talk untranslated = new Talk("10.0.9.9", 40_000).pause(seconds(2));
    Talk stranger = new Talk("10.0.9.9", 40_000).pause(seconds(2)).missing(CLIENT, 50_000_000);

    assertHolds(
        Fact.TRANSLATED_AWAY, untranslated.data(CLIENT, BEAT).bareReset(BROKER), translated);
    assertHoldsNot(Fact.TRANSLATED_AWAY, stranger.data(CLIENT, BEAT).bareReset(BROKER), translated);
  }

  /** Of other numbers, whose SYN the broker answers with a socket of an older connection. */
  private static Talk replacing(Duration later, boolean meetsOlder) {
    Talk talk = new Talk("10.0.1.1", 40_000).pause(later).missing(CLIENT, 50_000_000).syn();
    if (meetsOlder) {
      talk.packet(BROKER, Packets.ACK, p -> p.ack(1_234_567));
      talk.bareReset(CLIENT, p -> p.seq(1_234_567)).missing(CLIENT, -1).pause(SECOND).syn();
    }
    return talk.missing(BROKER, 50_000_000).synAck().ack(CLIENT).client(BEAT).broker(BEAT);
  }

  @Test
  void shouldKnowThatAnOldConnectionWasUnknownToAHostWhoseSynMetIt() {
    Talk old = new Talk("10.0.1.1", 40_000).open(0);

    assertHolds(Fact.REPLACED, old, replacing(seconds(61.37), true));
    assertHoldsNot(Fact.REPLACED, old, replacing(seconds(61.37), false));
  }

  @Test
  void shouldNotCallANewConnectionLostWhoseSynMetAnOldOne() {
    Ending ending = Story.of(replacing(seconds(61.37), true)).ending();

    assertEquals(Cause.STILL_OPEN, ending.cause());
  }

  /** Its host answers what it does not take for the connection's, and its socket goes on. */
  private static Talk answeredAndGoesOn(boolean again) {
    Talk talk = new Talk().open(0).pause(ODD).data(BROKER, AmqpBytes.deliver(9));
    Talk sent = again ? talk.pause(seconds(0.3)).again(BROKER) : talk;
    return sent.bareReset(CLIENT).pause(SECOND).data(CLIENT, AmqpBytes.publish(9));
  }

  @Test
  void shouldTellAnUntranslatedRetransmissionFromARuleThatRejects() {
    assertHoldsIfItsHostSentIt(Fact.ANSWERS_RETRANSMISSION, answeredAndGoesOn(true));
    assertHoldsNot(Fact.ANSWERS_RETRANSMISSION, answeredAndGoesOn(false));
  }

  /** The RST comes by another number of hops than the broker's packets, which go on. */
  private static Talk answeredFromElsewhere() {
    Talk talk = new Talk().ttl(BROKER, 62).open(0).pause(ODD).client(AmqpBytes.publish(9));
    talk.ttl(BROKER, 63).bareReset(BROKER).ttl(BROKER, 62);
    return talk.pause(seconds(2)).data(BROKER, BEAT);
  }

  private static Talk acceptedBy(int ttl) {
    return client(1).ttl(BROKER, ttl).pause(seconds(9)).open(0).client(AmqpBytes.publish(9));
  }

  @Test
  void shouldTellAnAddressThatMovedFromADeviceByWhoAcceptsConnectionsThere() {
    assertHolds(Fact.SECOND_BROKER_HOST, answeredFromElsewhere(), acceptedBy(63));
    assertHoldsNot(Fact.SECOND_BROKER_HOST, answeredFromElsewhere(), acceptedBy(62));
    FlowVerdict moved = Analysis.of(answeredFromElsewhere(), acceptedBy(63));
    FlowVerdict device = Analysis.of(answeredFromElsewhere(), acceptedBy(62));

    assertEquals(Sender.BROKER, moved.verdicts().get(0).sender());
    assertEquals(Cause.BROKER_GONE, moved.ending().cause());
    assertTrue(moved.ending().says().contains("the address has moved"), moved.ending().says());
    assertEquals(Sender.MIDDLEBOX, device.verdicts().get(0).sender());
  }

  /** The capture sees what its host passes on, and of the RST how it came, too. */
  @Test
  void shouldNotTakeARstThatTheCapturingHostPassesOnForAnotherHosts() {
    Talk passedOn = new Talk().ttl(BROKER, 62).open(0).pause(ODD).client(AmqpBytes.publish(9));
    passedOn.ttl(BROKER, 63).bareReset(BROKER).ttl(BROKER, 62).copy(BROKER);

    assertHoldsNot(Fact.SECOND_BROKER_HOST, passedOn, acceptedBy(63));
  }

  private static final long BROKERS_MAC = 0x02_00_00_00_00_02L;

  /** The broker's address has moved to a neighbour of its host, whose kernel answers. */
  private static Talk answeredByNeighbour(int ttl) {
    Talk talk = new Talk().ttl(BROKER, ttl).open(0).pause(ODD).client(AmqpBytes.publish(9));
    return talk.mac(BROKER, SECOND_MAC).bareReset(BROKER);
  }

  private static Talk acceptedBy(long mac, int ttl) {
    Talk talk = client(1).ttl(BROKER, ttl).mac(BROKER, mac).pause(seconds(60));
    return talk.open(0).client(AmqpBytes.publish(9)).socketReset(CLIENT);
  }

  @Test
  void shouldTellAnAddressThatMovedToANeighbourByWhoAcceptsConnectionsThere() {
    assertHolds(Fact.SECOND_BROKER_HOST, answeredByNeighbour(64), acceptedBy(SECOND_MAC, 64));
    assertHoldsNot(Fact.SECOND_BROKER_HOST, answeredByNeighbour(64), acceptedBy(BROKERS_MAC, 64));
    FlowVerdict moved = Analysis.of(answeredByNeighbour(64), acceptedBy(SECOND_MAC, 64));

    assertEquals(Sender.BROKER, moved.verdicts().get(0).sender());
    assertEquals(Cause.BROKER_GONE, moved.ending().cause());
  }

  /** All connections come by the other router then, too. */
  @Test
  void shouldNotTakeARouterThatTookOverForABrokerThatDid() {
    assertHoldsNot(Fact.SECOND_BROKER_HOST, answeredByNeighbour(62), acceptedBy(SECOND_MAC, 62));
  }

  @Test
  void shouldTellSeveralHostsThatAreGoneAtOnceFromOne() {
    assertHolds(Fact.GONE_OF_SEVERAL_HOSTS, gone(host(0), 61.37), gone(host(1), 61.37));
    assertHoldsNot(Fact.GONE_OF_SEVERAL_HOSTS, gone(client(0), 61.37), gone(client(1), 61.37));
  }

  @Test
  void shouldTakeForOneEventWhatLiesBetweenTheLastPacketOfEachAndItsAnswer() {
    Talk sooner = gone(host(0), 11.37);
    Talk idleSince = gone(host(1), 18.37);
    Talk seenSince = host(1).open(0).pause(seconds(14.37)).client(BEAT).pause(seconds(4));

    assertHolds(Fact.GONE_OF_SEVERAL_HOSTS, idleSince, sooner);
    assertHoldsNot(
        Fact.GONE_OF_SEVERAL_HOSTS, seenSince.data(BROKER, BEAT).bareReset(CLIENT), sooner);
  }
}
