package io.rstscope.judge.sender;

import static io.rstscope.testing.Talk.BROKER;
import static io.rstscope.testing.Talk.CLIENT;
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
        evidence.says().endsWith(", where the sender's packets before had 61 (64 less 3 hops)"),
        evidence.says());
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
        "hop limit 63 (64 less 1 hop), where the sender's packets before had 61 (64 less 3 hops)",
        ttl(talk.bareReset(CLIENT)).says());
  }

  @Test
  void shouldPointToTheClaimedSenderWhenTheTtlIsThatOfAHostSomeHopsAway() {
    Evidence evidence = ttl(new Talk().open(60).bareReset(CLIENT));

    assertEquals(Sender.CLIENT, evidence.pointsTo());
    assertEquals(Weights.TTL_SAME_REMOTE, evidence.weight());
    assertTrue(evidence.imitable());
  }

  @Test
  void shouldOnlyExplainWhenTheSenderIsOnTheSameSegmentWhereEveryDeviceHasThatTtl() {
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
}
