package io.rstscope.judge.advice;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.judge.cause.Alternative;
import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.CauseEvidence;
import io.rstscope.judge.cause.Ending;
import io.rstscope.judge.cause.Fact;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.context.Thresholds;
import io.rstscope.judge.sender.Sender;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.IdleTimeout;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The circumstances of the table of remedies: when each holds, and when it does not. */
class WhenTest {
  private static final Duration SILENCE = Duration.ofSeconds(400);
  private static final Duration MOMENT = Duration.ofMillis(200);
  private static final byte[] PROXY =
      AmqpBytes.bytes().ascii("PROXY TCP4 203.0.113.7 10.0.0.2 5555 5672\r\n").array();

  private static void assertHolds(When when, Talk talk) {
    assertHolds(when, Analysis.of(talk));
  }

  private static void assertHolds(When when, FlowVerdict verdict) {
    assertTrue(new Situation(verdict).holds(when), () -> when + ": " + verdict.ending().says());
  }

  private static void assertHoldsNot(When when, Talk talk) {
    assertHoldsNot(when, Analysis.of(talk));
  }

  private static void assertHoldsNot(When when, FlowVerdict verdict) {
    assertFalse(new Situation(verdict).holds(when), () -> when + ": " + verdict.ending().says());
  }

  /** The same loss, with the facts that the judge found, after that silence. */
  private static FlowVerdict found(Talk talk, long silenceNanos, Fact... facts) {
    FlowVerdict verdict = Analysis.of(talk);
    List<CauseEvidence> evidence =
        Arrays.stream(facts)
            .map(fact -> new CauseEvidence(fact, Cause.STATE_LOST, 1, () -> "", List.of()))
            .toList();
    Ending ending =
        new Ending(
            Sender.UNDETERMINED,
            Cause.UNDETERMINED,
            0.5,
            false,
            silenceNanos,
            List.of(new Alternative(Cause.UNDETERMINED, 1)),
            () -> "",
            () -> evidence);
    return new FlowVerdict(
        verdict.flow(), verdict.verdicts(), ending, verdict.proxySigns(), null, null, 0);
  }

  private static Talk closed(Talk open) {
    return open.pause(SILENCE).fin(CLIENT);
  }

  // ---- whose timer it may be

  private static Talk hops(int ofClient, int ofBroker) {
    return apart(ofClient, ofBroker).open(0);
  }

  private static Talk apart(int ofClient, int ofBroker) {
    return new Talk().ttl(CLIENT, 64 - ofClient).ttl(BROKER, 64 - ofBroker);
  }

  private static Talk used(Talk open) {
    return open.pause(SILENCE.dividedBy(3)).client(AmqpBytes.heartbeat());
  }

  @Test
  void shouldAskFirstWhoClosedWhereTheCaptureWasTakenThere() {
    assertHolds(When.PROGRAM_OR_PROXY, closed(used(hops(0, 3))));
    assertHoldsNot(When.OWN_TIMER, closed(used(hops(0, 3))));
  }

  @ParameterizedTest
  @CsvSource({"3, 0", "3, 3", "0, 0"})
  void shouldLookAtAProxyFirstWhereverElseTheCaptureWasTaken(int ofClient, int ofBroker) {
    assertHolds(When.OWN_TIMER, closed(used(hops(ofClient, ofBroker))));
    assertHoldsNot(When.PROGRAM_OR_PROXY, closed(used(hops(ofClient, ofBroker))));
  }

  @Test
  void shouldAskFirstWhoClosedWhatWasIdleAllItsLife() {
    assertHolds(When.PROGRAM_OR_PROXY, closed(hops(3, 0)));
    assertHoldsNot(When.OWN_TIMER, closed(hops(3, 0)));
  }

  @Test
  void shouldRaiseAProxysTimerFirstThatIsTooShortForTheUsualHeartbeat() {
    Talk soon = hops(3, 0).pause(Duration.ofSeconds(60)).fin(CLIENT);

    assertHolds(When.SHORT_IF_PROXYS, soon);
    assertHoldsNot(When.LONG_IF_PROXYS, soon);
    assertHolds(When.LONG_IF_PROXYS, closed(hops(3, 0)));
    assertHoldsNot(When.SHORT_IF_PROXYS, closed(hops(3, 0)));
  }

