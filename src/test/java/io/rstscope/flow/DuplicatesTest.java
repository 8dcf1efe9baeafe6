package io.rstscope.flow;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.testing.Conversation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One packet seen at several points of a capture is one packet; one sent again is two. */
class DuplicatesTest {
  private static final long ELSEWHERE = 0x02_00_00_00_00_77L;

  private final Tracking tracking = Tracking.usual();
  private final Conversation talk = Conversation.usual(tracking.tap);

  @Test
  void shouldTakeAPacketThatIsSeenAtThreePointsOnce() {
    talk.handshake();
    talk.client.send("once").ttl(63).copy(1).ttl(62).copy(1);
    assertSeen(2, 3);
    assertEquals(64, tracking.client().ttl());
    assertEquals(-1, tracking.client().otherTtl());
    assertEquals(2, tracking.flow().duplicates());
    assertEquals("ShAD", tracking.flow().history());
  }

  @Test
  void shouldTellACopyByItsIdentificationAtTheSamePlace() {
    talk.handshake();
    talk.client.send("once").copy(1);
    assertSeen(1, 3);
  }

  @Test
  void shouldTakeCopiesOfTheHandshakeOnce() {
    talk.client.syn().ttl(63).copy(1).ttl(64);
    talk.broker.synAck().ttl(63).copy(1).ttl(64);
    talk.client.ack().ttl(63).copy(1);
    assertSeen(3, 2);
    assertEquals("ShA", tracking.flow().history());
  }

  @Test
  void shouldTellCopiesOfTwoPacketsInFlight() {
    talk.handshake();
    talk.client.send("A").send("B").ttl(63).copy(2).copy(1);
    assertSeen(2, 4);
    assertEquals("ShAD", tracking.flow().history());
  }

  @Test
  void shouldTellCopiesOfTwoPacketsInFlightWithoutIdentifications() {
    Conversation six = Conversation.ipv6(tracking.tap).handshake();
    six.client.send("A").send("B").ttl(63).copy(2).copy(1);
    assertSeen(2, 4);
  }

  @Test
  void shouldTellCopiesOfBareAcks() {
    talk.handshake();
    talk.broker.send("a");
    talk.client.ack();
    talk.broker.send("b");
    talk.client.ack().ttl(63).copy(2).copy(1);
    assertSeen(2, 4);
  }

  @Test
  void shouldNotTakeAPacketThatIsSentAgainForACopy() {
    talk.handshake();
    talk.client.send("lost").sendAgain(1);
    assertSeen(0, 4);
  }

  @Test
  void shouldNotTakeAPacketThatIsSentAgainWithoutIdentificationForACopy() {
    Conversation six = Conversation.ipv6(tracking.tap);
    six.client.windows();
    six.handshake();
    six.client.send("lost").sendAgain(1).keepAlive(0).keepAlive(0);
    assertSeen(0, 6);
  }

  @Test
  void shouldTellACopyWithoutIdentificationByItsMac() {
    talk.client.id(0);
    talk.handshake();
    talk.client.send("once").mac(ELSEWHERE).copy(1);
    assertSeen(1, 3);
    assertEquals(0, tracking.client().otherMacCount());
  }

  @Test
  void shouldTellACopyWithoutIdentificationByItsInterface() {
    talk.client.id(0);
    talk.handshake();
    talk.client.send("once");
    tracking.tap.on(3);
    talk.client.copy(1);
    assertSeen(1, 3);
  }

  @Test
  void shouldTellACopyWithoutIdentificationByItsDirection() {
    talk.client.id(0);
    tracking.tap.direction(CapturedPacket.INBOUND);
    talk.handshake();
    talk.client.send("bridged");
    tracking.tap.direction(CapturedPacket.OUTBOUND);
    talk.client.copy(1);
    assertSeen(1, 3);
  }

  /** Another gateway took over: its first packets are no copies, though they look the same. */
  @Test
  void shouldNotTakeProbesOverANewPathForCopies() {
    Conversation six = Conversation.ipv6(tracking.tap);
    six.client.windows();
    six.handshake().pass(10, SECONDS);
    six.client.keepAlive(1).mac(ELSEWHERE);
    for (int i = 0; i < 3; i++) {
      six.pass(1, SECONDS);
      six.client.keepAlive(1);
    }
    assertSeen(0, 6);
    assertEquals(4, tracking.client().unanswered().again());
  }

  @Test
  void shouldNotTakeAnotherAcknowledgementForACopy() {
    talk.handshake();
    talk.broker.send("1").send("2");
    talk.client.ack().ack();
    assertSeen(0, 4);
  }

  @Test
  void shouldNotTakeCopiesOfALongerBurstForSentAgain() {
    talk.handshake();
    talk.client.send("aa").send("bb").send("cc").ttl(63).copy(3).copy(2).copy(1);
    assertEquals(List.of("client OVERTAKEN"), tracking.told.subList(6, 7));
    assertSeen(2, 6);
    assertEquals(0, tracking.client().unanswered().again());
    assertEquals("ShAD", tracking.flow().history());
  }

  private void assertSeen(int duplicates, int packetsOfClient) {
    assertEquals(duplicates, tracking.tracker.duplicates());
    assertEquals(packetsOfClient, tracking.client().packets());
    assertEquals(1, tracking.tracker.flows());
  }
}
