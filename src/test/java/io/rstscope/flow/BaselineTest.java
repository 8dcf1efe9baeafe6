package io.rstscope.flow;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.testing.Conversation;
import io.rstscope.testing.Packets;
import org.junit.jupiter.api.Test;

/** What the packets of one side usually look like, which a reset is held against. */
class BaselineTest {
  private static final long ODD_MAC = 0x02_00_00_00_00_77L;

  private final Tracking tracking = Tracking.usual();
  private final Conversation talk = Conversation.usual(tracking.tap);

  @Test
  void shouldKnowNothingOfASideThatSentNothing() {
    talk.client.syn();
    Endpoint broker = tracking.broker();
    assertEquals(0, broker.packets());
    assertEquals(0, broker.lastNanos());
    assertEquals(0, broker.lastPayloadNanos());
    assertEquals(Segment.NO_MAC, broker.mac());
    assertEquals(-1, broker.ipId());
    assertEquals(-1, broker.minRttNanos());
    assertEquals(-1, broker.otherTtl());
    assertFalse(broker.hasSequence());
    assertFalse(broker.hasAcknowledgement());
  }

  @Test
  void shouldHoldWhatTheLastPacketHad() {
    talk.handshake();
    talk.client.window(77).dontFragment(false).send("last");
    assertEquals(77, tracking.client().window());
    assertFalse(tracking.client().dontFragment());
    assertEquals(tracking.tap.frame(), tracking.client().lastFrame());
    assertEquals(tracking.tap.nanos(), tracking.client().lastNanos());
    assertEquals(tracking.tap.nanos(), tracking.client().lastPayloadNanos());
    talk.client.dontFragment(true).ack();
    assertTrue(tracking.client().dontFragment());
    assertTrue(tracking.client().lastPayloadNanos() < tracking.client().lastNanos());
  }

  @Test
  void shouldNotMoveTheUsualTtlForOneOddPacket() {
    talk.client.syn().ttl(40).send("odd");
    assertTtl(64, 40, 1);
    talk.client.ttl(64).ack();
    assertTtl(64, 40, 1);
  }

  @Test
  void shouldForgetAnOddFirstPacket() {
    talk.client.ttl(40).syn().ttl(64).ack().ack();
    assertTtl(64, 40, 2);
  }

  @Test
  void shouldFollowALastingChangeOfTtl() {
    sendMany(40);
    assertTtl(64, -1, 0);
    talk.client.ttl(62);
    sendMany(15);
    assertTtl(64, 62, 15);
    sendMany(1);
    assertTtl(62, 64, 16);
    sendMany(300);
    assertTtl(62, 64, 16);
  }

  @Test
  void shouldCountOddTtlsUpToTheirLimit() {
    for (int i = 0; i < 300; i++) {
      talk.client.ttl(64).send("two").send("two").ttl(50).send("one");
    }
    assertTtl(64, 50, 255);
  }

  @Test
  void shouldNotMoveTheUsualMacForOneOddPacket() {
    talk.client.syn().mac(ODD_MAC).send("odd");
    assertEquals(Packets.CLIENT_MAC, tracking.client().mac());
    assertEquals(1, tracking.client().otherMacCount());
  }

  @Test
  void shouldFollowALastingChangeOfMac() {
    sendMany(40);
    talk.client.mac(ODD_MAC);
    sendMany(15);
    assertEquals(Packets.CLIENT_MAC, tracking.client().mac());
    sendMany(1);
    assertEquals(ODD_MAC, tracking.client().mac());
    assertEquals(16, tracking.client().otherMacCount());
  }

  @Test
  void shouldKnowNoMacWhereTheLinkHasNone() {
    MacAddresses macs = new MacAddresses();
    assertEquals(MacAddresses.NONE, macs.number(Segment.NO_MAC));
    assertEquals(Segment.NO_MAC, macs.mac(MacAddresses.NONE));
  }

  @Test
  void shouldCountStepsOfAnIdentification() {
    talk.client.id(65_534);
    sendMany(4);
    assertIds(1, 2);
    talk.client.id(60);
    sendMany(1);
    assertIds(60, 3);
    talk.client.id(200);
    sendMany(1);
    assertIds(200, 3);
  }

  @Test
  void shouldNotTakeTheFirstIdentificationAfterZeroForAStep() {
    talk.broker.id(5);
    talk.handshake();
    talk.broker.send("first number");
    assertEquals(5, tracking.broker().ipId());
    assertEquals(0, tracking.broker().ipIdSteps());
    talk.broker.send("second");
    assertEquals(1, tracking.broker().ipIdSteps());
  }

  @Test
  void shouldCountZerosUpToTheirLimitAndThenStillBegin() {
    talk.client.id(0);
    sendMany(300);
    assertIds(0, 0);
    talk.client.id(40_000);
    sendMany(2);
    assertIds(40_001, 1);
  }

