package io.rstscope.judge.sender;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The TTL of a reset against that of the same direction of the same flow. */
class TtlClueTest {
  private static Evidence ttl(Talk talk) {
    return Analysis.clue(ClueKind.TTL, talk);
  }

  @ParameterizedTest
  @ValueSource(ints = {63, 56, 20, 128, 255})
  void shouldPointToTheMiddleboxWhenTheTtlDiffersInWhicheverDirection(int ttl) {
    Evidence evidence = ttl(new Talk().open(60).ttl(CLIENT, ttl).bareReset(CLIENT));

    assertEquals(Sender.MIDDLEBOX, evidence.pointsTo());
    assertEquals(Weights.TTL_DIFFERS, evidence.weight());
    assertTrue(
        evidence.says().endsWith("; earlier packets from this side: 61 (3 hops)"), evidence.says());
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 57})
  void shouldSpeakLessLoudlyWhenARouteThatHasGrownWouldLookTheSame(int ttl) {
    Evidence evidence = ttl(new Talk().open(60).ttl(CLIENT, ttl).bareReset(CLIENT));

    assertEquals(Sender.MIDDLEBOX, evidence.pointsTo());
    assertEquals(Weights.TTL_DIFFERS_FARTHER, evidence.weight());
    assertTrue(evidence.imitable());
  }

  @Test
  void shouldCallItHopLimitOnIpv6() {
    Talk talk = new Talk("2001:db8::1", 40_000).open(60).ttl(CLIENT, 63);

    assertEquals(
        "hop limit 63 (1 hop away); earlier packets from this side: 61 (3 hops)",
        ttl(talk.bareReset(CLIENT)).says());
  }

  @Test
  void shouldPointToTheClaimedSenderWhenTheTtlIsOfADistantHost() {
    Evidence evidence = ttl(new Talk().open(60).bareReset(CLIENT));

    assertEquals(Sender.CLIENT, evidence.pointsTo());
    assertEquals(Weights.TTL_SAME_REMOTE, evidence.weight());
    assertTrue(evidence.imitable());
  }

  @Test
  void shouldOnlyExplainOnTheSameSegmentWhereAllHaveThatTtl() {
    Evidence evidence = ttl(new Talk().open(60).socketReset(BROKER));

    assertEquals(0, evidence.weight());
  }

  @Test
  void shouldOnlyExplainWhenTheSenderHadThatTtlBefore() {
    Talk talk = new Talk().open(60).ttl(CLIENT, 63).ack(CLIENT).ttl(CLIENT, 61).ack(CLIENT);

    Evidence evidence = ttl(talk.ttl(CLIENT, 63).bareReset(CLIENT));

    assertEquals(Sender.UNDETERMINED, evidence.pointsTo());
    assertEquals(0, evidence.weight());
  }

  @Test
  void shouldPointToTheClaimedSenderWhenItsRouteHadChangedToThatTtl() {
    Talk talk = new Talk().open(60).ttl(CLIENT, 59).ack(CLIENT).ack(CLIENT).ack(CLIENT);

    Evidence evidence = ttl(talk.bareReset(CLIENT));

    assertEquals(Sender.CLIENT, evidence.pointsTo());
    assertEquals(Weights.TTL_SEEN_BEFORE, evidence.weight());
  }

  @Test
  void shouldSpeakLessLoudlyWhenTheSenderHadSeveralTtlsBefore() {
    Talk talk = new Talk().open(60).ttl(CLIENT, 59).ack(CLIENT).ttl(CLIENT, 61).ack(CLIENT);

    Evidence evidence = ttl(talk.ttl(CLIENT, 63).bareReset(CLIENT));

    assertEquals(Sender.MIDDLEBOX, evidence.pointsTo());
    assertTrue(evidence.weight() < Weights.TTL_DIFFERS);
  }

  @Test
  void shouldNotApplyWithoutAPacketOfThatDirection() {
    assertNull(ttl(new Talk().data(CLIENT, AmqpBytes.heartbeat()).socketReset(BROKER)));
  }

  @Test
  void shouldOnlyExplainWhenOtherFlowsOfTheAddressHaveThatTtlNow() {
    Talk talk = new Talk().open(60).ttl(CLIENT, 63).bareReset(CLIENT);

    Evidence evidence = ttl(talk, new Talk("10.0.1.1", 40_001).ttl(CLIENT, 63).open(60));

    assertEquals(Sender.UNDETERMINED, evidence.pointsTo());
    assertEquals(0, evidence.weight());
    assertTrue(evidence.says().endsWith("the route has changed"), evidence.says());
  }

  @Test
  void shouldPointToTheMiddleboxWhenOtherFlowsHadThatTtlLongAgo() {
    Talk before = new Talk("10.0.1.1", 40_001).ttl(CLIENT, 63).open(60);
    Talk talk = new Talk().pause(Duration.ofSeconds(30)).open(60);

    Evidence evidence = ttl(talk.ttl(CLIENT, 63).bareReset(CLIENT), before);

    assertEquals(Weights.TTL_DIFFERS, evidence.weight());
  }

  @Test
  void shouldPointToTheMiddleboxWhenFlowsOfAnotherAddressHaveThatTtl() {
    Talk talk = new Talk().open(60).ttl(CLIENT, 63).bareReset(CLIENT);

    Evidence evidence = ttl(talk, new Talk("10.0.1.2", 40_001).ttl(CLIENT, 63).open(60));

    assertEquals(Weights.TTL_DIFFERS, evidence.weight());
  }

  @Test
  void shouldOnlyExplainWhenTheTtlBeforeWasThatOfASynProxy() {
    Talk talk = new Talk().syn().ttl(BROKER, 63);
    talk.packet(BROKER, Packets.SYN | Packets.ACK, p -> p.window(0)).ack(CLIENT);
    talk.ttl(BROKER, 61).withoutTimestamps();

    Evidence evidence = ttl(talk.packet(BROKER, Packets.RST | Packets.ACK, p -> p.id(0).window(0)));

    assertEquals(0, evidence.weight());
    assertTrue(evidence.says().contains("SYN proxy"), evidence.says());
  }

  private static Evidence ttl(Talk talk, Talk other) {
    return Analysis.clue(ClueKind.TTL, Analysis.lastReset(talk, other.socketReset(BROKER)));
  }

  // ---- no packet of that direction before, but of other flows

  /** A reset with that TTL is all there is of the client, another flow of it has 61. */
  private static Evidence elsewhere(int ttl) {
    return elsewhere(ttl, 61, new Talk("10.0.1.1", 40_001));
  }

  private static Evidence elsewhere(int ttl, int usual, Talk other) {
    Talk talk = new Talk().data(BROKER, new byte[9]).ttl(CLIENT, ttl).bareReset(CLIENT);
    return ttl(talk, other.ttl(CLIENT, usual).open(60));
  }

  @Test
  void shouldCompareWithOtherFlowsOfTheAddressWhereThereIsNothingElse() {
    assertEquals(Sender.CLIENT, elsewhere(61).pointsTo());
    assertEquals(Weights.TTL_SAME_ELSEWHERE, elsewhere(61).weight());
    assertEquals("TTL 61 (3 hops away), as other flows of 10.0.1.1 have", elsewhere(61).says());
    assertEquals(Sender.MIDDLEBOX, elsewhere(63).pointsTo());
    assertEquals(Weights.TTL_DIFFERS_ELSEWHERE, elsewhere(63).weight());
    assertEquals(
        "TTL 63 (1 hop away); other flows of 10.0.1.1 have 61 (3 hops)", elsewhere(63).says());
  }

  @ParameterizedTest
  @CsvSource({"60, 1.0", "57, 1.0", "56, 2.0", "126, 2.0"})
  void shouldDoubtAFartherSenderLessAsItsRouteMayHaveGrown(int ttl, double weight) {
    assertEquals(Sender.MIDDLEBOX, elsewhere(ttl).pointsTo());
    assertEquals(weight, elsewhere(ttl).weight());
    assertTrue(elsewhere(ttl).imitable());
  }

  @Test
  void shouldOnlyExplainWhereTheWholeSegmentHasTheTtlOfOtherFlows() {
    assertEquals(0, elsewhere(64, 64, new Talk("10.0.1.1", 40_001)).weight());
  }

  @Test
  void shouldNotApplyWhereOnlyFlowsOfAnotherAddressAreThere() {
    assertNull(elsewhere(61, 61, new Talk("10.0.1.2", 40_001)));
  }

  // ---- as it was sometimes

  @Test
  void shouldNotRelyOnATtlThatWasSeenOnce() {
    Talk once = new Talk().open(60).ttl(CLIENT, 59).ack(CLIENT);
    Talk twice = new Talk().open(60).ttl(CLIENT, 59).ack(CLIENT).ack(CLIENT);
    once.ttl(CLIENT, 61).ack(CLIENT).ttl(CLIENT, 59);
    twice.ttl(CLIENT, 61).ack(CLIENT).ttl(CLIENT, 59);

    assertEquals(0, ttl(once.bareReset(CLIENT)).weight());
    assertEquals(Weights.TTL_SEEN_BEFORE, ttl(twice.bareReset(CLIENT)).weight());
    assertEquals(
        "TTL 59 (5 hops away); earlier packets from this side: 61 (3 hops) and sometimes 59",
        ttl(twice).says());
  }

  @Test
  void shouldOnlyExplainWhenThePacketsAfterwardsHaveThatTtlToo() {
    Talk talk = new Talk().open(60).ttl(CLIENT, 59).bareReset(CLIENT);
    talk.pause(Duration.ofSeconds(5)).client(new byte[9]).client(new byte[9]);

    Evidence evidence = ttl(talk);

    assertEquals(Sender.UNDETERMINED, evidence.pointsTo());
    assertEquals(0, evidence.weight());
    assertTrue(evidence.says().contains("later packets have it too"), evidence.says());
  }

  @Test
  void shouldSayWhichTtlItHasInCommon() {
    Talk talk = new Talk().open(60).bareReset(CLIENT);

    assertEquals("TTL 61 (3 hops away), as in earlier packets from this side", ttl(talk).says());
  }
}
