package io.rstscope.judge.cause;

import static io.rstscope.judge.cause.Stories.*;
import static io.rstscope.judge.cause.Story.assertHolds;
import static io.rstscope.judge.cause.Story.assertHoldsNot;
import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.judge.sender.Sender;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Proxies in the place of a client, or of the broker. */
class EndOfProxiesTest {
  private static Talk through(byte[]... first) {
    Talk talk = new Talk().connect();
    for (byte[] bytes : first) {
      talk.data(CLIENT, bytes);
    }
    return talk.client(AmqpBytes.header091()).broker(AmqpBytes.brokerHandshake()).pause(ODD);
  }

  @Test
  void shouldKnowAProxyThatAnnouncesItself() {
    assertHolds(Fact.PROXY_HEADER, through(PROXY).fin(CLIENT).socketReset(BROKER));
    assertHoldsNot(Fact.PROXY_HEADER, through().fin(CLIENT).socketReset(BROKER));
  }

  @Test
  void shouldTellHaproxyFromAProgramThatClosesWithUnreadData() {
    Talk haproxy =
        new Talk().open(0).pause(seconds(50)).fin(CLIENT).pause(Duration.ofNanos(90_000));
    Talk program = new Talk().open(0).client(BEAT).fin(CLIENT).pause(Duration.ofNanos(90_000));

    assertHolds(Fact.FIN_THEN_RESET, haproxy.socketReset(CLIENT));
    assertHoldsNot(Fact.FIN_THEN_RESET, program.socketReset(CLIENT));
  }

  private static Talk speaking(int port, String product) {
    byte[] properties = AmqpBytes.bytes().property("product", product).array();
    return client(port)
        .connect()
        .client(AmqpBytes.header091())
        .broker(AmqpBytes.start())
        .client(AmqpBytes.startOk(properties))
        .broker(AmqpBytes.tune(0))
        .client(AmqpBytes.tuneOk(0), AmqpBytes.open("/"))
        .broker(AmqpBytes.openOk())
        .pause(ODD)
        .fin(CLIENT);
  }

  @Test
  void shouldSeeThatSeveralProgramsSpeakFromOneAddress() {
    assertHolds(Fact.SEVERAL_PROGRAMS, speaking(0, "pika"), speaking(1, "amqplib"));
    assertHoldsNot(Fact.SEVERAL_PROGRAMS, speaking(0, "pika"), speaking(1, "pika"));
  }

  private static Talk check(int port, double at) {
    return client(port).pause(seconds(at)).connect().socketReset(CLIENT);
  }

  private static Talk used(int port) {
    return client(port).open(0).pause(ODD).client(BEAT).fin(CLIENT);
  }

  @Test
  void shouldKnowAnAddressThatChecksTheHealthOfTheBrokerForAProxys() {
    Talk[] checks = {check(1, 0.1), check(2, 1.1), check(3, 2.1)};

    assertHolds(Fact.HEALTH_CHECKS, used(0), checks);
    assertHoldsNot(Fact.HEALTH_CHECKS, used(0), check(1, 0.1), check(2, 1.1));
    assertHoldsNot(Fact.HEALTH_CHECKS, host(1).open(0).pause(ODD).fin(CLIENT), checks);
  }

  /** The broker's data would have drawn the reset from the kernel of a program that died. */
  @Test
  void shouldTellAProxyThatCutsItsSessionsFromAProgramThatDied() {
    Talk cut = new Talk().open(0).pause(ODD).client(BEAT).fin(CLIENT);
    Talk died = new Talk().open(0).pause(ODD).client(BEAT).fin(CLIENT);

    assertHolds(Fact.RESET_BEHIND_FIN, cut.pause(seconds(0.00003)).socketReset(CLIENT));
    assertHoldsNot(Fact.RESET_BEHIND_FIN, died.broker(BEAT).socketReset(CLIENT));
  }

  @Test
  void shouldKnowTheSessionsThatAProxyEndsInOneMoment() {
    Talk[] checked = {used(1), check(2, 0.1), check(3, 1.1), check(4, 2.1)};

    assertHolds(Fact.SESSIONS_TOGETHER, used(0), checked);
    assertHoldsNot(Fact.SESSIONS_TOGETHER, used(0), used(1));
    assertHoldsNot(Fact.SESSIONS_TOGETHER, used(0), check(2, 0.1), check(3, 1.1), check(4, 2.1));
  }

  private static void assertSays(String part, Talk talk, Talk... others) {
    Story story = Story.of(talk, others);
    assertTrue(story.ending().says().contains(part), story::toString);
  }

  @Test
  void shouldNameTheProxyThatEndedItsSessions() {
    assertSays(
        "the proxy at 10.0.1.1 ended this connection and 1 other at the same moment",
        used(0),
        used(1),
        check(2, 0.1),
        check(3, 1.1),
        check(4, 2.1));
  }