  @Test
  void shouldFollowACounterThatLeapt() {
    sendMany(5);
    talk.client.id(40_000);
    sendMany(1);
    assertIds(40_000, 4);
  }

  @Test
  void shouldHoldTheLastFlowLabelOnIpv6() {
    Conversation six = Conversation.ipv6(tracking.tap).handshake();
    assertEquals(0, tracking.client().flowLabel());
    six.client.put(six.client.packet().tcp(40_000, 5672).flags(Packets.ACK).flowLabel(0xfedcb));
    assertEquals(0xfedcb, tracking.client().flowLabel());
    assertTrue(tracking.client().dontFragment());
  }

  @Test
  void shouldFollowTimestampsAndTheirClock() {
    talk.handshake();
    assertTrue(tracking.client().timestamps());
    assertEquals(-1, tracking.flow().tsTicksPerSecond(true));
    int first = tracking.client().tsVal();
    talk.pass(2, SECONDS);
    talk.client.send("later");
    assertEquals(2_000, tracking.client().tsVal() - first);
    double rate = tracking.flow().tsTicksPerSecond(true);
    assertEquals(1_000, rate, 1);
  }

  @Test
  void shouldTellCutOptionsFromNone() {
    tracking.tap.snapLength(60);
    talk.client.syn();
    assertTrue(tracking.client().optionsCut());
    assertFalse(tracking.client().timestamps());

    tracking.tap.snapLength(66);
    talk.client.timestamps(false).ack();
    assertFalse(tracking.client().optionsCut());
  }

  @Test
  void shouldNotTakeCutOptionsOfASynAckForARefusalOfTimestamps() {
    talk.client.syn();
    tracking.tap.snapLength(60);
    talk.broker.synAck();
    assertTrue(tracking.client().timestamps());
  }

  @Test
  void shouldKnowOptionsFromOnePacketThatIsWhole() {
    talk.client.syn();
    tracking.tap.snapLength(60);
    talk.client.ack();
    assertFalse(tracking.client().optionsCut());
    assertTrue(tracking.client().timestamps());
  }

  @Test
  void shouldFollowTimestampsBeyondTheirEnd() {
    putTimestamp(1_001, -500);
    talk.pass(1, SECONDS);
    putTimestamp(1_002, 500);
    assertEquals(500, tracking.client().tsVal());
    assertEquals(1_000, tracking.flow().tsTicksPerSecond(true), 1);
  }

  @Test
  void shouldNotTakeATimestampBack() {
    putTimestamp(1_001, 90);
    putTimestamp(1_002, 80);
    assertEquals(90, tracking.client().tsVal());
  }

  @Test
  void shouldMeasureTheClockFromTheFirstTimestampNotFromTheFirstPacket() {
    talk.client.timestamps(false).syn();
    talk.pass(5, SECONDS);
    talk.client.timestamps(true).ack();
    talk.pass(800, MILLISECONDS);
    talk.client.ack();
    assertEquals(1_000, tracking.flow().tsTicksPerSecond(true), 2);
  }

  @Test
  void shouldKnowInWhichDirectionsItsPacketsWereCaptured() {
    talk.client.syn();
    assertFalse(tracking.client().inboundSeen() || tracking.client().outboundSeen());
    tracking.tap.direction(CapturedPacket.INBOUND);
    talk.client.ack();
    assertTrue(tracking.client().inboundSeen());
    assertFalse(tracking.client().outboundSeen());
    tracking.tap.direction(CapturedPacket.OUTBOUND);
    talk.client.send("out");
    assertTrue(tracking.client().outboundSeen());
  }

  private void sendMany(int count) {
    for (int i = 0; i < count; i++) {
      talk.client.send("some");
    }
  }

  private void putTimestamp(int sequence, int value) {
    talk.client.put(
        talk.client.packet().tcp(40_000, 5672).seq(sequence).payload("x").timestamps(value, 0));
  }

  private void assertTtl(int usual, int other, int otherCount) {
    assertEquals(usual, tracking.client().ttl());
    assertEquals(other, tracking.client().otherTtl());
    assertEquals(otherCount, tracking.client().otherTtlCount());
  }

  private void assertIds(int last, int steps) {
    assertEquals(last, tracking.client().ipId());
    assertEquals(steps, tracking.client().ipIdSteps());
  }

  @Test
  void shouldNotTakeTimestampsForUsedThatTheBrokerDidNotAccept() {
    talk.broker.timestamps(false);
    talk.client.syn();
    assertTrue(tracking.client().timestamps());
    talk.broker.synAck();
    assertFalse(tracking.client().timestamps());
    talk.client.timestamps(false).ack();
    assertFalse(tracking.client().timestamps());
  }
}
