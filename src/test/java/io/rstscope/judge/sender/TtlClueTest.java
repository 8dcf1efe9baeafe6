package io.rstscope.judge.sender;

import static io.rstscope.testing.Talk.BROKER;
import static io.rstscope.testing.Talk.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
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
}
