package io.rstscope.reset;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.testing.Conversation;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Tap;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a reset did to its connection, and what followed it. */
class ResetRoleTest {
  private final Observing observing = Observing.usual();
  private final Conversation talk = Conversation.usual(observing.tap);

  @Test
  void shouldEndAConnectionThatWasUp() {
    talk.handshake().openAmqp();
    talk.client.abort();
    assertEquals(List.of(Role.ENDS_CONNECTION), roles());
    Aftermath after = observing.reset().aftermath();
    assertEquals(0, after.sameDirection());
    assertEquals(0, after.opposite());
    assertEquals(-1, after.lifeFrame());
    assertEquals(-1, after.lifeNanos());
    assertFalse(after.livedOn());
  }

  @Test
  void shouldAnswerACloseWhenAFinCameFirst() {
    talk.handshake().openAmqp();
    talk.client.fin();
    talk.broker.abort();
    assertEquals(List.of(Role.ANSWERS_CLOSE), roles());
  }

  @Test
  void shouldAnswerACloseWhenAmqpClosedFirst() {
    talk.handshake().openAmqp();
    talk.client.send(AmqpBytes.close(200, "bye", 0, 0));
    talk.broker.send(AmqpBytes.closeOk()).abort();
    assertEquals(List.of(Role.ANSWERS_CLOSE), roles());
  }

  @Test
  void shouldEndAConnectionWhoseCloseWasNotConfirmed() {
    talk.handshake().openAmqp();
    talk.broker.send(AmqpBytes.close(320, "CONNECTION_FORCED", 0, 0)).abort();
    assertEquals(List.of(Role.ENDS_CONNECTION), roles());
  }

  @Test
  void shouldRefuseASyn() {
    talk.client.syn();
    talk.broker.refuse();
    talk.pass(500, MILLISECONDS);
    talk.client.sendAgain(1);
    talk.broker.refuse();
    assertEquals(List.of(Role.REFUSES, Role.REFUSES), roles());
  }

  /** A consumer killed during delivery: its kernel answers each message that was under way. */
  @Test
  void shouldRepeatWhenManyStatelessResetsFollowOne() {
    talk.handshake().openAmqp();
    talk.broker.send("delivery");
    talk.client.abort();
    for (int i = 0; i < 285; i++) {
      talk.broker.send("delivery");
      talk.client.reject();
    }
    List<Role> roles = roles();
    assertEquals(286, roles.size());
    assertEquals(Role.ENDS_CONNECTION, roles.get(0));
    assertEquals(Collections.nCopies(285, Role.REPEATS), roles.subList(1, 286));
    assertTrue(observing.resets().stream().allMatch(reset -> reset.samePacketAs() == -1));
    assertEquals(285, observing.resets().get(0).aftermath().opposite());
  }

  @Test
  void shouldBeIgnoredWhenBothSidesGoOn() {
    talk.handshake();
    talk.broker.put(forged());
    long frame = observing.tap.frame();
    talk.pass(20, MILLISECONDS);
    talk.broker.send("alive");
    talk.client.ack();
    talk.broker.send("still");
    assertEquals(List.of(Role.IGNORED), roles());
    Aftermath after = observing.reset().aftermath();
    assertTrue(after.livedOn());
    assertEquals(frame + 1, after.lifeFrame());
    assertEquals(20_000_000 + Tap.GAP_NANOS, after.lifeNanos());
    assertEquals(0, after.lifeSequenceOffset());
    assertEquals(2, after.sameDirection());
    assertEquals(1, after.opposite());
  }

  @Test
  void shouldMeasureLifeAgainstThePacketBeforeTheReset() {
    talk.handshake();
    talk.broker.send("one").put(forged());
    talk.pass(50, MILLISECONDS);
    talk.broker.lose(10).send("two");
    Aftermath after = observing.reset().aftermath();
    assertEquals(1, after.lifeIpIdStep());
    assertEquals(50, after.lifeTsStep());
    assertEquals(10, after.lifeSequenceOffset());
  }

