package io.rstscope.flow;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.testing.Conversation;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Tap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which packets belong to one flow, and which begin another. */
class FlowBeginningTest {
  private final Tracking tracking = Tracking.usual();
  private final Conversation talk = Conversation.usual(tracking.tap);

  @Test
  void shouldStartAFlowWithItsFirstPacketAndNoOtherTime() {
    talk.handshake().pass(5, SECONDS);
    talk.client.send("hello");
    assertEquals(Tap.START_NANOS, tracking.flow().startedNanos());
    assertEquals(tracking.tap.nanos(), tracking.flow().lastNanos());
    assertEquals(tracking.tap.frame(), tracking.flow().lastFrame());
  }

  @Test
  void shouldStartANewFlowWhenASynReusesTheAddressesAndPorts() {
    talk.handshake();
    talk.client.fin();
    talk.broker.fin();
    talk.client.next(900_000).syn();
    assertEquals(2, tracking.tracker.flows());
    assertEquals(1, tracking.tracker.held());
    assertEquals("S", tracking.flow().history());
    assertEquals(List.of("ended REPLACED ShAFf", "ended CAPTURE_ENDED S"), tracking.endings());
  }

  @Test
  void shouldStartANewFlowWhenTheOldOneNeverEnded() {
    talk.handshake();
    talk.client.next(900_000).syn();
    assertEquals(2, tracking.tracker.flows());
  }

  @Test
  void shouldStartANewFlowWhenASynFollowsAReset() {
    talk.handshake();
    talk.client.abort().next(900_000).syn();
    assertEquals(List.of("ended REPLACED ShAR", "ended CAPTURE_ENDED S"), tracking.endings());
  }

  @Test
  void shouldStartANewFlowWithTheSameInitialSequenceNumberAfterAnEnd() {
    talk.handshake();
    talk.client.send("bytes").abort().next(1_000).syn();
    assertEquals(2, tracking.tracker.flows());
  }

  @Test
  void shouldStartANewFlowWithASynAckWhenTheOldOneIsOver() {
    talk.handshake();
    talk.client.abort();
    talk.broker.next(77_000).synAck();
    assertEquals(2, tracking.tracker.flows());
    assertEquals("h", tracking.flow().history());
  }

  @Test
  void shouldNotStartAnewWhenASynIsSentAgain() {
    talk.client.syn();
    talk.pass(1, SECONDS);
    talk.client.sendAgain(1);
    talk.broker.synAck().sendAgain(1);
    assertEquals(1, tracking.tracker.flows());
    assertEquals("STht", tracking.flow().history());
  }

  @Test
  void shouldNotStartAnewWhenASynIsSentAgainAfterARefusal() {
    talk.client.syn();
    talk.broker.refuse();
    talk.pass(500, MILLISECONDS);
    talk.client.sendAgain(1);
    talk.broker.refuse();
    assertEquals(1, tracking.tracker.flows());
    assertEquals("SrT", tracking.flow().history());
  }

  @Test
  void shouldNotStartAnewWhenTheSynComesAfterItsSynAck() {
    talk.broker.put(
        talk.broker
            .packet()
            .tcp(5672, 40_000)
            .flags(Packets.SYN | Packets.ACK)
            .seq(4_999)
            .ack(1_001));
    talk.client.syn();
    assertEquals(1, tracking.tracker.flows());
    assertEquals("hS", tracking.flow().history());
    assertTrue(tracking.flow().handshakeSeen());
  }

  @Test
  void shouldNotStartAnewWhenTheSynComesAfterDataThatFollowedIt() {
    talk.client.lose(1).send("fast").next(1_000).syn();
    assertEquals(1, tracking.tracker.flows());
    assertTrue(tracking.client().synSeen());
  }

  @Test
  void shouldNotStartAnewWhenASynWithDataIsSentAgainWithout() {
    Packets fastOpen = talk.client.packet().tcp(40_000, 5672).flags(Packets.SYN).seq(1_000);
    talk.client.put(fastOpen.payload("early data"));
    talk.pass(1, SECONDS);
    talk.client.syn();
    assertEquals(1, tracking.tracker.flows());
  }

  @Test
  void shouldNotStartAnewWhenAResetHasSynSet() {
    talk.handshake();
    Packets odd = talk.client.packet().tcp(40_000, 5672).flags(Packets.RST | Packets.SYN);
    talk.client.put(odd.seq(900_000));
    assertEquals(1, tracking.tracker.flows());
    assertEquals("ShAR", tracking.flow().history());
  }

  @Test
  void shouldStartAnewWhenASynFollowsAResetThatCameFirst() {
    talk.broker.reject();
    talk.client.syn();
    assertEquals(List.of("ended REPLACED r", "ended CAPTURE_ENDED S"), tracking.endings());
  }

  @Test
  void shouldFollowAFlowWhoseBeginningWasNotCaptured() {
    talk.broker.send("middle");
    talk.client.ack().send("answer");
    assertEquals("dAD", tracking.flow().history());
    assertFalse(tracking.client().gapSeen());
    assertFalse(tracking.broker().synSeen());
  }

  @Test
  void shouldKeepFlowsApartThatDifferInOnePort() {
    Conversation other = Conversation.between(tracking.tap, "10.0.0.1", 40_001, "10.0.0.2", 5672);
    talk.handshake();
    other.handshake();
    talk.client.send("one");
    assertEquals(4, tracking.client().packets() + tracking.broker().packets());
    assertEquals(2, tracking.tracker.held());
  }

  @Test
  void shouldKeepFlowsApartWhoseEndpointsExchangedTheirPorts() {
    Conversation.between(tracking.tap, "10.0.0.1", 5672, "10.0.0.2", 5671).client.ack();
    Conversation.between(tracking.tap, "10.0.0.1", 5671, "10.0.0.2", 5672).client.ack();
    assertEquals(2, tracking.tracker.held());
  }

  @Test
  void shouldBearTimeThatRunsBackwards() {
    talk.handshake().pass(-10, SECONDS);
    talk.client.send("earlier");
    assertEquals(1, tracking.tracker.flows());
    assertEquals(tracking.tap.nanos(), tracking.flow().lastNanos());
    assertEquals(tracking.tap.frame(), tracking.flow().lastFrame());
    talk.broker.ack();
    assertEquals(Tap.GAP_NANOS, tracking.flow().longestIdleNanos());
    assertEquals(Tap.GAP_NANOS, tracking.broker().minRttNanos());
  }
}