  @Test
  void shouldNotTakeTheEndForTheProgramsOwnWhereAnotherBroughtItAbout() {
    Talk proxied = new Talk().connect().client(PROXY).client(AmqpBytes.header091());

    for (When own : List.of(When.OWN_TIMER, When.PROGRAM_OR_PROXY)) {
      assertHoldsNot(own, closed(proxied));
      assertHoldsNot(own, hops(0, 3).pause(SILENCE).fin(BROKER));
      assertHoldsNot(own, hops(0, 3).pause(SILENCE).broker(new byte[8]).bareReset(CLIENT));
    }
  }

  // ---- drops

  private static Talk dropped(int heartbeat, Duration silence) {
    return IdleTimeout.dropped(new Talk().open(heartbeat), silence);
  }

  @Test
  void shouldThinkOfATimerWhereTheDropFollowsASilence() {
    assertHolds(When.DROPPED_IDLE, dropped(0, SILENCE));
    assertHoldsNot(When.DROPPED_TOO_EARLY, dropped(0, SILENCE));
    assertHoldsNot(When.DROPPED_IDLE, dropped(0, MOMENT));
  }

  @Test
  void shouldThinkOfAShortTimerOnlyWhereHeartbeatsWereOff() {
    assertHolds(When.DROPPED_TOO_EARLY, dropped(0, Duration.ofSeconds(3)));
    assertHoldsNot(When.DROPPED_IDLE, dropped(0, Duration.ofSeconds(3)));
    assertHoldsNot(When.DROPPED_TOO_EARLY, dropped(60, Duration.ofSeconds(3)));
  }

  // ---- what is looked for in the path

  /** A client that resets since its keep-alives get no answer. */
  private static Talk deaf() {
    Talk talk = new Talk().open(0);
    for (int i = 0; i < 3; i++) {
      talk.pause(Duration.ofSeconds(3)).missing(CLIENT, -1).ack(CLIENT);
      talk.missing(CLIENT, 1).ack(BROKER);
    }
    talk.pause(Duration.ofSeconds(3)).withoutTimestamps();
    int clock = (int) ((talk.now() - Talk.START) / 1_000_000) + 1_000_000;
    return talk.packet(CLIENT, Packets.RST | Packets.ACK, p -> p.timestamps(clock, clock - 12_000));
  }

  @Test
  void shouldNotTakeWhatADeafClientEndsForIdleOrBusy() {
    assertHolds(When.UNRECEIVED, deaf());
    assertHoldsNot(When.AFTER_SILENCE, deaf());
    assertHoldsNot(When.BUSY, found(deaf(), 0));
    assertHoldsNot(When.UNRECEIVED, new Talk().open(0).pause(SILENCE).socketReset(CLIENT));
    assertHoldsNot(When.UNRECEIVED, closed(new Talk().open(0)));
  }

  @Test
  void shouldLookForALossOfOneDirectionWhereTheOtherSideWasHeard() {
    Talk talk = new Talk().open(0).socketReset(CLIENT);

    assertHolds(When.UNDELIVERED, found(talk, SILENCE.toNanos(), Fact.UNDELIVERED));
    assertHoldsNot(When.UNDELIVERED, found(talk, SILENCE.toNanos(), Fact.GAVE_UP));
    assertHoldsNot(When.AFTER_SILENCE, found(talk, SILENCE.toNanos(), Fact.UNDELIVERED));
    assertHoldsNot(When.BUSY, found(talk, 0, Fact.UNDELIVERED));
  }

  @Test
  void shouldNotSuspectIdleTimeThatTheConnectionHadSurvived() {
    Talk talk = new Talk().open(0).pause(Duration.ofSeconds(9)).client(AmqpBytes.heartbeat());
    Talk lost = talk.ack(BROKER).socketReset(CLIENT);

    assertHolds(When.BUSY, found(lost, Duration.ofSeconds(8).toNanos()));
    assertHolds(When.AFTER_SILENCE, found(lost, Duration.ofSeconds(10).toNanos()));
    assertHoldsNot(When.AFTER_SILENCE, found(lost, Duration.ofSeconds(8).toNanos()));
  }

