package io.rstscope.judge.incident;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
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
import io.rstscope.report.words.IncidentText;
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
            + " client-abort; same name \"orders-7\", client library \"Pika Python"
            + " Client Library\"",
        IncidentText.ofRecord(incident));
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
    assertTrue(
        IncidentText.ofRecord(incident)
            .endsWith("same next hop " + shared(incident, Trait.NEXT_HOP)));
    assertEquals(
        "3 connections lost and 1 refused",
        IncidentText.ofRecord(incident)
            .substring(0, IncidentText.ofRecord(incident).indexOf(" within")));
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
  void shouldPutClientsTogetherThatThePathCutOffNotThoseThatHang() {
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
  void shouldTakeTheFirstUnansweredPacketForTheMomentOfASilentLoss() {
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

  // ---- in the order of time

  @Test
  void shouldNumberIncidentsByTheirLossesNotByTheirBeginnings() {
    List<Incident> incidents =
        incidents(
            killed("10.0.1.1", 1, 60_000),
            killed("10.0.1.1", 2, 60_001),
            killed("10.0.1.2", 3, 10),
            killed("10.0.1.2", 4, 11));

    assertEquals(List.of(1, 2), incidents.stream().map(Incident::number).toList());
    assertEquals(
        List.of("10.0.1.2", "10.0.1.1"),
        incidents.stream().map(each -> shared(each, Trait.CLIENT_HOST)).toList());
  }

  @Test
  void shouldFindThePauseBetweenLossesInWhateverOrderAllBegan() {
    Incident incident =
        incident(
            killed("10.0.1.1", 1, 60_000), killed("10.0.1.1", 2, 800), killed("10.0.1.1", 3, 0));

    assertEquals(2, incident.connections());
    assertEquals(800_000_000L, incident.lastNanos() - incident.firstNanos());
  }

  @Test
  void shouldJoinLossesThatFollowWithinTwoSeconds() {
    assertEquals(2, incident(killed("10.0.1.1", 1, 0), killed("10.0.1.1", 2, 2_000)).connections());
    assertEquals(List.of(), incidents(killed("10.0.1.1", 1, 0), killed("10.0.1.1", 2, 2_001)));
  }

  // ---- what they have in common

  private static Talk loginRefused(int port) {
    byte[] login = AmqpBytes.startOk(AmqpBytes.clientProperties());
    Talk talk = new Talk("10.0.1.1", port).connect().client(AmqpBytes.header091());
    talk.broker(AmqpBytes.start()).client(login);
    return talk.broker(AmqpBytes.close(403, "ACCESS_REFUSED", 0, 0)).socketReset(BROKER);
  }

  @Test
  void shouldNameTheCauseAndTheSenderOfMost() {
    Incident refused = incident(killed("10.0.1.1", 1, 0), loginRefused(2), loginRefused(3));
    Incident died = incident(killed("10.0.1.1", 1, 0), killed("10.0.1.1", 2, 0), loginRefused(3));

    assertEquals(Cause.AUTH_FAILURE, refused.cause());
    assertEquals(Sender.BROKER, refused.endedBy());
    assertEquals(Cause.CLIENT_ABORT, died.cause());
    assertEquals(Sender.CLIENT, died.endedBy());
  }

  @Test
  void shouldKnowNoNextHopOfClientsWhosePacketsAreNotInTheCapture() {
    Talk one = new Talk("10.0.1.1", 1).data(BROKER, new byte[9]).socketReset(BROKER);
    Talk other = new Talk("10.0.1.2", 2).data(BROKER, new byte[9]).socketReset(BROKER);

    assertEquals(new Common(null, 0), incident(one, other).traits().get(Trait.NEXT_HOP));
  }
}
