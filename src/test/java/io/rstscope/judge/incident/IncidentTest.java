package io.rstscope.judge.incident;

import static io.rstscope.testing.Talk.BROKER;
import static io.rstscope.testing.Talk.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.FlowVerdict;
import io.rstscope.judge.context.ProxiedClient;
import io.rstscope.judge.incident.Incident.Common;
import io.rstscope.judge.incident.Incident.Trait;
import io.rstscope.judge.sender.Sender;
import io.rstscope.testing.Analysis;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which losses belong together, and what they have in common. */
class IncidentTest {
  private static List<Incident> incidents(Talk... talks) {
    return Analysis.together(Talk.capture(talks)).incidents();
  }

  private static Incident incident(Talk... talks) {
    List<Incident> incidents = incidents(talks);
    assertEquals(1, incidents.size(), incidents::toString);
    return incidents.get(0);
  }

  private static Talk killed(String client, int port, long afterMillis) {
    return new Talk(client, port)
        .open(60)
        .pause(Duration.ofMillis(afterMillis))
        .socketReset(CLIENT);
  }

  private static Talk crashed(String client, int port) {
    return new Talk(client, port).open(60).socketReset(BROKER);
  }

  private static String shared(Incident incident, Trait trait) {
    return incident.traits().get(trait).shared();
  }

  @Test
  void shouldPutTheConnectionsOfAClientTogetherThatAreLostAtOnce() {
    Incident incident =
        incident(
            killed("10.77.2.1", 1, 0), killed("10.77.2.1", 2, 500), killed("10.77.2.1", 3, 800));

    assertEquals(3, incident.connections());
    assertEquals(Cause.CLIENT_ABORT, incident.cause());
    assertEquals(Sender.CLIENT, incident.endedBy());
    assertEquals(new Common("10.77.2.1", 1), incident.traits().get(Trait.CLIENT_HOST));
    assertEquals(new Common("10.0.0.2:5672", 1), incident.traits().get(Trait.BROKER));
    assertEquals(
        "3 connections lost within 800 ms, all from client host 10.77.2.1 to broker 10.0.0.2:5672:"
            + " client-abort; they share the name \"orders-7\", the client library \"Pika Python"
            + " Client Library\"",
        incident.says());
  }

  @Test
  void shouldKeepClientsApartThatFailAtTheSameTimeByThemselves() {
    assertEquals(List.of(), incidents(killed("10.0.1.1", 1, 0), killed("10.0.1.2", 1, 10)));
  }

  @Test
  void shouldPutTheClientsOfABrokerTogetherThatDies() {
    Incident incident =
        incident(
            crashed("10.0.1.1", 1),
            crashed("10.0.1.2", 1),
            crashed("10.0.1.3", 1),
            new Talk("10.0.1.3", 2).pause(Duration.ofSeconds(1)).syn().refusal());

    assertEquals(Cause.BROKER_ABORT, incident.cause());
    assertEquals(4, incident.connections());
    assertEquals(new Common(null, 3), incident.traits().get(Trait.CLIENT_HOST));
    assertTrue(incident.says().endsWith("the next hop " + shared(incident, Trait.NEXT_HOP)));
    assertEquals(
        "3 connections lost and 1 refused",
        incident.says().substring(0, incident.says().indexOf(" within")));
  }

  private static Talk missedHeartbeats(String client, boolean answering) {
    Talk talk = new Talk(client, 1).open(2).client(AmqpBytes.heartbeat());
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
  void shouldPutClientsTogetherThatThePathCutOffAndNotThoseThatHangByThemselves() {
    Incident incident =
        incident(missedHeartbeats("10.0.1.1", false), missedHeartbeats("10.0.1.2", false));

    assertEquals(Cause.MISSED_HEARTBEATS, incident.cause());
    assertEquals(2, incident.traits().get(Trait.CLIENT_HOST).distinct());
    assertEquals(
        List.of(),
        incidents(missedHeartbeats("10.0.1.1", true), missedHeartbeats("10.0.1.2", true)));
  }

  @Test
  void shouldNotJoinLossesWithAPauseBetweenThem() {
    assertEquals(
        2,
        incidents(
                killed("10.0.1.1", 1, 0),
                killed("10.0.1.1", 2, 1),
                killed("10.0.1.1", 3, 60_000),
                killed("10.0.1.1", 4, 60_001))
            .size());
  }

  @Test
  void shouldMakeNoIncidentOfOneDeathThatCausedHundredsOfResets() {
    Talk talk = killed("10.0.1.1", 1, 0);
    for (int i = 0; i < 285; i++) {
      talk.data(BROKER, new byte[9]).bareReset(CLIENT);
    }

    assertEquals(List.of(), incidents(talk));
  }

  @Test
  void shouldMakeNoIncidentOfWhatIsHarmlessOrOnlyRefused() {
    Talk[] talks = new Talk[6];
    for (int i = 0; i < 3; i++) {
      talks[i] = new Talk("10.0.1.1", 1 + i).open(60).client(AmqpBytes.close(200, "Bye", 0, 0));
      talks[i].broker(AmqpBytes.closeOk()).fin(CLIENT).socketReset(BROKER);
      talks[i + 3] = new Talk("10.0.1.1", 10 + i).syn().refusal();
    }

    assertEquals(List.of(), incidents(talks));
  }

  @Test
  void shouldTakeTheMomentOfTheFirstUnansweredPacketForThatOfASilentLoss() {
    Talk dropped = new Talk().open(0).pause(Duration.ofSeconds(30)).data(BROKER, new byte[9]);
    for (int i = 0; i < 5; i++) {
      dropped.pause(Duration.ofSeconds(4)).again(BROKER);
    }

    FlowVerdict verdict = Analysis.of(dropped);

    assertEquals(30.0, (verdict.endNanos() - verdict.flow().startedNanos()) / 1e9, 0.1);
  }

  @Test
  void shouldSayInEachFlowToWhichIncidentItBelongs() {
    Talk[] talks = {
      killed("10.0.1.1", 1, 0), killed("10.0.1.1", 2, 1), killed("10.0.1.9", 3, 30_000)
    };

    List<FlowVerdict> flows = Analysis.of(Talk.capture(talks));

    assertEquals(
        List.of(1, 1, 0),
        flows.stream().map(FlowVerdict::incident).sorted((a, b) -> b - a).toList());
  }

  @Test
  void shouldNameTheClientsBehindAProxyByThemselves() {
    Talk talk =
        new Talk("10.0.1.1", 1)
            .connect()
            .client(
                AmqpBytes.bytes().ascii("PROXY TCP4 203.0.113.7 10.0.0.2 5555 5672\r\n").array())
            .client(AmqpBytes.header091())
            .socketReset(CLIENT);

    assertEquals("203.0.113.7", Analysis.of(talk).realClient());
    assertNull(ProxiedClient.of(Analysis.of(crashed("10.0.1.1", 1)).flow().amqp()));
  }
}
