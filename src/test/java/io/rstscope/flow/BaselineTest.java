package io.rstscope.flow;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.decode.Segment;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the packets of one side usually look like, which a reset is held against. */
class BaselineTest {
  private static final int USUAL = Talk.CLIENT_TTL;
  private static final long ODD_MAC = 0x02_00_00_00_00_77L;

  private final Tracking tracking = Tracking.usual();
  private final Talk talk = new Talk().seenBy(tracking.tap);

  @Test
  void shouldKnowNothingOfASideThatSentNothing() {
    talk.syn();
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
    talk.connect().window(CLIENT, 77).dontFragment(CLIENT, false).data(CLIENT, "last");
    assertEquals(77, tracking.client().window());
    assertFalse(tracking.client().dontFragment());
    assertEquals(tracking.tap.frame(), tracking.client().lastFrame());
    assertEquals(tracking.tap.nanos(), tracking.client().lastNanos());
    assertEquals(tracking.tap.nanos(), tracking.client().lastPayloadNanos());
    talk.dontFragment(CLIENT, true).ack(CLIENT);
    assertTrue(tracking.client().dontFragment());
    assertTrue(tracking.client().lastPayloadNanos() < tracking.client().lastNanos());
  }

  @Test
  void shouldNotMoveTheUsualTtlForOneOddPacket() {
    talk.syn().ttl(CLIENT, 40).data(CLIENT, "odd");
    assertTtl(USUAL, 40, 1);
    talk.ttl(CLIENT, USUAL).ack(CLIENT);
    assertTtl(USUAL, 40, 1);
  }

  @Test
  void shouldForgetAnOddFirstPacket() {
    talk.ttl(CLIENT, 40).syn().ttl(CLIENT, USUAL).ack(CLIENT).ack(CLIENT);
    assertTtl(USUAL, 40, 2);
  }

  @Test
  void shouldFollowALastingChangeOfTtl() {
    sendMany(40);
    assertTtl(USUAL, -1, 0);
    talk.ttl(CLIENT, 62);
    sendMany(15);
    assertTtl(USUAL, 62, 15);
    sendMany(1);
    assertTtl(62, USUAL, 16);
    sendMany(300);
    assertTtl(62, USUAL, 16);
  }

  @Test
  void shouldCountOddTtlsUpToTheirLimit() {
    for (int i = 0; i < 300; i++) {
      talk.ttl(CLIENT, USUAL)
          .data(CLIENT, "two")
          .data(CLIENT, "two")
          .ttl(CLIENT, 50)
          .data(CLIENT, "one");
    }
    assertTtl(USUAL, 50, 255);
  }

  @Test
  void shouldNotMoveTheUsualMacForOneOddPacket() {
    talk.syn().mac(CLIENT, ODD_MAC).data(CLIENT, "odd");
    assertEquals(Packets.CLIENT_MAC, tracking.client().mac());
    assertEquals(1, tracking.client().otherMacCount());
  }

  @Test
  void shouldFollowALastingChangeOfMac() {
    sendMany(40);
    talk.mac(CLIENT, ODD_MAC);
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
    talk.ipId(CLIENT, 65_534);
    sendMany(4);
    assertIds(1, 2);
    talk.ipId(CLIENT, 60);
    sendMany(1);
    assertIds(60, 3);
    talk.ipId(CLIENT, 200);
    sendMany(1);
    assertIds(200, 3);
  }

  @Test
  void shouldNotTakeTheFirstIdentificationAfterZeroForAStep() {
    talk.ipId(BROKER, 0).connect().ipId(BROKER, 5).data(BROKER, "first number");
    assertEquals(5, tracking.broker().ipId());
    assertEquals(0, tracking.broker().ipIdSteps());
    talk.data(BROKER, "second");
    assertEquals(1, tracking.broker().ipIdSteps());
  }

  @Test
  void shouldCountZerosUpToTheirLimitAndThenStillBegin() {
    talk.ipId(CLIENT, 0);
    sendMany(300);
    assertIds(0, 0);
    talk.ipId(CLIENT, 40_000);
    sendMany(2);
    assertIds(40_001, 1);
  }