  /** Both close with FIN what was idle for as long as somebody configured. */
  @Test
  void shouldLeaveOpenWhetherAProxyOrThePoolItselfHasATimer() {
    Talk[] others = {pooled(1), pooled(2), pooled(3)};

    assertSays("of a proxy at that address, or of the program's own pool", pooled(0), others);
  }

  /** What is used for different times, and then idle for the same. */
  private static Talk pooled(int port) {
    Talk used = client(port).pause(seconds(3.37 * port)).open(0).pause(seconds(1 + 0.9 * port));
    return used.client(BEAT).pause(seconds(20)).fin(CLIENT);
  }

  // ---- a program that ends at its time

  /** Publishes at once, works for so long, and exits without a word. */
  private static Talk job(int port) {
    return job(port, client(port));
  }

  private static Talk job(int port, Talk talk) {
    return talk.pause(seconds(3.37 * port)).open(60).client(BEAT).pause(seconds(15));
  }

  private static Talk[] jobs() {
    return new Talk[] {job(1).fin(CLIENT), job(2).fin(CLIENT), job(3).fin(CLIENT)};
  }

  @Test
  void shouldSayWhatAllOfOneAgeHaveInCommon() {
    Talk[] pooled = {pooled(1), pooled(2), pooled(3)};

    assertHolds(Fact.LIVES_ALIKE, job(0).fin(CLIENT), jobs());
    assertHoldsNot(Fact.RECURS_SURELY, job(0).fin(CLIENT), jobs());
    assertHolds(Fact.RECURS_SURELY, pooled(0), pooled);
    assertHoldsNot(Fact.LIVES_ALIKE, pooled(0), pooled);
  }

  @Test
  void shouldNotBeSureOfAProxyWhereAScriptLooksTheSame() {
    Ending ending = Story.of(job(0).fin(CLIENT), jobs()).ending();

    assertEquals(Sender.UNDETERMINED, ending.endedBy());
    assertTrue(ending.confidence() <= 0.75, ending::says);
    assertTrue(ending.likelihood(Cause.IDLE_TIMEOUT) > 0.25, ending::says);
    assertTrue(ending.likelihood(Cause.CLIENT_ABORT) > 0.25, ending::says);
  }

  @Test
  void shouldNameTheProxysTimerThatEndsWhatIsUsedForDifferentTimes() {
    Ending ending = Story.of(pooled(0), pooled(1), pooled(2), pooled(3)).ending();

    assertEquals(Cause.IDLE_TIMEOUT, ending.cause());
    assertEquals(Sender.MIDDLEBOX, ending.endedBy());
    assertTrue(ending.confidence() > 0.9, ending::says);
  }

  /** HAProxy resets what it has closed, mostly: one that shows so stands for all of its address. */
  @Test
  void shouldNameTheProxysTimerWhereAnyEndShowsAProxy() {
    Talk haproxys = job(3).fin(CLIENT).pause(Duration.ofNanos(90_000)).socketReset(CLIENT);

    Talk[] others = {job(1).fin(CLIENT), job(2).fin(CLIENT), haproxys};

    assertHoldsNot(Fact.IDLE_ALL_ITS_LIFE, job(0).fin(CLIENT), others);
    assertEquals(Sender.MIDDLEBOX, Story.of(job(0).fin(CLIENT), others).ending().endedBy());
  }

  @Test
  void shouldTakeTheProgramForLikelierWhereItsOwnHostWasCaptured() {
    Talk[] others = {atClient(1), atClient(2), atClient(3)};

    assertHolds(Fact.ENDED_AT_ITS_OWN_HOST, atClient(0), others);
    assertHoldsNot(Fact.ENDED_AT_ITS_OWN_HOST, job(0).fin(CLIENT), jobs());
    assertEquals(Cause.CLIENT_ABORT, Story.of(atClient(0), others).ending().cause());
  }

  private static Talk atClient(int port) {
    return job(port, client(port).ttl(CLIENT, 64).ttl(BROKER, 62)).fin(CLIENT);
  }

  /** Who waits for the broker in vain gives up after one time, too. */
  @Test
  void shouldNotTakeAClientThatWasNotAnsweredForAProgramsTime() {
    Talk waiting = client(0).connect().client(AmqpBytes.header091()).pause(seconds(5));

    assertHoldsNot(Fact.IDLE_ALL_ITS_LIFE, waiting.fin(CLIENT));
  }

  /** A heartbeat timer fires at one age, too, and has its own explanation. */
  @Test
  void shouldNotTakeAHeartbeatTimerForAProgramsTime() {
    assertHolds(Fact.IDLE_ALL_ITS_LIFE, job(0).fin(CLIENT));
    assertHoldsNot(Fact.IDLE_ALL_ITS_LIFE, client(0).open(5).pause(seconds(15)).fin(CLIENT));
  }