  @ParameterizedTest
  @CsvSource({"0, false", "-1, true"})
  void shouldTellIdleFromBusyByASecond(long nanos, boolean busy) {
    Talk talk = new Talk().open(0).socketReset(CLIENT);
    FlowVerdict verdict = found(talk, Thresholds.SILENCE_NANOS + nanos);

    assertTrue(new Situation(verdict).holds(busy ? When.BUSY : When.AFTER_SILENCE));
    assertFalse(new Situation(verdict).holds(busy ? When.AFTER_SILENCE : When.BUSY));
  }

  @Test
  void shouldLookForWhatDropsSynsWhereNoConnectionCameAbout() {
    Talk talk = new Talk().open(0).socketReset(CLIENT);

    assertHolds(When.NO_CONNECTION, found(talk, 0, Fact.NEVER_ANSWERED));
    assertHoldsNot(When.BUSY, found(talk, 0, Fact.NEVER_ANSWERED));
    assertHoldsNot(When.NO_CONNECTION, found(talk, 0, Fact.BUSY));
    assertHolds(When.BUSY, found(talk, 0, Fact.BUSY));
  }

  @Test
  void shouldThinkOfConntrackWhereSilenceDoesNotExplainTheLoss() {
    Talk talk = new Talk().open(0).socketReset(CLIENT);
    long silence = SILENCE.toNanos();

    assertHolds(When.TRANSLATED, found(talk, 0, Fact.BUSY, Fact.TRANSLATED_AWAY));
    assertHoldsNot(When.NOT_TRANSLATED, found(talk, 0, Fact.TRANSLATED_AWAY));
    assertHoldsNot(When.UNTRANSLATED_BUSY, found(talk, 0, Fact.TRANSLATED_AWAY));
    assertHoldsNot(When.TRANSLATED, found(talk, 0, Fact.BUSY));
    assertHolds(When.NOT_TRANSLATED, found(talk, silence, Fact.IDLE));
    assertHolds(When.UNTRANSLATED_BUSY, found(talk, 0, Fact.BUSY));
    assertHoldsNot(When.UNTRANSLATED_BUSY, found(talk, silence, Fact.IDLE));
  }

  @ParameterizedTest
  @EnumSource(names = {"SECOND_CLIENT_HOST", "SECOND_BROKER_HOST"})
  void shouldLookForTheSecondHostOfAnAddress(Fact second) {
    Talk talk = new Talk().open(0).socketReset(CLIENT);

    assertHolds(When.TWO_HOSTS, found(talk, 0, second));
    assertHoldsNot(When.ONE_HOST, found(talk, 0, second));
    assertHolds(When.ONE_HOST, found(talk, 0, Fact.BUSY));
    assertHoldsNot(When.TWO_HOSTS, found(talk, 0, Fact.BUSY));
  }

  @Test
  void shouldTellARuleOfADeviceFromAResetThatNothingExplains() {
    Talk reset = new Talk().open(60).bareReset(CLIENT);

    assertHolds(When.BY_RULE, found(reset, 0, Fact.REFUSES_NEW_TOO));
    assertHolds(When.BY_RULE, found(reset, 0, Fact.ONE_WAY_ONLY));
    assertHoldsNot(When.BY_RULE, found(reset, 0));
    assertHolds(When.NO_RULE, found(reset, 0));
    assertHoldsNot(When.NO_RULE, found(reset, 0, Fact.ONE_WAY_ONLY));
  }

  @Test
  void shouldTellARefusalOfADeviceFromOneOfTheHost() {
    Talk refused = new Talk().syn().refusal();

    assertHolds(When.REFUSED_BY_DEVICE, found(refused, 0, Fact.REFUSED_FROM_ELSEWHERE));
    assertHoldsNot(When.REFUSED_BY_HOST, found(refused, 0, Fact.REFUSED_FROM_ELSEWHERE));
    assertHolds(When.REFUSED_BY_HOST, found(refused, 0));
    assertHoldsNot(When.REFUSED_BY_DEVICE, found(refused, 0));
  }

  // ---- what was said

  private static Talk ended(byte[] words) {
    return new Talk().open(60).client(words).broker(AmqpBytes.closeOk()).socketReset(BROKER);
  }

