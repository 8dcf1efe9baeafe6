package io.rstscope.judge.cause;

import static io.rstscope.judge.cause.Stories.*;
import static io.rstscope.judge.cause.Story.assertHolds;
import static io.rstscope.judge.cause.Story.assertHoldsNot;
import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
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

  private static Talk pooled(int port) {
    return client(port).pause(seconds(3.37 * port)).open(0).pause(seconds(20)).fin(CLIENT);
  }

  /** The broker sends twice a second, the client is silent for that long before it closes. */
  private static Talk receiving(int port, double begin, double silence) {
    Talk talk = client(port).pause(seconds(begin)).open(0).client(BEAT);
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
    assertHoldsNot(Fact.OWN_SILENCE_RECURS, receiving(0, 0, 37.5), receiving(1, 0, 37.5));
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
