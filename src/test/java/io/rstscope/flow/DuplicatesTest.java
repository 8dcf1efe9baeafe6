package io.rstscope.flow;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rstscope.capture.CapturedPacket;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One packet seen at several points of a capture is one packet; one sent again is two. */
class DuplicatesTest {
  private static final long ELSEWHERE = 0x02_00_00_00_00_77L;

  private final Tracking tracking = Tracking.usual();
  private final Talk talk = new Talk().seenBy(tracking.tap);

  @Test
  void shouldTakeAPacketThatIsSeenAtThreePointsOnce() {
    talk.connect().data(CLIENT, "once").ttl(CLIENT, 60).copy(CLIENT).ttl(CLIENT, 59).copy(CLIENT);
    assertSeen(2, 3);
    assertEquals(Talk.CLIENT_TTL, tracking.client().ttl());
    assertEquals(-1, tracking.client().otherTtl());
    assertEquals(2, tracking.flow().duplicates());
    assertEquals("ShAD", tracking.flow().history());
  }

  @Test
  void shouldTellACopyByItsIdentificationAtTheSamePlace() {
    talk.connect().data(CLIENT, "once").copy(CLIENT);
    assertSeen(1, 3);
  }

  @Test
  void shouldTakeCopiesOfTheHandshakeOnce() {
    talk.syn().ttl(CLIENT, 60).copy(CLIENT).ttl(CLIENT, Talk.CLIENT_TTL);
    talk.synAck().ttl(BROKER, 63).copy(BROKER).ttl(BROKER, 64);
    talk.ack(CLIENT).ttl(CLIENT, 60).copy(CLIENT);
    assertSeen(3, 2);
    assertEquals("ShA", tracking.flow().history());
  }

  @Test
  void shouldTellCopiesOfTwoPacketsInFlight() {
    talk.connect().data(CLIENT, "A").data(CLIENT, "B").ttl(CLIENT, 60).copy(CLIENT, 2).copy(CLIENT);
    assertSeen(2, 4);
    assertEquals("ShAD", tracking.flow().history());
  }

  @Test
  void shouldTellCopiesOfTwoPacketsInFlightWithoutIdentifications() {
    Talk six = new Talk("2001:db8::1", 40_000).seenBy(tracking.tap).connect();
    six.data(CLIENT, "A").data(CLIENT, "B").ttl(CLIENT, 60).copy(CLIENT, 2).copy(CLIENT);
    assertSeen(2, 4);
  }

  @Test
  void shouldTellCopiesOfBareAcks() {
    talk.connect().data(BROKER, "a").ack(CLIENT).data(BROKER, "b");
    talk.ack(CLIENT).ttl(CLIENT, 60).copy(CLIENT, 2).copy(CLIENT);
    assertSeen(2, 4);
  }

  @Test
  void shouldNotTakeAPacketThatIsSentAgainForACopy() {
    talk.connect().data(CLIENT, "lost").again(CLIENT);
    assertSeen(0, 4);
  }

  @Test
  void shouldNotTakeAnUnnumberedPacketSentAgainForACopy() {
    Talk six = new Talk("2001:db8::1", 40_000).seenBy(tracking.tap);
    six.windows(CLIENT).connect();
    six.data(CLIENT, "lost").again(CLIENT).keepAlive(CLIENT, 0).keepAlive(CLIENT, 0);
    assertSeen(0, 6);
  }

  @Test
  void shouldTellACopyWithoutIdentificationByItsMac() {
    talk.ipId(CLIENT, 0).connect().data(CLIENT, "once").mac(CLIENT, ELSEWHERE).copy(CLIENT);
    assertSeen(1, 3);
    assertEquals(0, tracking.client().otherMacCount());
  }

  @Test
  void shouldTellACopyWithoutIdentificationByItsInterface() {
    talk.ipId(CLIENT, 0).connect().data(CLIENT, "once");
    tracking.tap.on(3);
    talk.copy(CLIENT);
    assertSeen(1, 3);
  }

  @Test
  void shouldTellACopyWithoutIdentificationByItsDirection() {
    talk.ipId(CLIENT, 0);
    tracking.tap.direction(CapturedPacket.INBOUND);
    talk.connect().data(CLIENT, "bridged");
    tracking.tap.direction(CapturedPacket.OUTBOUND);
    talk.copy(CLIENT);
    assertSeen(1, 3);
  }

  /** Another gateway took over: its first packets are no copies, though they look the same. */
  @Test
  void shouldNotTakeProbesOverANewPathForCopies() {
    Talk six = new Talk("2001:db8::1", 40_000).seenBy(tracking.tap);
    six.windows(CLIENT).connect().pause(Duration.ofSeconds(10));
    six.keepAlive(CLIENT, 1).mac(CLIENT, ELSEWHERE);
    for (int i = 0; i < 3; i++) {
      six.pause(Duration.ofSeconds(1)).keepAlive(CLIENT, 1);
    }
    assertSeen(0, 6);
    assertEquals(4, tracking.client().unanswered().retransmissions());
  }

  @Test
  void shouldNotTakeAnotherAcknowledgementForACopy() {
    talk.connect().data(BROKER, "1").data(BROKER, "2").ack(CLIENT).ack(CLIENT);
    assertSeen(0, 4);
  }

  @Test
  void shouldNotTakeCopiesOfALongerBurstForSentAgain() {
    talk.connect();
    talk.data(CLIENT, "aa")
        .data(CLIENT, "bb")
        .data(CLIENT, "cc")
        .ttl(CLIENT, 60)
        .copy(CLIENT, 3)
        .copy(CLIENT, 2)
        .copy(CLIENT);
    assertEquals(List.of("client REORDERED"), tracking.told.subList(6, 7));
    assertSeen(2, 6);
    assertEquals(0, tracking.client().unanswered().retransmissions());
    assertEquals("ShAD", tracking.flow().history());
  }

  private void assertSeen(int duplicates, int packetsOfClient) {
    assertEquals(duplicates, tracking.tracker.duplicates());
    assertEquals(packetsOfClient, tracking.client().packets());
    assertEquals(1, tracking.tracker.flows());
  }
}