  private static Talk ended10(byte[] words) {
    return new Talk().open10(0, 0).client(words).broker(AmqpBytes.close10()).socketReset(BROKER);
  }

  @Test
  void shouldTellAClientsErrorFromACloseWithoutOne() {
    assertHolds(When.CLIENT_ERROR, ended(AmqpBytes.close(541, "INTERNAL_ERROR", 0, 0)));
    assertHolds(When.CLIENT_ERROR, ended10(AmqpBytes.close10("amqp:internal-error", "")));
    assertHolds(When.NO_WORDS, ended(AmqpBytes.close(200, "Goodbye", 0, 0)));
    assertHolds(When.NO_WORDS, ended10(AmqpBytes.close10()));
    assertHolds(When.NO_WORDS, new Talk().open(60).socketReset(CLIENT));
    assertHoldsNot(When.NO_WORDS, ended(AmqpBytes.close(541, "INTERNAL_ERROR", 0, 0)));
    assertHoldsNot(When.CLIENT_ERROR, ended(AmqpBytes.close(200, "Goodbye", 0, 0)));
    assertHoldsNot(When.CLIENT_ERROR, said(AmqpBytes.close(541, "INTERNAL_ERROR", 0, 0)));
  }

  @Test
  void shouldLookAtTheBrokersAlarmsOnlyWhereTheClientWasStillBlocked() {
    Talk blocked = new Talk().open(60).broker(AmqpBytes.blocked("low on memory"));
    Talk unblocked = new Talk().open(60).broker(AmqpBytes.blocked("low on memory"));
    Talk closed = new Talk().open(60).broker(AmqpBytes.blocked("low on memory"));
    unblocked.broker(AmqpBytes.unblocked()).fin(CLIENT);
    closed.client(AmqpBytes.close(541, "INTERNAL_ERROR", 0, 0)).fin(CLIENT).socketReset(BROKER);

    assertHolds(When.BLOCKED, blocked.fin(CLIENT));
    assertHoldsNot(When.NO_WORDS, blocked);
    assertHoldsNot(When.BLOCKED, unblocked);
    assertHolds(When.NO_WORDS, unblocked);
    assertHoldsNot(When.BLOCKED, closed);
    assertHoldsNot(When.BLOCKED, new Talk().connect().socketReset(CLIENT));
  }

  private static Talk said(byte[] words) {
    return new Talk().open(60).broker(words).client(AmqpBytes.closeOk()).socketReset(BROKER);
  }

  private static Talk said10(byte[] words) {
    return new Talk().open10(0, 0).broker(words).client(AmqpBytes.close10()).socketReset(BROKER);
  }

  /** Of the reasons that the broker can have, exactly one holds. */
  private static void assertReason(When reason, Talk talk) {
    FlowVerdict verdict = Analysis.of(talk);
    for (When each :
        List.of(
            When.CANCELLED,
            When.CHANNEL_ERROR,
            When.LIMIT,
            When.DRAINED,
            When.DELETED,
            When.FORCED,
            When.PROTOCOL,
            When.NO_REASON)) {
      if (each == reason) {
        assertHolds(each, verdict);
      } else {
        assertHoldsNot(each, verdict);
      }
    }
  }

  @Test
  void shouldTellTheReasonsOfTheBroker() {
    String limit = "NOT_ALLOWED - Connection LIMIT (5) is reached";
    String forced = "CONNECTION_FORCED - Closed via management plugin";
    byte[] channel = AmqpBytes.channelClose(404, "NOT_FOUND");

    assertReason(When.PROTOCOL, said(AmqpBytes.close(501, "FRAME_ERROR", 0, 0)));
    assertReason(When.LIMIT, said(AmqpBytes.close(530, limit, 0, 0)));
    assertReason(When.FORCED, said(AmqpBytes.close(320, forced, 0, 0)));
    assertReason(When.CHANNEL_ERROR, new Talk().open(60).broker(channel).fin(CLIENT));
    assertReason(When.CANCELLED, new Talk().open(60).broker(AmqpBytes.cancel("c")).fin(CLIENT));
    assertReason(When.NO_REASON, new Talk().open(60).socketReset(BROKER));
    assertReason(When.NO_REASON, new Talk().connect().socketReset(BROKER));
  }

