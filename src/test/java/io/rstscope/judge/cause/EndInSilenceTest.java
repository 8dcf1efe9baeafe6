package io.rstscope.judge.cause;

import static io.rstscope.judge.cause.Stories.*;
import static io.rstscope.judge.cause.Story.assertHolds;
import static io.rstscope.judge.cause.Story.assertHoldsNot;
import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.net.Side;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.IdleTimeout;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the silence before an end tells of timers, heartbeats and dead paths. */
class EndInSilenceTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private static Talk finAfter(double silence) {
    return new Talk().open(0).pause(seconds(silence)).fin(CLIENT).socketReset(BROKER);
  }

  private static Talk finAfter(int port, Duration start, double silence) {
    return client(port).pause(start).open(0).pause(seconds(silence)).fin(CLIENT);
  }

  // ---- how long, how round

  @Test
  void shouldTellAConnectionInUseFromAnIdleOne() {
    Talk busy = new Talk().open(0).client(AmqpBytes.publish(10)).fin(CLIENT);

    assertHolds(Fact.BUSY, busy);
    assertHolds(Fact.IDLE, finAfter(1.37));
    assertHoldsNot(Fact.BUSY, finAfter(1.37));
    assertHoldsNot(Fact.IDLE, busy);
  }

  @Test
  void shouldNotMeasureASilenceThatMayBeAGapOfTheCapture() {
    Talk cut = filtered().pause(HOUR).fin(CLIENT).socketReset(BROKER);

    assertHolds(Fact.SILENCE_UNKNOWN, cut);
    assertHoldsNot(Fact.IDLE_AS_LONG_AS_TIMERS, cut);
    assertHoldsNot(Fact.SILENCE_UNKNOWN, finAfter(3_600.37));
    assertHoldsNot(Fact.SILENCE_UNKNOWN, new Talk().open(60));
  }

  @Test
  void shouldKnowFromWhenOnDevicesWait() {
    assertHolds(Fact.IDLE_AS_LONG_AS_TIMERS, finAfter(31.37));
    assertHoldsNot(Fact.IDLE_AS_LONG_AS_TIMERS, finAfter(29.37));
  }

  @Test
  void shouldTellWhatSomebodyConfiguredFromAMomentLikeAnyOther() {
    assertHolds(Fact.ROUND_SHORT, finAfter(5.01));
    assertHoldsNot(Fact.ROUND_SHORT, finAfter(5.37));
    assertHolds(Fact.ROUND_MEDIUM, finAfter(30.01));
    assertHoldsNot(Fact.ROUND_MEDIUM, finAfter(31.01));
    assertHolds(Fact.ROUND_LONG, finAfter(300.01));
    assertHoldsNot(Fact.ROUND_LONG, finAfter(303.01));
    assertHolds(Fact.NOT_ROUND, finAfter(61.37));
    assertHoldsNot(Fact.NOT_ROUND, finAfter(60.01));
  }

  @Test
  void shouldAllowNginxToFireALittleEarlyAndNobodyToFireLate() {
    assertHolds(Fact.ROUND_NEARLY, finAfter(59.8));
    assertHoldsNot(Fact.ROUND_NEARLY, finAfter(60.2));
    assertHoldsNot(Fact.ROUND_NEARLY, finAfter(60.01));
  }

  @Test
  void shouldSeeNothingRoundInASilenceThatEndedByChance() {
    Talk answered = IdleTimeout.forgotten(new Talk().open(0), seconds(60));

    assertHoldsNot(Fact.ROUND_LONG, answered);
    assertHoldsNot(Fact.NOT_ROUND, answered);
  }

  // ---- again and again

  /** For different times, so that no program does it that works for a fixed one. */
  private static Talk usedThenIdle(int i, double silence) {
    Talk used = client(i).pause(HOUR.multipliedBy(i)).open(0).pause(seconds(1 + 5 * i));
    return used.client(BEAT).pause(seconds(silence)).fin(CLIENT);
  }

  @Test
  void shouldTellATimerFromABatchThatFellSilentTogether() {
    Talk[] timer = talks(3, i -> usedThenIdle(i, 300.01));
    Talk[] batch = talks(3, i -> finAfter(i, Duration.ofMillis(i), 300.01 + 0.01 * i));

    assertHolds(Fact.RECURS_SURELY, timer[0], timer[1], timer[2]);
    assertHoldsNot(Fact.RECURS_SURELY, batch[0], batch[1], batch[2]);
  }

  @Test
  void shouldBeLessSureOfASilenceThatNobodyWouldConfigure() {
    Talk[] thrice = talks(3, i -> usedThenIdle(i, 4.37));

    assertHolds(Fact.RECURS, thrice[0], thrice[1], thrice[2]);
    assertHoldsNot(Fact.RECURS, thrice[0], thrice[1]);
  }

  @Test
  void shouldKnowThatAnEndIsNotOfTheTimerWhichItsPathHas() {
    Talk[] timer = talks(4, i -> finAfter(i, HOUR.multipliedBy(i), 300.01));
    Talk[] threeMore = Arrays.copyOfRange(timer, 1, 4);

    assertHolds(Fact.OFF_TIMER, finAfter(9, HOUR.multipliedBy(9), 47.37), timer);
    assertHoldsNot(Fact.OFF_TIMER, timer[0], threeMore);
    assertHoldsNot(Fact.OFF_TIMER, finAfter(9, HOUR.multipliedBy(9), 47.37));
  }

  @Test
  void shouldHoldAgainstATimerWhatSurvivedLongerAndNothingShorter() {
    Talk forgotten = IdleTimeout.forgotten(client(0).open(0), seconds(60));

    assertHolds(Fact.OUTLIVED, forgotten, IdleTimeout.survivor(client(1).open(0), seconds(500)));
    assertHoldsNot(Fact.OUTLIVED, forgotten, IdleTimeout.survivor(client(1).open(0), seconds(50)));
  }

  @Test
  void shouldTellATimerFromOneEventThatMadeTheDeviceForget() {
    Talk[] apart =
        talks(2, i -> IdleTimeout.forgotten(client(i).pause(HOUR.multipliedBy(i)).open(0), HOUR));
    Talk[] together = talks(2, i -> IdleTimeout.forgotten(client(i).open(0), HOUR));

    assertHolds(Fact.FORGOTTEN_AT_OTHER_TIMES, apart[0], apart[1]);
    assertHoldsNot(Fact.FORGOTTEN_AT_OTHER_TIMES, together[0], together[1]);
  }

  // ---- heartbeats

  @Test
  void shouldKnowWhetherHeartbeatsWereOff() {
    assertHolds(Fact.HEARTBEATS_OFF, finAfter(300));
    assertHoldsNot(Fact.HEARTBEATS_OFF, new Talk().open(600).pause(seconds(300)).fin(CLIENT));
  }

  @Test
  void shouldKnowThatHeartbeatsForbidASilence() {
    assertHolds(Fact.HEARTBEATS_FORBID, new Talk().open(10).pause(seconds(300)).fin(CLIENT));
    assertHoldsNot(Fact.HEARTBEATS_FORBID, new Talk().open(600).pause(seconds(300)).fin(CLIENT));
  }

  /** The client's last heartbeat is retransmitted, which had arrived, or had not. */
  private static Talk retransmitting(boolean arrived) {
    Talk talk = new Talk().open(4).data(CLIENT, BEAT);
    if (arrived) {
      talk.ack(BROKER);
    }
    for (int i = 0; i < 4; i++) {
      talk.pause(seconds(2)).again(CLIENT);
      if (arrived) {
        talk.ack(BROKER);
      }
      talk.broker(BEAT);
    }
    return talk.pause(seconds(1)).socketReset(BROKER);
  }

  @Test
  void shouldMeasureAMissedHeartbeatFromTheLastBytesThatWereNew() {
    assertHolds(Fact.HEARTBEAT_RAN_OUT, retransmitting(true));
    assertHoldsNot(Fact.HEARTBEAT_RAN_OUT, retransmitting(false));
  }

  /** The broker's heartbeats go on, the client's do not. */
  private static Talk silentClient(int beats, int heartbeat) {
    Talk talk = new Talk().open(heartbeat).client(BEAT);
    for (int i = 0; i < beats; i++) {
      talk.pause(Duration.ofMillis(heartbeat * 500L)).broker(BEAT);
    }
    return talk.pause(Duration.ofMillis(heartbeat * 500L)).socketReset(BROKER);
  }

  @Test
  void shouldKnowWhenABrokerGivesASilentClientUpAndWhenItHasNoReasonTo() {
    assertHolds(Fact.HEARTBEAT_RAN_OUT, silentClient(5, 2));
    assertHoldsNot(Fact.HEARTBEAT_RAN_OUT, silentClient(1, 2));
    assertHolds(Fact.HEARTBEAT_LONG_OVERDUE, silentClient(9, 2));
    assertHoldsNot(Fact.HEARTBEAT_LONG_OVERDUE, silentClient(5, 2));
  }

  /** The capture begins when heartbeats are long agreed: the broker's come every 5 s. */
  private static Talk begunLate(boolean clientToo) {
    Talk talk = new Talk().client(BEAT).broker(BEAT);
    for (int i = 0; i < 4; i++) {
      talk.pause(seconds(5)).broker(BEAT);
      if (clientToo) {
        talk.client(BEAT);
      }
    }
    return talk.pause(seconds(5)).socketReset(BROKER);
  }

  @Test
  void shouldSeeHeartbeatsRunOutThoughTheirIntervalIsNotInTheCapture() {
    assertHolds(Fact.BEATS_RAN_OUT, begunLate(false));
    assertHoldsNot(Fact.BEATS_RAN_OUT, begunLate(true));
  }

  /** The capture begins with the broker's first small packet; the client only acknowledges. */
  private static Talk onlyBrokerBeats(int beats) {
    Talk talk = new Talk();
    for (int i = 0; i < beats; i++) {
      talk.broker(BEAT).pause(seconds(5));
    }
    return talk;
  }

  @Test
  void shouldCountTheSilenceOfAClientFromTheStartOfTheCapture() {
    Talk silent = onlyBrokerBeats(4).socketReset(BROKER);
    Talk alive = onlyBrokerBeats(3).client(BEAT).broker(BEAT).pause(seconds(5));

    assertHolds(Fact.BEATS_RAN_OUT, silent);
    assertEquals(Cause.MISSED_HEARTBEATS, Story.of(silent).ending().cause());
    String says = Story.of(silent).ending().says();
    assertTrue(says.contains("nothing from the client for 20.0 s"), says);
    assertHoldsNot(Fact.BEATS_RAN_OUT, alive.socketReset(BROKER));
  }

  private static Talk answeredAfter(int retransmissions) {
    Talk talk = new Talk().ttl(BROKER, 62).open(4).pause(SECOND).data(CLIENT, BEAT);
    for (int i = 0; i < retransmissions; i++) {
      talk.pause(SECOND).again(CLIENT);
    }
    return talk.answerDelay(BROKER).bareReset(BROKER);
  }

  @Test
  void shouldKnowThatTheWaitingSideGaveUpBeforeTheHostAnswered() {
    assertHolds(Fact.WAITED_BEYOND_HEARTBEAT, answeredAfter(9));
    assertHoldsNot(Fact.WAITED_BEYOND_HEARTBEAT, answeredAfter(3));
  }

  /** What one side sends does not arrive, or does; the other's heartbeats are on their way. */
  private static Talk unheard(Side side, int beats, boolean heard) {
    return unheard(new Talk().open(4), side, beats, heard);
  }

  private static Talk unheard(Talk talk, Side side, int beats, boolean heard) {
    talk.pause(SECOND).data(side, BEAT);
    int lost = heard ? 0 : BEAT.length;
    for (int i = 0; i < beats; i++) {
      talk.pause(seconds(2)).missing(side, -lost).data(side.other(), BEAT).missing(side, lost);
      talk.again(side);
    }
    return talk.pause(SECOND).missing(side, -lost);
  }

  @Test
  void shouldKnowThatWhoGaveUpHadNotHeardWhatWasSentToIt() {
    assertHolds(Fact.HEARTBEAT_UNHEARD, unheard(CLIENT, 5, false).socketReset(BROKER));
    assertHolds(Fact.HEARTBEAT_UNHEARD, unheard(BROKER, 5, false).socketReset(CLIENT));
    assertHolds(Fact.HEARTBEAT_UNHEARD, unheard(BROKER, 5, false).fin(CLIENT));
    assertHoldsNot(Fact.HEARTBEAT_UNHEARD, unheard(CLIENT, 5, true).socketReset(BROKER));
    assertHoldsNot(Fact.HEARTBEAT_UNHEARD, unheard(CLIENT, 2, false).socketReset(BROKER));
  }

  private static Talk lateByQueue(int retransmissions) {
    Talk talk = new Talk().open(4).pause(SECOND).data(CLIENT, BEAT);
    for (int i = 0; i < 2; i++) {
      talk.pause(seconds(3)).missing(CLIENT, -BEAT.length).data(BROKER, BEAT);
      talk.missing(CLIENT, BEAT.length);
      if (i < retransmissions) {
        talk.again(CLIENT);
      }
    }
    return talk.pause(seconds(2.3)).missing(CLIENT, -BEAT.length).socketReset(BROKER);
  }

  @Test
  void shouldKnowThatTwoRetransmissionsInVainForSoLongAreNoEverydayLoss() {
    assertHolds(Fact.HEARTBEAT_UNHEARD, lateByQueue(2));
    assertHoldsNot(Fact.HEARTBEAT_UNHEARD, lateByQueue(1));
  }

  /** The broker's ACKs were always one heartbeat behind; in the end nothing comes any more. */
  private static Talk behind(boolean received) {
    Talk talk = new Talk().open(4).data(CLIENT, BEAT);
    for (int i = 0; i < 8; i++) {
      talk.pause(seconds(2)).data(CLIENT, BEAT);
      talk.missing(CLIENT, -BEAT.length).data(BROKER, BEAT).missing(CLIENT, BEAT.length);
    }
    for (int i = 1; i < 5; i++) {
      int lost = received ? BEAT.length : (i + 1) * BEAT.length;
      talk.pause(seconds(2)).data(CLIENT, BEAT);
      talk.missing(CLIENT, -lost).data(BROKER, BEAT).missing(CLIENT, lost);
    }
    talk.pause(SECOND).missing(CLIENT, -BEAT.length);
    int clock = (int) ((talk.now() - Talk.START) / 1_000_000) + 1_000_000;
    int echo = clock - (received ? 1_000 : 9_000);
    return talk.packet(BROKER, Packets.RST | Packets.ACK, p -> p.timestamps(clock, echo));
  }

  @Test
  void shouldKnowItByTheClockThatTheBrokerEchoesWhereItsAcksComeLate() {
    assertHolds(Fact.HEARTBEAT_UNHEARD, behind(false));
    assertHoldsNot(Fact.HEARTBEAT_UNHEARD, behind(true));
  }

  @Test
  void shouldKnowThatToBeTheReasonThoughTlsHidesTheHeartbeat() {
    assertHolds(Fact.UNHEARD, unheard(tls(3), CLIENT, 5, false).socketReset(BROKER));
    assertHoldsNot(Fact.UNHEARD, unheard(tls(3), CLIENT, 5, true).socketReset(BROKER));
    assertHoldsNot(Fact.UNHEARD, unheard(CLIENT, 5, false).socketReset(BROKER));
  }

  private static Talk sleeper(double seconds) {
    Talk talk = new Talk().ttl(BROKER, 62).open(4).pause(seconds(seconds)).data(CLIENT, BEAT);
    return talk.answerDelay(BROKER).bareReset(BROKER);
  }

  @Test
  void shouldKnowThatABrokerHasGivenUpAClientThatSleptForLonger() {
    assertHolds(Fact.SILENT_BEYOND_HEARTBEAT, sleeper(60));
    assertHoldsNot(Fact.SILENT_BEYOND_HEARTBEAT, sleeper(6));
  }

  // ---- dead paths, full windows

  @Test
  void shouldTellWhoGaveUpFromWhoHadJustBegunToAsk() {
    assertHolds(Fact.GAVE_UP, unanswered(new Talk().open(0), CLIENT, 4).socketReset(CLIENT));
    assertHoldsNot(Fact.GAVE_UP, unanswered(new Talk().open(0), CLIENT, 1).socketReset(CLIENT));
  }

  @Test
  void shouldKnowThatHeartbeatsHadNotMadeItGiveUp() {
    assertHolds(Fact.GAVE_UP_LATE, unanswered(new Talk().open(0), BROKER, 5).socketReset(BROKER));
    assertHoldsNot(
        Fact.GAVE_UP_LATE, unanswered(new Talk().open(3), BROKER, 5).socketReset(BROKER));
  }

  /** The client asks whether the broker is there; its answers arrive, or do not. */
  private static Talk probing(Talk talk, boolean received) {
    for (int i = 0; i < 3; i++) {
      talk.pause(seconds(3)).missing(CLIENT, -1).ack(CLIENT).missing(CLIENT, 1).ack(BROKER);
    }
    talk.pause(seconds(3)).withoutTimestamps();
    int clock = (int) ((talk.now() - Talk.START) / 1_000_000) + 1_000_000;
    int echo = clock - (received ? 3_000 : 12_000);
    return talk.packet(CLIENT, Packets.RST | Packets.ACK, p -> p.timestamps(clock, echo));
  }

  @Test
  void shouldSeeByTheClockThatIsEchoedWhatNeverArrived() {
    assertHolds(Fact.UNRECEIVED, probing(new Talk().open(0), false));
    assertHoldsNot(Fact.UNRECEIVED, probing(new Talk().open(0), true));
  }

  @Test
  void shouldKnowThatNoClockIsTakenFromProbes() {
    Talk probed = new Talk().open(0).pause(seconds(2)).missing(BROKER, -1).ack(BROKER);

    assertHoldsNot(Fact.UNRECEIVED, probing(probed.missing(BROKER, 1).ack(CLIENT), false));
  }

  private static Talk stalled(int window) {
    Talk talk = new Talk().open(0).broker(AmqpBytes.deliver(1000));
    talk.packet(CLIENT, Packets.ACK, p -> p.window(window));
    return talk.pause(seconds(30)).socketReset(BROKER);
  }

  @Test
  void shouldTellAConsumerThatDoesNotReadFromOneThatDoes() {
    assertHolds(Fact.WINDOW_ZERO, stalled(0));
    assertHoldsNot(Fact.WINDOW_ZERO, stalled(500));
  }

  private static Talk beatsThen(double seconds) {
    Talk talk = new Talk().client(BEAT).broker(BEAT);
    for (int i = 0; i < 4; i++) {
      talk.pause(seconds(5)).broker(BEAT).client(BEAT);
    }
    return talk.pause(seconds(seconds)).socketReset(BROKER);
  }

  @Test
  void shouldTellThePauseBetweenTwoHeartbeatsFromASilence() {
    assertHolds(Fact.BETWEEN_BEATS, beatsThen(5));
    assertHoldsNot(Fact.BETWEEN_BEATS, beatsThen(2.37));
  }

  @Test
  void shouldAllowForHeartbeatsAgreedBeforeTheCaptureBegan() {
    Talk late = new Talk().client(BEAT).broker(BEAT);

    assertHolds(Fact.HEARTBEATS_UNSEEN, late.pause(seconds(61.37)).socketReset(BROKER));
    assertHoldsNot(
        Fact.HEARTBEATS_UNSEEN, new Talk().open(0).pause(seconds(61.37)).socketReset(BROKER));
  }

  /** Asks again and again; the other side says something meanwhile that acknowledges nothing. */
  private static Talk unacknowledged(Side side, boolean heard) {
    byte[] publish = AmqpBytes.publish(10);
    Talk talk = new Talk().open(60).pause(seconds(2)).data(side, publish);
    for (int i = 0; i < 5; i++) {
      talk.pause(seconds(1)).again(side);
      if (heard) {
        talk.missing(side, -publish.length).ack(side.other()).missing(side, publish.length);
      }
    }
    return talk.pause(seconds(1.37));
  }

  /** The broker's kernel probes what is idle; so many probes are answered first. */
  private static Talk probed(int answered) {
    Talk talk = new Talk().open(0).client(BEAT);
    for (int i = 0; i < answered; i++) {
      talk.pause(seconds(5)).keepAlive(BROKER, 0).ack(CLIENT);
    }
    talk.pause(seconds(5));
    for (int i = 0; i < 3; i++) {
      talk.keepAlive(BROKER, 0).pause(seconds(2));
    }
    return talk.socketReset(BROKER);
  }

  @Test
  void shouldTellUnansweredKeepAliveProbesFromRetransmissions() {
    assertHolds(Fact.KEEPALIVE_UNANSWERED, probed(2));
    assertHoldsNot(Fact.KEEPALIVE_UNANSWERED, unacknowledged(BROKER, false).socketReset(BROKER));
    String says = Analysis.ending(probed(2)).says();
    assertTrue(says.contains("keep-alive probes"), says);
  }

  /** The first probe comes after a pause that nothing had survived: a timer may have run out. */
  @Test
  void shouldLeaveATimerPossibleWhereNoProbeWasEverAnswered() {
    assertHoldsNot(Fact.KEEPALIVE_UNANSWERED, probed(0));
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void shouldTellAPathThatLosesOneDirectionFromOneThatIsDead(Side side) {
    Talk oneWay = unacknowledged(side, true).socketReset(side);
    Talk dead = unacknowledged(side, false).socketReset(side);

    assertHolds(Fact.UNDELIVERED, oneWay);
    assertHoldsNot(Fact.UNDELIVERED, dead);
    Ending ending = Analysis.ending(oneWay);
    assertEquals(Cause.SILENT_DROP, ending.cause());
    assertTrue(ending.says().contains("sent was lost in the path"), ending.says());
    assertTrue(Analysis.ending(dead).says().contains("the other host was dead"));
  }

  @Test
  void shouldNotCallTheDirectionLostToAReceiverWhoseWindowIsFull() {
    Talk talk = unacknowledged(BROKER, true);
    talk.packet(CLIENT, Packets.ACK, p -> p.window(0));

    assertHoldsNot(Fact.UNDELIVERED, talk.socketReset(BROKER));
  }
}
