package io.rstscope.judge.context;

import static io.rstscope.testing.Talk.BROKER;
import static io.rstscope.testing.Talk.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.reset.Bystanders;
import io.rstscope.reset.FlowObservation;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.IdleTimeout;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What other connections of a capture say of one. */
class SurroundingsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final List<FlowObservation> flows = new ArrayList<>();

  private Surroundings of(Talk... talks) {
    flows.clear();
    Bystanders bystanders = Analysis.observe(flows, talks);
    return new Surroundings(flows, Recording.of(null, flows, 0, 0), bystanders);
  }

  private FlowObservation flow(int port) {
    return flows.stream().filter(each -> each.client().port() == port).findFirst().get();
  }

  private static Talk talk(int port) {
    return new Talk("10.0.1.1", port);
  }

  // ---- probes

  private int probes(Talk... talks) {
    return of(talks).probesFrom(flows.get(0));
  }

  @Test
  void shouldCountThoseThatLeftBeforeALogin() {
    Talk empty = talk(1).connect().fin(CLIENT);
    Talk started = talk(2).connect().client(AmqpBytes.header091()).broker(AmqpBytes.start());

    assertEquals(2, probes(empty, started.fin(CLIENT)));
  }

  @Test
  void shouldNotCountThoseThatLoggedInOrStayedOrWereNotSeenToBegin() {
    Talk login = talk(1).connect().client(AmqpBytes.header091()).broker(AmqpBytes.start());
    login.client(AmqpBytes.startOk(AmqpBytes.clientProperties())).fin(CLIENT);

    assertEquals(0, probes(login));
    assertEquals(0, probes(talk(1).connect().pause(SECOND.multipliedBy(3)).fin(CLIENT)));
    assertEquals(0, probes(talk(1).ack(CLIENT).ack(BROKER).fin(CLIENT)));
    assertEquals(0, probes(talk(1).open(60).fin(CLIENT)));
    assertEquals(1, probes(talk(1).connect().fin(CLIENT), new Talk("10.0.1.2", 2).connect()));
  }

  // ---- the broker

  @Test
  void shouldKnowByOrderlyClosesHowTheBrokerEndsThem() {
    Talk lingerOn = talk(1).open(60).client(AmqpBytes.close(200, "Bye", 0, 0));
    lingerOn.broker(AmqpBytes.closeOk()).fin(CLIENT).socketReset(BROKER);
    Talk killed = talk(1).open(60).pause(SECOND).socketReset(BROKER);

    Surroundings on = of(lingerOn);
    assertTrue(on.resetsItsCloses(flow(1)));
    assertFalse(on.closesWithFin(flow(1)));
    assertFalse(of(killed).resetsItsCloses(flow(1)), "that was no close");
  }

  @Test
  void shouldSeeThatAPortRefusesAfterwards() {
    Surroundings found =
        of(talk(1).open(0).fin(BROKER), talk(2).pause(SECOND.multipliedBy(9)).syn().refusal());
    long refused = flow(2).resets().get(0).packet().timeNanos();

    assertTrue(found.refusedAfterwards(flow(1), refused - 1));
    assertFalse(found.refusedAfterwards(flow(1), refused));
  }

  @Test
  void shouldKnowThatABrokerLivesOnOnlyByItsPacketsWellAfterwards() {
    Talk reset = talk(1).open(60).pause(SECOND).socketReset(BROKER);
    Talk soon = talk(2).open(60).pause(SECOND.multipliedBy(2)).broker(AmqpBytes.heartbeat());
    Talk later = talk(2).open(60).pause(SECOND.multipliedBy(4)).broker(AmqpBytes.heartbeat());

    assertFalse(of(reset, soon).brokerLivesOn(flow(1), flow(1).decisiveReset()));
    assertTrue(of(reset, later).brokerLivesOn(flow(1), flow(1).decisiveReset()));
  }

  @Test
  void shouldCountSocketsThatEndTogetherWithoutAReason() {
    Talk said = talk(3).open(60).pause(SECOND).broker(AmqpBytes.close(541, "ERROR", 0, 0));
    Talk other = talk(2).open(60).pause(SECOND).socketReset(BROKER);
    Talk later = talk(4).open(60).pause(SECOND.multipliedBy(9)).socketReset(BROKER);

    Surroundings found =
        of(
            talk(1).open(60).pause(SECOND).socketReset(BROKER),
            other,
            said.socketReset(BROKER),
            later);

    assertEquals(2, found.endedTogether(flow(1), flow(1).decisiveReset()));
  }

  // ---- those that were forgotten

  private static Talk forgotten(String client, int port, int seconds) {
    return IdleTimeout.forgotten(new Talk(client, port).open(0), Duration.ofSeconds(seconds));
  }

  @Test
  void shouldTellThoseForgottenSoonAndThoseOfSeveralClients() {
    Surroundings pool = of(forgotten("10.0.1.1", 1, 40), forgotten("10.0.1.1", 2, 40));
    assertEquals(2, pool.forgottenTogether(flow(1), flow(1).decisiveReset()));
    assertFalse(pool.anyForgottenSoon(flow(1), flow(1).decisiveReset()));
    assertFalse(pool.forgottenOfSeveralClients(flow(1), flow(1).decisiveReset()));

    Surroundings hosts = of(forgotten("10.0.1.1", 1, 20), forgotten("10.0.1.2", 2, 20));
    assertTrue(hosts.anyForgottenSoon(flow(1), flow(1).decisiveReset()));
    assertTrue(hosts.forgottenOfSeveralClients(flow(1), flow(1).decisiveReset()));
  }

  // ---- hosts

  @Test
  void shouldKnowTheOnlyTtlOfAnAddressUnlessTheyDiffer() {
    assertEquals(61, of(talk(1).open(0), talk(2).open(0)).onlyTtlOf("10.0.1.1"));
    assertEquals(-1, of(talk(1).open(0), talk(2).ttl(CLIENT, 60).open(0)).onlyTtlOf("10.0.1.1"));
    assertEquals(-1, of(talk(1).open(0)).onlyTtlOf("10.0.1.9"));
    assertEquals(64, of(talk(1).open(0)).onlyTtlOf("10.0.0.2"));
  }

  @Test
  void shouldAskForCompanyOnTheSideThatEndedUnlessSeveralHostsDid() {
    Talk one = talk(1).open(0).pause(SECOND).fin(CLIENT);
    Talk sameHost = talk(2).open(0).pause(SECOND).fin(CLIENT);
    Talk otherHost = new Talk("10.0.1.2", 3).open(0).pause(SECOND).fin(CLIENT);

    Surroundings alone = of(one, sameHost);
    assertEquals(1, alone.company(flow(1), FirstEnd.of(flow(1))).others());
    assertEquals(1, alone.company(flow(1), FirstEnd.of(flow(1))).hosts());

    Surroundings several = of(one, sameHost, otherHost);
    assertEquals(2, several.company(flow(1), FirstEnd.of(flow(1))).others());
    assertEquals(2, several.company(flow(1), FirstEnd.of(flow(1))).hosts());
  }
}