  private static Talk forced(String reason) {
    return said(AmqpBytes.close(320, "CONNECTION_FORCED - " + reason, 0, 0));
  }

  @Test
  void shouldKnowWhatForcedTheBroker() {
    assertReason(When.DRAINED, forced("Node was put into maintenance mode"));
    assertReason(When.DELETED, forced("user 'orders' is deleted"));
    assertReason(When.DELETED, forced("vhost 'orders' is down"));
    assertReason(When.FORCED, forced("the user asked that it is deleted"));
  }

  @Test
  void shouldNotTakeTheClientsWordsForTheBrokersReason() {
    byte[] channel = AmqpBytes.channelClose(404, "NOT_FOUND");

    assertReason(When.NO_REASON, ended(AmqpBytes.close(541, "INTERNAL_ERROR", 0, 0)));
    assertReason(When.NO_REASON, new Talk().open(60).client(channel).fin(CLIENT));
  }

  @Test
  void shouldTellTheReasonsOfABrokerThatSpeaksAmqp10() {
    assertReason(When.NO_REASON, said10(AmqpBytes.close10()));
    assertReason(When.PROTOCOL, said10(AmqpBytes.close10("amqp:decode-error", "")));
    assertReason(When.FORCED, said10(AmqpBytes.close10("amqp:connection:forced", "closed")));
  }

  // ---- heartbeats that did not come

  @ParameterizedTest
  @CsvSource({"0, false", "1, true", "4, true", "5, false", "60, false"})
  void shouldCallAHeartbeatShortThatGivesFalseAlarms(int heartbeat, boolean isShort) {
    FlowVerdict verdict = Analysis.of(new Talk().open(heartbeat).socketReset(BROKER));

    assertTrue(new Situation(verdict).holds(When.SHORT_NOW) == isShort);
  }

  @Test
  void shouldNotCallAHeartbeatShortThatIsNotKnown() {
    assertHoldsNot(When.SHORT_NOW, new Talk().client(new byte[9]).socketReset(BROKER));
  }

  /** Of the circumstances of missed heartbeats exactly one holds. */
  private static void assertMissed(When how, Talk talk) {
    FlowVerdict verdict = Analysis.of(talk);
    for (When each :
        List.of(
            When.BY_CLIENT,
            When.BROKER_HOST_DEAD,
            When.HOLE,
            When.UNHEARD,
            When.UNHEARD_HERE,
            When.LOST_ONE_WAY,
            When.HOST_DEAD,
            When.HOST_ANSWERED)) {
      if (each == how) {
        assertHolds(each, verdict);
      } else {
        assertHoldsNot(each, verdict);
      }
    }
  }

  /** The client is silent; its host answers what the broker sends, or does not. */
  private static Talk silentClient(boolean answering) {
    Talk talk = new Talk().open(2).client(AmqpBytes.heartbeat());
    for (int i = 0; i < 5; i++) {
      talk.pause(Duration.ofSeconds(1)).data(BROKER, AmqpBytes.heartbeat());
      if (answering) {
        talk.answerDelay(CLIENT).ack(CLIENT);
      } else {
        talk.again(BROKER);
      }
    }
    return talk.pause(Duration.ofSeconds(1)).socketReset(BROKER);
  }

  @Test
  void shouldTellALossOfManyFromALossOfOneAndFromAnIdleTimer() {
    Talk busy = new Talk().open(60).client(new byte[9]).data(CLIENT, new byte[9]);
    Talk idle = new Talk().open(0).pause(Duration.ofSeconds(300)).data(CLIENT, new byte[9]);
    FlowVerdict alone = Analysis.of(busy.again(CLIENT).again(CLIENT).again(CLIENT));
    FlowVerdict ofTimer = Analysis.of(idle.again(CLIENT).again(CLIENT).again(CLIENT));

    assertHolds(When.WITH_OTHERS, alone.in(1));
    assertHoldsNot(When.WITH_OTHERS, alone);
    assertHoldsNot(When.WITH_OTHERS, ofTimer.in(1));
  }

