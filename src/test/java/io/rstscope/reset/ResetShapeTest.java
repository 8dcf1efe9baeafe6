package io.rstscope.reset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rstscope.testing.Conversation;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reset looks like, held against the earlier packets of its claimed sender. */
class ResetShapeTest {
  private static final int RST_ACK = Packets.RST | Packets.ACK;

  private final Observing observing = Observing.usual();
  private final Conversation talk = Conversation.usual(observing.tap);

  @Test
  void shouldCallTheResetOfALinuxSocketSocket() {
    talk.handshake();
    talk.client.send("unread");
    talk.broker.abort();
    assertShape(Shape.SOCKET);
  }

  @Test
  void shouldCallTheResetOfALinuxSocketSocketOnIpv6() {
    Conversation six = Conversation.ipv6(observing.tap).handshake();
    six.client.abort();
    assertShape(Shape.SOCKET);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 502})
  void shouldCallAWindowsResetSocketWhateverItsWindow(int window) {
    talk.client.windows();
    talk.handshake();
    talk.client.window(window).abort();
    assertShape(Shape.SOCKET);
  }

  @Test
  void shouldCallAResetWithClosedWindowSocketWhenTheWindowWasClosedBefore() {
    talk.handshake();
    talk.client.window(0).ack().abort();
    assertShape(Shape.SOCKET);
  }

  @Test
  void shouldCallALinuxResetWithClosedWindowCrafted() {
    talk.handshake();
    talk.client.window(0).abort();
    assertShape(Shape.CRAFTED);
  }

  @Test
  void shouldCallAnAckedResetWithoutTheFlowsTimestampsCrafted() {
    talk.handshake();
    talk.client.timestamps(false).abort();
    assertShape(Shape.CRAFTED);
  }

  @Test
  void shouldNotTakeOptionsThatTheCaptureCutForAbsent() {
    observing.tap.snapLength(66);
    talk.client.syn();
    observing.tap.snapLength(60);
    talk.broker.synAck();
    observing.tap.snapLength(66);
    talk.broker.abort();
    assertShape(Shape.SOCKET);
  }

  @Test
  void shouldNotTakeTimestampsOfTheResetForAbsentWhenTheCaptureCutThem() {
    talk.handshake();
    observing.tap.snapLength(60);
    talk.client.abort();
    assertShape(Shape.SOCKET);
  }

  @Test
  void shouldNotTakeCutOptionsOfAResetForNoneWhenNothingCameBefore() {
    observing.tap.snapLength(60);
    talk.broker.window(0).abort();
    assertShape(Shape.SOCKET);
  }

  @Test
  void shouldCallAnAckedResetWithTimestampsTheFlowHasNotCrafted() {
    talk.client.windows();
    talk.handshake();
    talk.client.timestamps(true).abort();
    assertShape(Shape.CRAFTED);
  }

  @Test
  void shouldCallAnAckedResetWithoutDontFragmentCrafted() {
    talk.handshake();
    talk.client.dontFragment(false).abort();
    assertShape(Shape.CRAFTED);
  }

  @Test
  void shouldCallABareResetOfAKernelStateless() {
    talk.handshake();
    talk.client.send("to whom");
    talk.broker.reject();
    assertShape(Shape.STATELESS);
  }

  @Test
  void shouldCallABareResetStatelessOnIpv6() {
    Conversation six = Conversation.ipv6(observing.tap).handshake();
    six.client.send("to whom");
    six.broker.reject();
    assertShape(Shape.STATELESS);
  }

  @Test
  void shouldCallABareResetStatelessThoughItIsNumberedWhereNoLinuxIsClaimed() {
    talk.broker.windows();
    talk.handshake();
    talk.broker.put(bare(talk.broker, 5672, 40_000).id(901));
    assertShape(Shape.STATELESS);
  }

  @Test
  void shouldCallABareResetStatelessWhenNothingCameBefore() {
    talk.broker.put(bare(talk.broker, 5672, 40_000).id(901));
    assertShape(Shape.STATELESS);
  }

  @Test
  void shouldCallANumberedBareResetInTheNameOfACountingLinuxCrafted() {
    talk.handshake();
    sendSome(talk.broker);
    talk.broker.put(bare(talk.broker, 5672, 40_000).id(901));
    assertShape(Shape.CRAFTED);
  }

  @Test
  void shouldCallABareResetWithoutDontFragmentInTheNameOfLinuxCrafted() {
    talk.handshake();
    talk.broker.put(bare(talk.broker, 5672, 40_000).id(0).df(false));
    assertShape(Shape.CRAFTED);
  }

  @Test
  void shouldCallABareResetFarFromTheCounterCraftedThoughTheFlowHasNoTimestamps() {
    talk.broker.windows();
    talk.handshake();
    sendSome(talk.broker);
    talk.broker.put(bare(talk.broker, 5672, 40_000).id(31_337));
    assertShape(Shape.CRAFTED);
  }

  @Test
  void shouldCallAnAckedResetWithoutNumberCraftedWhereTheSocketCounts() {
    talk.client.windows();
    talk.handshake();
    sendSome(talk.client);
    talk.client.id(0).window(0).abort();
    assertShape(Shape.CRAFTED);
  }

  @Test
  void shouldCallABareResetWithAWindowCrafted() {
    talk.handshake();
    talk.broker.put(bare(talk.broker, 5672, 40_000).id(0).window(512));
    assertShape(Shape.CRAFTED);
  }

  @Test
  void shouldCallABareResetWithTimestampsOrPayloadCrafted() {
    talk.handshake();
    talk.broker.put(bare(talk.broker, 5672, 40_000).id(0).timestamps(7, 8));
    talk.broker.put(bare(talk.broker, 5672, 40_000).id(0).payload("why"));
    assertEquals(Shape.CRAFTED, observing.resets().get(0).shape());
    assertEquals(Shape.CRAFTED, observing.resets().get(1).shape());
  }

  @Test
  void shouldCallTheAnswerToASynRefusal() {
    talk.client.syn();
    talk.broker.refuse();
    assertShape(Shape.REFUSAL);
  }

  @Test
  void shouldCallTheAnswerToASynRefusalOnIpv6() {
    Conversation six = Conversation.ipv6(observing.tap);
    six.client.syn();
    six.broker.refuse();
    assertShape(Shape.REFUSAL);
  }

  @Test
  void shouldNotCallAResetRefusalThatAcknowledgesAnotherSyn() {
    talk.client.syn();
    talk.broker.put(talk.broker.packet().tcp(5672, 40_000).flags(RST_ACK).seq(0).ack(77).window(0));
    assertShape(Shape.CRAFTED);
  }

  @Test
  void shouldNotCallAResetRefusalOnceTheBrokerHasAnswered() {
    talk.client.syn();
    talk.broker.synAck().abort();
    assertShape(Shape.SOCKET);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldGoByTheResetAloneWhenItsSenderSentNothing(boolean socket) {
    talk.client.send("one way");
    if (socket) {
      talk.broker.abort();
    } else {
      talk.broker.timestamps(false).window(0).abort();
    }
    assertShape(socket ? Shape.SOCKET : Shape.CRAFTED);
  }

  @Test
  void shouldReadTheReasonThatABigIpWrites() {
    talk.handshake();
    String reason = "BIG-IP: [0x2408720:2226] {peer} Flow expired (sweeper)\0\n";
    talk.broker.put(bare(talk.broker, 5672, 40_000).payload(reason));
    assertEquals(
        "BIG-IP: [0x2408720:2226] {peer} Flow expired (sweeper)..",
        observing.reset().packet().diagnostic());
  }

  @Test
  void shouldCutALongReason() {
    talk.broker.put(bare(talk.broker, 5672, 40_000).payload("BIG-IP: " + "x".repeat(500)));
    assertEquals(120, observing.reset().packet().diagnostic().length());
  }

  @Test
  void shouldKnowADiagnosticPayloadOfTheDraft() {
    byte[] draft = {0x33, (byte) 0xaa, 0, 0, 0, 0, 0, 1};
    talk.broker.put(bare(talk.broker, 5672, 40_000).payload(draft));
    assertEquals("RST diagnostic payload", observing.reset().packet().diagnostic());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "BIG-IP:", "3", "a message of someone with a secret", "big-ip: no"})
  void shouldLeaveAnyOtherPayloadAlone(String payload) {
    talk.broker.put(bare(talk.broker, 5672, 40_000).payload(payload));
    assertEquals(null, observing.reset().packet().diagnostic());
    assertEquals(payload.length(), observing.reset().packet().payloadLength());
  }

  @Test
  void shouldKnowARefusalThoughTheCaptureMissedTheSyn() {
    talk.broker.put(
        talk.broker
            .packet()
            .id(0)
            .tcp(5672, 40_000)
            .flags(Packets.RST | Packets.ACK)
            .seq(0)
            .ack(77)
            .window(0));
    assertShape(Shape.REFUSAL);
  }

  private void assertShape(Shape shape) {
    assertEquals(shape, observing.reset().shape());
  }

  /** So many that the identification shows itself to be a counter. */
  private static void sendSome(Peer peer) {
    for (int i = 0; i < 3; i++) {
      peer.send("counts");
    }
  }

  private static Packets bare(Peer peer, int from, int to) {
    return peer.packet().tcp(from, to).flags(Packets.RST).seq(peer.next()).window(0);
  }

  @Test
  void shouldCallANumberedAnswerStatelessBecauseKernelsBefore419NumberIt() {
    talk.handshake();
    sendSome(talk.broker);
    talk.client.send("to whom");
    talk.broker.put(bare(talk.broker, 5672, 40_000).id(901));
    assertShape(Shape.STATELESS);
  }

  @Test
  void shouldCallANumberedBareResetCraftedThatAnswersAnotherNumber() {
    talk.handshake();
    sendSome(talk.broker);
    talk.client.send("to whom");
    talk.broker.put(bare(talk.broker, 5672, 40_000).seq(talk.broker.next() + 7).id(901));
    assertShape(Shape.CRAFTED);
  }

  @Test
  void shouldCallAnAnswerWithoutDontFragmentStatelessBecauseMacOsAnswersSo() {
    sendAsMacOs(talk.broker);
    talk.client.send("to whom");
    talk.broker.put(bare(talk.broker, 5672, 40_000).id(31_337).df(false));
    assertShape(Shape.STATELESS);
  }

  @Test
  void shouldCallAnAnswerWithoutDontFragmentCraftedWhereTheSocketCounts() {
    talk.handshake();
    sendSome(talk.broker);
    talk.client.send("to whom");
    talk.broker.put(bare(talk.broker, 5672, 40_000).id(31_337).df(false));
    assertShape(Shape.CRAFTED);
  }

  @Test
  void shouldCallAnAckedResetWithoutTimestampsSocketWhereTheSocketNumbersAtRandom() {
    sendAsMacOs(talk.broker);
    talk.broker.id(4_242).timestamps(false).abort();
    assertShape(Shape.SOCKET);
  }

  @Test
  void shouldCallAnAckedResetWithoutTimestampsCraftedWhereTheSocketCounts() {
    talk.handshake();
    sendSome(talk.broker);
    talk.broker.timestamps(false).abort();
    assertShape(Shape.CRAFTED);
  }

  @Test
  void shouldCallTheResetBehindASynProxyRefusal() {
    talk.client.syn();
    talk.broker.window(0).synAck();
    talk.client.ack();
    talk.broker.put(talk.broker.packet().tcp(5672, 40_000).flags(RST_ACK).seq(77).window(0));
    assertShape(Shape.REFUSAL);
  }

  @Test
  void shouldNotCallAResetRefusalOfABrokerWhoseWindowWasOpen() {
    talk.client.syn();
    talk.broker.synAck();
    talk.client.ack();
    talk.broker.put(talk.broker.packet().tcp(5672, 40_000).flags(RST_ACK).seq(77).window(0));
    assertShape(Shape.CRAFTED);
  }

  /** Identifications at random. */
  private void sendAsMacOs(Peer peer) {
    talk.handshake();
    for (int id : new int[] {40_111, 9_001, 52_777, 23_456}) {
      peer.id(id).send("at random");
    }
  }
}