  // ---- the legs of a proxy

  private static final String RELAY = "10.0.0.2";

  private static Talk toProxy() {
    return new Talk("10.0.1.1", 40_000, RELAY).open(0).pause(seconds(8));
  }

  /** That begins so many milliseconds after the client's connection, and ends as much later. */
  private static Talk toBroker(int later) {
    Talk leg = new Talk(RELAY, 50_000, "10.0.0.9").pause(Duration.ofMillis(later));
    return leg.open(0).pause(seconds(8)).pause(Duration.ofMillis(later));
  }

  @Test
  void shouldSeeThatAProxyOnlyPassedOnWhatItsClientEnded() {
    Talk client = toProxy().fin(CLIENT);
    Talk leg = toBroker(1).fin(CLIENT);

    assertHolds(Fact.PASSED_ON, leg, client);
    assertHoldsNot(Fact.ENDED_BEFORE_OTHER_LEG, leg, client);
    assertHolds(Fact.ENDED_BEFORE_OTHER_LEG, client, leg);
    assertHoldsNot(Fact.PASSED_ON, client, leg);
    assertEquals(Cause.CLIENT_ABORT, Story.of(client, leg).ending().cause());
    assertEquals(Cause.CLIENT_ABORT, Story.of(leg, client).ending().cause());
  }

  /** At its timer it closes both itself. */
  @Test
  void shouldNotTakeAProxysOwnTimerForAnEndThatItPassedOn() {
    Talk client = toProxy().fin(BROKER);
    Talk leg = toBroker(1).fin(CLIENT);

    assertHoldsNot(Fact.PASSED_ON, leg, client);
    assertHoldsNot(Fact.ENDED_BEFORE_OTHER_LEG, client, leg);
    assertEquals(Cause.IDLE_TIMEOUT, Story.of(leg, client).ending().cause());
  }

  @Test
  void shouldSeeThatTheProxyItselfEndedBothLegs() {
    Talk busy = toProxy().client(BEAT).fin(BROKER);
    Talk leg = toBroker(1).client(BEAT).fin(CLIENT);

    assertHolds(Fact.PROXY_ENDED_BOTH_LEGS, busy, leg);
    assertHolds(Fact.PROXY_ENDED_BOTH_LEGS, leg, busy);
    assertHoldsNot(Fact.PROXY_ENDED_BOTH_LEGS, busy);
    assertHoldsNot(Fact.PROXY_ENDED_BOTH_LEGS, toProxy().client(BEAT).fin(CLIENT), leg);
    assertHoldsNot(Fact.PROXY_ENDED_BOTH_LEGS, busy, toBroker(1).client(BEAT).fin(BROKER));
    assertNotEquals(Cause.BROKER_ABORT, Story.of(busy, leg).ending().cause());
    assertNotEquals(Cause.CLIENT_ABORT, Story.of(leg, busy).ending().cause());
  }

  /** Clients reach it at several addresses, and it has one towards the broker. */
  @Test
  void shouldNotTakeOneOfManyThatAProxyEndedAtOnceForOneThatItsTimerEnded() {
    Talk idle = toProxy().fin(BROKER);
    Talk leg = toBroker(1).fin(CLIENT);
    Talk busyLeg = new Talk(RELAY, 50_001, "10.0.0.9").open(0).pause(seconds(8)).client(BEAT);

    assertHolds(Fact.TOGETHER_DIFFERING, idle, leg, busyLeg.fin(CLIENT));
    assertEquals(Cause.PROXY_FAILURE, Story.of(idle, leg, busyLeg).ending().cause());
    assertHoldsNot(Fact.TOGETHER_DIFFERING, idle, leg);
  }

  /** The broker sends twice a second, the client is silent for that long before it closes. */
  private static Talk receiving(int port, double begin, double silence) {
    return receiving(client(port).pause(seconds(begin)).open(0).pause(before(port)), silence);
  }

  private static Duration before(int port) {
    return seconds(2 + 0.9 * port);
  }

  private static Talk receiving(Talk talk, double silence) {
    talk.client(BEAT);
    for (int i = 1; i < 2 * silence; i++) {
      talk.pause(seconds(0.5)).broker(BEAT);
    }
    return talk.pause(seconds(0.5)).fin(CLIENT);
  }