  @Test
  void shouldTellADeadHostFromOneWhoseProgramHangs() {
    assertMissed(When.HOST_ANSWERED, silentClient(true));
    assertMissed(When.HOST_DEAD, silentClient(false));
    assertMissed(When.BY_CLIENT, silentBroker(true));
    assertMissed(When.BROKER_HOST_DEAD, silentBroker(false));
  }

  /** The broker is silent; its host answers what the client sends, or does not. */
  private static Talk silentBroker(boolean answering) {
    Talk talk = new Talk().open(2).broker(AmqpBytes.heartbeat());
    for (int i = 0; i < 5; i++) {
      talk.pause(Duration.ofSeconds(1)).data(CLIENT, AmqpBytes.heartbeat());
      if (answering) {
        talk.answerDelay(BROKER).ack(BROKER);
      } else {
        talk.again(CLIENT);
      }
    }
    return talk.pause(Duration.ofSeconds(1)).fin(CLIENT);
  }

  /** The client retransmits what the broker has, as no ACK of it comes through. */
  private static Talk unacknowledged() {
    byte[] beat = AmqpBytes.heartbeat();
    Talk talk = new Talk().open(4).data(CLIENT, beat).data(BROKER, beat);
    for (int i = 0; i < 5; i++) {
      talk.pause(Duration.ofSeconds(2)).missing(BROKER, -beat.length).again(CLIENT);
      talk.missing(BROKER, beat.length).again(BROKER);
    }
    return talk.pause(Duration.ofMillis(300)).socketReset(BROKER);
  }

  @Test
  void shouldTellADeadHostFromOneThatIsOnlyNotReached() {
    assertMissed(When.LOST_ONE_WAY, unacknowledged());
    String says = Analysis.ending(unacknowledged()).says();

    assertTrue(says.contains("what it sent was lost in the path"), says);
  }

  /** The client's bytes up to the missing ones arrive, or none; the broker's heartbeats do. */
  private static Talk lostToTheBroker(Talk from, int missing) {
    byte[] beat = AmqpBytes.heartbeat();
    int lost = missing + beat.length;
    Talk talk = from.open(4).pause(Duration.ofSeconds(1)).missing(CLIENT, missing);
    talk.data(CLIENT, beat);
    for (int i = 0; i < 5; i++) {
      talk.missing(CLIENT, -lost).pause(Duration.ofSeconds(2)).data(BROKER, beat);
      talk.missing(CLIENT, lost);
      if (missing == 0) {
        talk.again(CLIENT);
      }
    }
    return talk.pause(MOMENT).missing(CLIENT, -lost).socketReset(BROKER);
  }

  @Test
  void shouldTellAPathThatDropsLargePacketsFromOneThatDropsAll() {
    assertMissed(When.HOLE, lostToTheBroker(apart(0, 3), 1448));
    assertMissed(When.UNHEARD, lostToTheBroker(apart(0, 3), 0));
  }

  @Test
  void shouldNotLookInThePathForPacketsThatCameAsFarAsACaptureAtTheBroker() {
    assertMissed(When.UNHEARD_HERE, lostToTheBroker(apart(3, 0), 0));
    assertMissed(When.UNHEARD, lostToTheBroker(apart(3, 3), 0));
  }

  // ---- how far it came

  @Test
  void shouldTellWhetherThereWasAmqp() {
    assertHolds(When.AMQP, new Talk().open(60).socketReset(BROKER));
    assertHoldsNot(When.NO_AMQP, new Talk().open(60).socketReset(BROKER));
    assertHolds(When.NO_AMQP, new Talk().connect().socketReset(BROKER));
    assertHoldsNot(When.AMQP, new Talk().connect().socketReset(BROKER));
  }