  @Test
  void shouldNotMeasureIdentificationsOnIpv6NorTimestampsWhereThereAreNone() {
    Conversation six = Conversation.ipv6(observing.tap);
    six.broker.windows();
    six.handshake();
    six.broker.reject().send("two");
    assertEquals(-1, observing.reset().aftermath().lifeIpIdStep());
    assertEquals(-1, observing.reset().aftermath().lifeTsStep());
    assertEquals(-1, observing.reset().sender().ipId());
  }

  /** The sender's life shows who did not reset, but the connection is gone all the same. */
  @Test
  void shouldEndAConnectionOfWhichOnlyTheClaimedSenderGoesOn() {
    talk.handshake();
    talk.broker.put(forged()).send("anyone?").sendAgain(1).sendAgain(1);
    assertEquals(List.of(Role.ENDS_CONNECTION), roles());
    assertEquals(3, observing.reset().aftermath().sameDirection());
    assertTrue(observing.reset().aftermath().lifeFrame() > 0);
  }

  @Test
  void shouldEndAConnectionOfWhichOnlyTheOtherSideGoesOn() {
    talk.handshake();
    talk.broker.abort();
    talk.client.send("did not hear").sendAgain(1);
    assertEquals(List.of(Role.ENDS_CONNECTION), roles());
  }

  /** What was sent before the reset and captured after it is no sign of life. */
  @Test
  void shouldNotTakeForLifeWhatTheResetOvertook() {
    talk.handshake();
    talk.client.send("first").lose(6).id(104).abort();
    talk.client.next(1_006).id(103).send("second");
    talk.broker.send("under way").ack();
    assertEquals(List.of(Role.ENDS_CONNECTION), roles());
    assertEquals(-1, observing.reset().aftermath().lifeFrame());
    assertEquals(0, observing.reset().aftermath().sameDirection());
  }

  @Test
  void shouldNotTakeForLifeWhatAnEarlierPacketOvertook() {
    talk.handshake();
    talk.client.lose(5).id(104).send("second").abort().next(1_001).id(103).send("first");
    talk.broker.ack();
    assertEquals(List.of(Role.ENDS_CONNECTION), roles());
    assertEquals(-1, observing.reset().aftermath().lifeFrame());
  }

  @Test
  void shouldRepeatWhenTheSamePacketIsSeenTwice() {
    talk.handshake();
    talk.client.abort();
    long frame = observing.tap.frame();
    talk.client.ttl(63).copy(1);
    assertEquals(List.of(Role.ENDS_CONNECTION, Role.REPEATS), roles());
    assertEquals(-1, observing.resets().get(0).samePacketAs());
    assertEquals(frame, observing.resets().get(1).samePacketAs());
  }

  @Test
  void shouldTellACopyWithoutIdentificationByItsPlaceOnly() {
    talk.handshake();
    talk.client.reject().ttl(63).reject().reject();
    List<ResetObservation> resets = observing.resets();
    assertEquals(resets.get(0).packet().frame(), resets.get(1).samePacketAs());
    assertEquals(resets.get(0).packet().frame(), resets.get(2).samePacketAs());
    Observing same = Observing.usual();
    Conversation.usual(same.tap).handshake().client.reject().reject();
    assertEquals(-1, same.resets().get(1).samePacketAs());
  }

  @Test
  void shouldEndAConnectionThatAnEarlierResetDidNotThoughThatWasSeenTwice() {
    talk.handshake();
    talk.broker.put(forged()).put(forged().ttl(60));
    talk.broker.send("alive");
    talk.client.ack();
    talk.broker.send("still").abort();
    assertEquals(List.of(Role.IGNORED, Role.REPEATS, Role.ENDS_CONNECTION), roles());
  }

  @Test
  void shouldRepeatAfterOneThatAnsweredAClose() {
    talk.handshake();
    talk.client.fin();
    talk.broker.abort();
    talk.pass(1, SECONDS);
    talk.broker.reject();
    assertEquals(List.of(Role.ANSWERS_CLOSE, Role.REPEATS), roles());
  }

  private Packets forged() {
    return talk.broker
        .packet()
        .id(31_337)
        .tcp(5672, 40_000)
        .flags(Packets.RST)
        .seq(talk.broker.next())
        .window(0);
  }

  private List<Role> roles() {
    return observing.resets().stream().map(ResetObservation::role).toList();
  }
}