  @Test
  void shouldSeeATimerThatCountsTheClientsDirectionAlone() {
    assertHolds(Fact.OWN_SILENCE_ROUND, receiving(0, 0, 30));
    assertHoldsNot(Fact.OWN_SILENCE_ROUND, receiving(0, 0, 37.5));
    assertHolds(Fact.OWN_SILENCE_RECURS, receiving(0, 0, 37.5), receiving(1, 3, 37.5));
    assertHoldsNot(Fact.OWN_SILENCE_RECURS, receiving(0, 0, 37.5), receiving(1, 3, 33.5));
    assertHoldsNot(Fact.OWN_SILENCE_RECURS, receiving(0, 0.9, 37.5), receiving(1, 0, 37.5));
  }

  @Test
  void shouldSeeATimerOfOneDirectionThoughTheOtherPausesForSeconds() {
    Talk[] two = {slowly(0), slowly(1)};

    assertHolds(Fact.OWN_SILENCE_RECURS, two[0], two[1]);
    assertHoldsNot(Fact.NOT_ROUND, two[0], two[1]);
    assertSays("after the client's last byte, while the other side kept sending", two[0], two[1]);
  }

  /** The broker sends every 1.61 s, the client is silent for 13 s of different lives. */
  private static Talk slowly(int port) {
    Talk talk = client(port).pause(seconds(3.1 * port)).open(0).pause(before(port)).client(BEAT);
    for (int i = 1; i < 8; i++) {
      talk.pause(seconds(1.61)).broker(BEAT);
    }
    return talk.pause(seconds(1.43)).fin(CLIENT);
  }

  /**
   * What is silent since its beginning, or for the same part of the same life, may be a program.
   */
  @Test
  void shouldNotTakeAProgramsLifeForATimerOfOneDirection() {
    Talk alone = receiving(client(0).open(0), 30);
    Talk[] jobs = {
      receiving(client(0).open(0).pause(seconds(2)), 37.5),
      receiving(client(1).pause(seconds(9)).open(0).pause(seconds(2)), 37.5)
    };

    assertHolds(Fact.OWN_SILENCE_OF_LIFE, alone);
    assertHoldsNot(Fact.OWN_SILENCE_ROUND, alone);
    assertHolds(Fact.OWN_SILENCE_OF_LIFE, jobs[0], jobs[1]);
    assertHoldsNot(Fact.OWN_SILENCE_OF_LIFE, receiving(0, 0, 37.5), receiving(1, 3, 37.5));
    assertEquals(Cause.CLIENT_ABORT, Story.of(jobs[0], jobs[1]).ending().cause());
    assertTrue(Story.of(jobs[0], jobs[1]).ending().likelihood(Cause.IDLE_TIMEOUT) > 0.1);
  }

  /** Publishes every 3 s, as often as that, with confirms, and ends when its last sleep is over. */
  private static Talk periodic(int port, int times) {
    Talk talk = client(port).pause(seconds(1.7 * port)).open(60);
    for (int i = 0; i < times; i++) {
      talk.client(BEAT).broker(BEAT).pause(seconds(3));
    }
    return talk.fin(CLIENT);
  }

  @Test
  void shouldNotTakeTheIntervalOfAProgramForATimer() {
    Talk[] programs = {periodic(0, 5), periodic(1, 7), periodic(2, 4)};

    assertHolds(Fact.OWN_RHYTHM, programs[0], programs[1], programs[2]);
    assertHoldsNot(Fact.OWN_RHYTHM, pooled(0), pooled(1), pooled(2));
    assertEquals(
        Cause.CLIENT_ABORT, Story.of(programs[0], programs[1], programs[2]).ending().cause());
  }

  private static Talk closedByBrokersSide() {
    return client(0).open(0).pause(seconds(61.37)).fin(BROKER);
  }

  @Test
  void shouldKnowThatWhoTookTheConnectionsIsNoLongerThere() {
    assertHolds(
        Fact.REFUSED_AFTERWARDS,
        closedByBrokersSide(),
        client(1).pause(seconds(62)).syn().refusal());
    assertHoldsNot(
        Fact.REFUSED_AFTERWARDS,
        closedByBrokersSide(),
        client(1).pause(seconds(5)).syn().refusal());
  }

  @Test
  void shouldTellByItsOtherClosesWhetherTheBrokerSendsFin() {
    Talk lingerOn = closed(client(1).open(0)).fin(CLIENT).socketReset(BROKER);
    Talk lingerOff = closed(client(1).open(0)).fin(CLIENT).fin(BROKER).ack(CLIENT);

    assertHolds(Fact.BROKER_RESETS_ITS_CLOSES, closedByBrokersSide(), lingerOn);
    assertHolds(Fact.BROKER_CLOSES_WITH_FIN, closedByBrokersSide(), lingerOff);
    assertHoldsNot(Fact.BROKER_RESETS_ITS_CLOSES, closedByBrokersSide(), lingerOff);
    assertHoldsNot(Fact.BROKER_CLOSES_WITH_FIN, closedByBrokersSide(), lingerOn);
  }
}