  @Test
  void shouldFollowACounterThatLeapt() {
    sendMany(5);
    talk.ipId(CLIENT, 40_000);
    sendMany(1);
    assertIds(40_000, 4);
  }

  @Test
  void shouldHoldTheLastFlowLabelOnIpv6() {
    Talk six = new Talk("2001:db8::1", 40_000).seenBy(tracking.tap).connect();
    assertEquals(0, tracking.client().flowLabel());
    six.packet(CLIENT, Packets.ACK, p -> p.flowLabel(0xfedcb));
    assertEquals(0xfedcb, tracking.client().flowLabel());
    assertTrue(tracking.client().dontFragment());
  }

  @Test
  void shouldFollowTimestampsAndTheirClock() {
    talk.connect();
    assertTrue(tracking.client().timestamps());
    assertEquals(-1, tracking.flow().tsTicksPerSecond(CLIENT));
    int first = tracking.client().tsVal();
    talk.pause(Duration.ofSeconds(2)).data(CLIENT, "later");
    assertEquals(2_000, tracking.client().tsVal() - first);
    double rate = tracking.flow().tsTicksPerSecond(CLIENT);
    assertEquals(1_000, rate, 1);
  }

  @Test
  void shouldTellCutOptionsFromNone() {
    tracking.tap.snapLength(60);
    talk.syn();
    assertTrue(tracking.client().optionsCut());
    assertFalse(tracking.client().timestamps());

    tracking.tap.snapLength(66);
    talk.timestamps(CLIENT, false).ack(CLIENT);
    assertFalse(tracking.client().optionsCut());
  }

  @Test
  void shouldNotTakeCutOptionsOfASynAckForARefusalOfTimestamps() {
    talk.syn();
    tracking.tap.snapLength(60);
    talk.synAck();
    assertTrue(tracking.client().timestamps());
  }

  @Test
  void shouldKnowOptionsFromOnePacketThatIsWhole() {
    talk.syn();
    tracking.tap.snapLength(60);
    talk.ack(CLIENT);
    assertFalse(tracking.client().optionsCut());
    assertTrue(tracking.client().timestamps());
  }

  @Test
  void shouldFollowTimestampsBeyondTheirEnd() {
    putTimestamp(-500);
    talk.pause(Duration.ofSeconds(1));
    putTimestamp(500);
    assertEquals(500, tracking.client().tsVal());
    assertEquals(1_000, tracking.flow().tsTicksPerSecond(CLIENT), 1);
  }

  @Test
  void shouldNotTakeATimestampBack() {
    putTimestamp(90);
    putTimestamp(80);
    assertEquals(90, tracking.client().tsVal());
  }

  @Test
  void shouldMeasureTheClockFromTheFirstTimestampNotFromTheFirstPacket() {
    talk.timestamps(CLIENT, false).syn().pause(Duration.ofSeconds(5));
    talk.timestamps(CLIENT, true).ack(CLIENT).pause(Duration.ofMillis(800)).ack(CLIENT);
    assertEquals(1_000, tracking.flow().tsTicksPerSecond(CLIENT), 2);
  }

  @Test
  void shouldKnowInWhichDirectionsItsPacketsWereCaptured() {
    talk.syn();
    assertFalse(tracking.client().inboundSeen() || tracking.client().outboundSeen());
    tracking.tap.direction(CapturedPacket.INBOUND);
    talk.ack(CLIENT);
    assertTrue(tracking.client().inboundSeen());
    assertFalse(tracking.client().outboundSeen());
    tracking.tap.direction(CapturedPacket.OUTBOUND);
    talk.data(CLIENT, "out");
    assertTrue(tracking.client().outboundSeen());
  }

  private void sendMany(int count) {
    for (int i = 0; i < count; i++) {
      talk.data(CLIENT, "some");
    }
  }

  private void putTimestamp(int value) {
    talk.timestamps(CLIENT, false)
        .packet(CLIENT, Packets.ACK, p -> p.payload("x").timestamps(value, 0))
        .missing(CLIENT, 1);
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
    talk.timestamps(BROKER, false).syn();
    assertTrue(tracking.client().timestamps());
    talk.synAck();
    assertFalse(tracking.client().timestamps());
    talk.timestamps(CLIENT, false).ack(CLIENT);
    assertFalse(tracking.client().timestamps());
  }
}
