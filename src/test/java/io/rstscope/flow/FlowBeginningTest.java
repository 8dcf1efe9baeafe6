package io.rstscope.flow;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import io.rstscope.testing.Tap;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which packets belong to one flow, and which begin another. */
class FlowBeginningTest {
  private final Tracking tracking = Tracking.usual();
  private final Talk talk = new Talk().seenBy(tracking.tap).roundTrip(Duration.ZERO);

  @Test
  void shouldStartAFlowWithItsFirstPacketAndNoOtherTime() {
    talk.connect().pause(Duration.ofSeconds(5)).data(CLIENT, "hello");
    assertEquals(Talk.START, tracking.flow().startedNanos());
    assertEquals(tracking.tap.nanos(), tracking.flow().lastNanos());
    assertEquals(tracking.tap.frame(), tracking.flow().lastFrame());
  }

  @Test
  void shouldStartANewFlowWhenASynReusesTheAddressesAndPorts() {
    talk.connect().fin(CLIENT).fin(BROKER).next(CLIENT, 900_000).syn();
    assertEquals(2, tracking.tracker.flows());
    assertEquals(1, tracking.tracker.held());
    assertEquals("S", tracking.flow().history());
    assertEquals(List.of("ended REPLACED ShAFf", "ended CAPTURE_ENDED S"), tracking.endings());
  }

  @Test
  void shouldKnowTheAddressesOfANewIpv6FlowThatReusesThem() {
    Talk six = new Talk("2001:db8::1", 40_000).seenBy(tracking.tap).connect();
    six.fin(CLIENT).fin(BROKER).next(CLIENT, 900_000).syn().synAck().ack(CLIENT);
    assertEquals(2, tracking.tracker.flows());
    assertEquals("2001:db8::1", tracking.flow().hostPort(CLIENT).address());
    assertEquals("ShA", tracking.flow().history());
  }

  @Test
  void shouldStartANewFlowWhenTheOldOneNeverEnded() {
    talk.connect().next(CLIENT, 900_000).syn();
    assertEquals(2, tracking.tracker.flows());
  }

  @Test
  void shouldStartANewFlowWhenASynFollowsAReset() {
    talk.connect().socketReset(CLIENT).next(CLIENT, 900_000).syn();
    assertEquals(List.of("ended REPLACED ShAR", "ended CAPTURE_ENDED S"), tracking.endings());
  }

  @Test
  void shouldStartANewFlowWithTheSameInitialSequenceNumberAfterAnEnd() {
    talk.connect().data(CLIENT, "bytes").socketReset(CLIENT).next(CLIENT, 7_000_000).syn();
    assertEquals(2, tracking.tracker.flows());
  }

  @Test
  void shouldStartANewFlowWithASynAckWhenTheOldOneIsOver() {
    talk.connect().socketReset(CLIENT).next(BROKER, 77_000).synAck();
    assertEquals(2, tracking.tracker.flows());
    assertEquals("h", tracking.flow().history());
  }

  @Test
  void shouldNotStartAnewWhenASynIsSentAgain() {
    talk.syn().pause(Duration.ofSeconds(1)).again(CLIENT).synAck().again(BROKER);
    assertEquals(1, tracking.tracker.flows());
    assertEquals("STht", tracking.flow().history());
  }

  @Test
  void shouldNotStartAnewWhenASynIsSentAgainAfterARefusal() {
    talk.syn().refusal().pause(Duration.ofMillis(500)).again(CLIENT).refusal();
    assertEquals(1, tracking.tracker.flows());
    assertEquals("SrT", tracking.flow().history());
  }

  @Test
  void shouldNotStartAnewWhenTheSynComesAfterItsSynAck() {
    talk.next(CLIENT, 7_000_001).synAck().next(CLIENT, 7_000_000).syn();
    assertEquals(1, tracking.tracker.flows());
    assertEquals("hS", tracking.flow().history());
    assertTrue(tracking.flow().handshakeSeen());
  }

  @Test
  void shouldNotStartAnewWhenTheSynComesAfterDataThatFollowedIt() {
    talk.missing(CLIENT, 1).data(CLIENT, "fast").next(CLIENT, 7_000_000).syn();
    assertEquals(1, tracking.tracker.flows());
    assertTrue(tracking.client().synSeen());
  }

  @Test
  void shouldNotStartAnewWhenASynWithDataIsSentAgainWithout() {
    talk.packet(CLIENT, Packets.SYN, p -> p.payload("early data")).pause(Duration.ofSeconds(1));
    talk.syn();
    assertEquals(1, tracking.tracker.flows());
  }

  @Test
  void shouldNotStartAnewWhenAResetHasSynSet() {
    talk.connect().packet(CLIENT, Packets.RST | Packets.SYN, p -> p.seq(900_000));
    assertEquals(1, tracking.tracker.flows());
    assertEquals("ShAR", tracking.flow().history());
  }

  @Test
  void shouldStartAnewWhenASynFollowsAResetThatCameFirst() {
    talk.bareReset(BROKER).syn();
    assertEquals(List.of("ended REPLACED r", "ended CAPTURE_ENDED S"), tracking.endings());
  }

  @Test
  void shouldFollowAFlowWhoseBeginningWasNotCaptured() {
    talk.data(BROKER, "middle").ack(CLIENT).data(CLIENT, "answer");
    assertEquals("dAD", tracking.flow().history());
    assertFalse(tracking.client().gapSeen());
    assertFalse(tracking.broker().synSeen());
  }

  @Test
  void shouldKeepFlowsApartThatDifferInOnePort() {
    Talk other = new Talk("10.0.1.1", 40_001).seenBy(tracking.tap);
    talk.connect();
    other.connect();
    talk.data(CLIENT, "one");
    assertEquals(4, tracking.client().packets() + tracking.broker().packets());
    assertEquals(2, tracking.tracker.held());
  }

  @Test
  void shouldKeepFlowsApartWhoseEndpointsExchangedTheirPorts() {
    new Talk("10.0.0.1", 5672, "10.0.0.2", 5671).seenBy(tracking.tap).ack(CLIENT);
    new Talk("10.0.0.1", 5671, "10.0.0.2", 5672).seenBy(tracking.tap).ack(CLIENT);
    assertEquals(2, tracking.tracker.held());
  }

  @Test
  void shouldBearTimeThatRunsBackwards() {
    talk.connect().pause(Duration.ofSeconds(-10)).data(CLIENT, "earlier");
    assertEquals(1, tracking.tracker.flows());
    assertEquals(tracking.tap.nanos(), tracking.flow().lastNanos());
    assertEquals(tracking.tap.frame(), tracking.flow().lastFrame());
    talk.ack(BROKER);
    assertEquals(Tap.GAP_NANOS, tracking.flow().longestIdleNanos());
    assertEquals(Tap.GAP_NANOS, tracking.broker().minRttNanos());
  }
}