  /** The first steps of the handshake. */
  private static Talk steps(int count) {
    byte[][] steps = {
      AmqpBytes.header091(),
      AmqpBytes.start(),
      AmqpBytes.startOk(AmqpBytes.clientProperties()),
      AmqpBytes.tune(60),
      AmqpBytes.tuneOk(60),
      AmqpBytes.open("/")
    };
    Talk talk = new Talk().connect();
    for (int i = 0; i < count; i++) {
      boolean ofBroker = i == 1 || i == 3;
      if (ofBroker) {
        talk.broker(steps[i]);
      } else {
        talk.client(steps[i]);
      }
    }
    return talk.pause(Duration.ofSeconds(10)).socketReset(BROKER);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 6})
  void shouldLookAtTheBrokerWhereItOwedTheNextStep(int steps) {
    assertHolds(When.BROKER_OWED, steps(steps));
    assertHoldsNot(When.CLIENT_OWED, steps(steps));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 4, 5})
  void shouldLookAtTheClientWhereItOwedTheNextStep(int steps) {
    assertHolds(When.CLIENT_OWED, steps(steps));
    assertHoldsNot(When.BROKER_OWED, steps(steps));
  }

  /** Of what a port may have been told first exactly one holds. */
  private static void assertFirst(When words, Talk talk) {
    FlowVerdict verdict = Analysis.of(talk);
    for (When each : List.of(When.PROXIED, When.TLS, When.FOREIGN, When.ANSWERED, When.PLAIN)) {
      if (each == words) {
        assertHolds(each, verdict);
      } else {
        assertHoldsNot(each, verdict);
      }
    }
  }

  private static final byte[] TLS_HELLO = {22, 3, 1, 0, 5, 1, 0, 0, 1, 0};

  @Test
  void shouldTellByItsFirstWordsWhatAPortWasTakenFor() {
    Talk header = new Talk().connect().client(AmqpBytes.header091());
    Talk answered = new Talk().connect().client(AmqpBytes.header091());
    byte[] http = AmqpBytes.bytes().ascii("GET / HTTP/1.1\r\n\r\n").array();

    assertFirst(When.PLAIN, header.socketReset(BROKER));
    assertFirst(When.PLAIN, new Talk().connect().socketReset(BROKER));
    assertFirst(When.ANSWERED, answered.broker(AmqpBytes.header(0, 0, 8, 0)).socketReset(BROKER));
    assertFirst(When.TLS, new Talk().connect().client(TLS_HELLO).socketReset(BROKER));
    assertFirst(When.FOREIGN, new Talk().connect().client(http).socketReset(BROKER));
    assertFirst(When.PROXIED, new Talk().connect().client(PROXY).socketReset(BROKER));
  }

  @Test
  void shouldThinkOfBothAHeaderOfAProxyAndTls() {
    FlowVerdict both =
        Analysis.of(new Talk().connect().client(PROXY, TLS_HELLO).socketReset(BROKER));

    assertHolds(When.PROXIED, both);
    assertHolds(When.TLS, both);
    assertHoldsNot(When.PLAIN, both);
  }

  // ---- what the capture lacks

  /** Of what a capture may lack exactly one holds. */
  private static void assertLacks(When what, Talk talk) {
    FlowVerdict verdict = Analysis.of(talk);
    for (When each :
        List.of(
            When.ONLY_RESETS,
            When.UNKNOWN_TO_HOST,
            When.ONE_DIRECTION,
            When.CUT,
            When.NO_PAYLOAD,
            When.WHOLE)) {
      if (each == what) {
        assertHolds(each, verdict);
      } else {
        assertHoldsNot(each, verdict);
      }
    }
  }

  @Test
  void shouldSayWhatTheCaptureLacks() {
    Talk cut = new Talk().open(60).snapLength(70).client(AmqpBytes.publish(500));
    Talk control = new Talk().syn().synAck().missing(CLIENT, 355).missing(BROKER, 551);

    assertLacks(When.ONLY_RESETS, new Talk().bareReset(CLIENT));
    assertLacks(When.UNKNOWN_TO_HOST, new Talk().data(BROKER, new byte[9]).bareReset(CLIENT));
    assertLacks(When.ONE_DIRECTION, new Talk().data(BROKER, new byte[9]).socketReset(BROKER));
    assertLacks(When.ONE_DIRECTION, new Talk().data(CLIENT, new byte[9]).socketReset(CLIENT));
    assertLacks(When.CUT, cut.socketReset(BROKER));
    assertLacks(When.NO_PAYLOAD, control.pause(MOMENT).fin(CLIENT).socketReset(BROKER));
    assertLacks(When.WHOLE, new Talk().open(60).socketReset(BROKER));
    assertLacks(When.WHOLE, new Talk().connect().socketReset(BROKER));
    assertLacks(null, new Talk().connect().client(TLS_HELLO).socketReset(BROKER));
  }
}
