package io.rstscope.reset;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import io.rstscope.testing.Tap;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a reset did to its connection, and what followed it. */
class ResetRoleTest {
  private static final UnaryOperator<Packets> FORGED = p -> p.id(31_337);

  private final Observing observing = Observing.usual();
  private final Talk talk = new Talk().seenBy(observing.tap);

  @Test
  void shouldEndAConnectionThatWasUp() {
    talk.open(60).socketReset(CLIENT);
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
    talk.open(60).fin(CLIENT).socketReset(BROKER);
    assertEquals(List.of(Role.ANSWERS_CLOSE), roles());
  }

  @Test
  void shouldAnswerACloseWhenAmqpClosedFirst() {
    talk.open(60).data(CLIENT, AmqpBytes.close(200, "bye", 0, 0));
    talk.data(BROKER, AmqpBytes.closeOk()).socketReset(BROKER);
    assertEquals(List.of(Role.ANSWERS_CLOSE), roles());
  }

  @Test
  void shouldEndAConnectionWhoseCloseWasNotConfirmed() {
    talk.open(60).data(BROKER, AmqpBytes.close(320, "CONNECTION_FORCED", 0, 0)).socketReset(BROKER);
    assertEquals(List.of(Role.ENDS_CONNECTION), roles());
  }

  @Test
  void shouldRefuseASyn() {
    talk.syn().refusal().pause(Duration.ofMillis(500)).again(CLIENT).refusal();
    assertEquals(List.of(Role.REFUSES, Role.REFUSES), roles());
  }

  /** A consumer killed during delivery: its kernel answers each message that was under way. */
  @Test
  void shouldRepeatWhenManyStatelessResetsFollowOne() {
    talk.open(60).data(BROKER, "delivery").socketReset(CLIENT);
    for (int i = 0; i < 285; i++) {
      talk.data(BROKER, "delivery").bareReset(CLIENT);
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
    talk.connect().bareReset(BROKER, FORGED);
    long frame = observing.tap.frame();
    talk.pause(Duration.ofMillis(20)).data(BROKER, "alive").ack(CLIENT).data(BROKER, "still");
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
    talk.connect().data(BROKER, "one").bareReset(BROKER, FORGED).pause(Duration.ofMillis(50));
    talk.missing(BROKER, 10).data(BROKER, "two");
    Aftermath after = observing.reset().aftermath();
    assertEquals(1, after.lifeIpIdStep());
    assertEquals(50, after.lifeTsStep());
    assertEquals(10, after.lifeSequenceOffset());
  }

  @Test
  void shouldNotMeasureIdentificationsOnIpv6NorAbsentTimestamps() {
    Talk six = new Talk("2001:db8::1", 40_000).seenBy(observing.tap);
    six.windows(BROKER).connect().bareReset(BROKER).data(BROKER, "two");
    assertEquals(-1, observing.reset().aftermath().lifeIpIdStep());
    assertEquals(-1, observing.reset().aftermath().lifeTsStep());
    assertEquals(-1, observing.reset().sender().ipId());
  }

  /** The sender's life shows who did not reset, but the connection is gone all the same. */
  @Test
  void shouldEndAConnectionOfWhichOnlyTheClaimedSenderGoesOn() {
    talk.connect().bareReset(BROKER, FORGED).data(BROKER, "anyone?").again(BROKER).again(BROKER);
    assertEquals(List.of(Role.ENDS_CONNECTION), roles());
    assertEquals(3, observing.reset().aftermath().sameDirection());
    assertTrue(observing.reset().aftermath().lifeFrame() > 0);
  }

  @Test
  void shouldEndAConnectionOfWhichOnlyTheOtherSideGoesOn() {
    talk.connect().socketReset(BROKER).data(CLIENT, "did not hear").again(CLIENT);
    assertEquals(List.of(Role.ENDS_CONNECTION), roles());
  }

  /** What was sent before the reset and captured after it is no sign of life. */
  @Test
  void shouldNotTakeForLifeWhatTheResetOvertook() {
    talk.connect().data(CLIENT, "first").missing(CLIENT, 6).ipId(CLIENT, 4_037).socketReset(CLIENT);
    talk.next(CLIENT, 7_000_006).ipId(CLIENT, 4_036).data(CLIENT, "second");
    talk.data(BROKER, "under way").ack(BROKER);
    assertEquals(List.of(Role.ENDS_CONNECTION), roles());
    assertEquals(-1, observing.reset().aftermath().lifeFrame());
    assertEquals(0, observing.reset().aftermath().sameDirection());
  }

  @Test
  void shouldNotTakeForLifeWhatAnEarlierPacketOvertook() {
    talk.connect();
    talk.missing(CLIENT, 5)
        .ipId(CLIENT, 4_037)
        .data(CLIENT, "second")
        .socketReset(CLIENT)
        .next(CLIENT, 7_000_001)
        .ipId(CLIENT, 4_036)
        .data(CLIENT, "first");
    talk.ack(BROKER);
    assertEquals(List.of(Role.ENDS_CONNECTION), roles());
    assertEquals(-1, observing.reset().aftermath().lifeFrame());
  }

  @Test
  void shouldRepeatWhenTheSamePacketIsSeenTwice() {
    talk.connect().socketReset(CLIENT);
    long frame = observing.tap.frame();
    talk.ttl(CLIENT, 60).copy(CLIENT);
    assertEquals(List.of(Role.ENDS_CONNECTION, Role.REPEATS), roles());
    assertEquals(-1, observing.resets().get(0).samePacketAs());
    assertEquals(frame, observing.resets().get(1).samePacketAs());
  }

  @Test
  void shouldTellACopyWithoutIdentificationByItsPlaceOnly() {
    talk.connect().bareReset(CLIENT).ttl(CLIENT, 60).bareReset(CLIENT).bareReset(CLIENT);
    List<ResetObservation> resets = observing.resets();
    assertEquals(resets.get(0).packet().frame(), resets.get(1).samePacketAs());
    assertEquals(resets.get(0).packet().frame(), resets.get(2).samePacketAs());
    Observing same = Observing.usual();
    new Talk().seenBy(same.tap).connect().bareReset(CLIENT).bareReset(CLIENT);
    assertEquals(-1, same.resets().get(1).samePacketAs());
  }

  @Test
  void shouldEndWhatAnEarlierResetDidNotThoughThatWasSeenTwice() {
    talk.connect().bareReset(BROKER, FORGED).ttl(BROKER, 60).copy(BROKER).ttl(BROKER, 64);
    talk.data(BROKER, "alive").ack(CLIENT).data(BROKER, "still").socketReset(BROKER);
    assertEquals(List.of(Role.IGNORED, Role.REPEATS, Role.ENDS_CONNECTION), roles());
  }

  @Test
  void shouldRepeatAfterOneThatAnsweredAClose() {
    talk.connect().fin(CLIENT).socketReset(BROKER).pause(Duration.ofSeconds(1)).bareReset(BROKER);
    assertEquals(List.of(Role.ANSWERS_CLOSE, Role.REPEATS), roles());
  }

  private List<Role> roles() {
    return observing.resets().stream().map(ResetObservation::role).toList();
  }
}
