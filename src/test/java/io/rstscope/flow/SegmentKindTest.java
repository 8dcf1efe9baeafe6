package io.rstscope.flow;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.decode.Segment;
import io.rstscope.decode.SegmentBatch;
import io.rstscope.testing.Packets;
import io.rstscope.testing.Talk;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each segment does in its flow, and the history that comes of it. */
class SegmentKindTest {
  private final Tracking tracking = Tracking.usual();
  private final Talk talk = new Talk().seenBy(tracking.tap);

  @Test
  void shouldNameTheSegmentsOfAPlainConnection() {
    talk.connect().data(CLIENT, "question").ack(BROKER).data(BROKER, "answer").fin(CLIENT);
    talk.socketReset(BROKER);
    assertEquals(
        List.of(
            "client SYN",
            "broker SYN",
            "client PURE_ACK",
            "client DATA",
            "broker PURE_ACK",
            "broker DATA",
            "client FIN",
            "broker RST"),
        tracking.told);
    assertEquals("ShADadFr", talkHistory());
  }

  @Test
  void shouldCountDataWithFinAsBoth() {
    talk.connect().packet(CLIENT, Packets.FIN | Packets.PSH | Packets.ACK, p -> p.payload("last"));
    assertEquals("client DATA", tracking.lastTold());
    assertEquals("ShADF", talkHistory());
    assertEquals(7_000_006, tracking.client().nextSequence());
  }

  @Test
  void shouldHoldEachLetterOnce() {
    talk.syn().synAck();
    talk.ack(CLIENT)
        .data(CLIENT, "aa")
        .again(CLIENT)
        .keepAlive(CLIENT, 0)
        .window(CLIENT, 0)
        .ack(CLIENT)
        .missing(CLIENT, 9)
        .data(CLIENT, "b");
    talk.ack(BROKER)
        .data(BROKER, "aa")
        .again(BROKER)
        .keepAlive(BROKER, 0)
        .window(BROKER, 0)
        .ack(BROKER)
        .missing(BROKER, 9)
        .data(BROKER, "b");
    assertEquals("ShADTKWGadtkwg", talkHistory());
    talk.fin(CLIENT).again(CLIENT).socketReset(CLIENT).socketReset(CLIENT);
    talk.fin(BROKER).socketReset(BROKER).socketReset(BROKER);
    assertEquals("ShADTKWGadtkwgFRfr", talkHistory());
  }

  @Test
  void shouldWriteAnyOrderOfAllTwentyLetters() {
    FlowTable table = new FlowTable();
    Flow flow = table.newView();
    SegmentBatch batch = new SegmentBatch();
    batch.add(new Segment());
    table.add(batch, 0, flow);
    for (int letter = History.PROBE; letter >= History.SYN; letter--) {
      flow.note(letter, BROKER);
      flow.note(letter, CLIENT);
      flow.note(letter, BROKER);
    }
    assertEquals("kKgGwWtTrRfFdDaAhHsS", flow.history());
    flow.swapRoles();
    assertEquals("KkGgWwTtRrFfDdAaHhSs", flow.history());
  }

  @Test
  void shouldCallTheSameBytesARetransmission() {
    talk.connect().data(CLIENT, "one").data(CLIENT, "two").again(CLIENT, 2).again(CLIENT);
    assertEquals(
        List.of("client DATA", "client DATA", "client RETRANSMISSION", "client RETRANSMISSION"),
        tracking.told.subList(3, 7));
    assertEquals(7_000_007, tracking.client().nextSequence());
  }

  @Test
  void shouldCallOldBytesARetransmissionThoughNewOnesFollowThem() {
    talk.connect().data(CLIENT, "one").next(CLIENT, 7_000_001).data(CLIENT, "one and two");
    assertEquals("client RETRANSMISSION", tracking.lastTold());
    assertEquals(7_000_012, tracking.client().nextSequence());
    assertFalse(tracking.client().gapSeen());
  }

  @Test
  void shouldCallASynAndAFinSentAgainRetransmissions() {
    talk.syn().again(CLIENT);
    assertEquals("client RETRANSMISSION", tracking.lastTold());
    talk.synAck().ack(CLIENT).fin(CLIENT).again(CLIENT);
    assertEquals("client RETRANSMISSION", tracking.lastTold());
  }

  @Test
  void shouldTellAnOvertakenSegmentByItsIdentification() {
    talk.connect();
    talk.missing(CLIENT, 3)
        .ipId(CLIENT, 4_037)
        .data(CLIENT, "two")
        .next(CLIENT, 7_000_001)
        .ipId(CLIENT, 4_036)
        .data(CLIENT, "one");
    assertEquals("client REORDERED", tracking.lastTold());
    assertEquals("ShAGD", talkHistory());
    assertEquals(0, tracking.client().unanswered().retransmissions());
    assertEquals(4_037, tracking.client().ipId());
  }

  @Test
  void shouldCallOvertakenOnesRetransmissionsWhenNothingIsNumbered() {
    talk.ipId(CLIENT, 0).connect();
    talk.missing(CLIENT, 3).data(CLIENT, "two").next(CLIENT, 7_000_001).data(CLIENT, "one");
    assertEquals("client RETRANSMISSION", tracking.lastTold());
  }

  @Test
  void shouldNotTakeAnOvertakenAckForAProbe() {
    talk.connect();
    talk.ipId(CLIENT, 4_037)
        .data(CLIENT, "x")
        .next(CLIENT, 7_000_001)
        .ipId(CLIENT, 4_036)
        .ack(CLIENT);
    assertEquals("client PURE_ACK", tracking.lastTold());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void shouldTellAKeepAliveWithOrWithoutAByte(int bytes) {
    talk.connect().data(CLIENT, "hello").ack(BROKER);
    long payload = tracking.client().lastPayloadNanos();
    talk.pause(Duration.ofSeconds(75)).keepAlive(CLIENT, bytes);
    assertEquals("client PROBE", tracking.lastTold());
    assertEquals(talk.next(CLIENT), tracking.client().nextSequence());
    assertEquals(payload, tracking.client().lastPayloadNanos());
    assertEquals("ShADaK", talkHistory());
  }

  @Test
  void shouldNotTakeForPayloadWhatTheOtherSideHadAcknowledgedBefore() {
    talk.connect().data(CLIENT, "late").ack(BROKER);
    long payload = tracking.client().lastPayloadNanos();
    talk.pause(Duration.ofSeconds(2)).again(CLIENT);
    assertEquals("client RETRANSMISSION", tracking.lastTold());
    assertEquals(payload, tracking.client().lastPayloadNanos());
  }

  @Test
  void shouldTakeForPayloadWhatMayHaveBeenLostBefore() {
    talk.connect().data(CLIENT, "lost").pause(Duration.ofSeconds(2)).again(CLIENT);
    assertEquals("client RETRANSMISSION", tracking.lastTold());
    assertEquals(tracking.client().lastNanos(), tracking.client().lastPayloadNanos());
  }

  @Test
  void shouldTellAWindowProbe() {
    talk.connect().data(CLIENT, "full").window(BROKER, 0).ack(BROKER).pause(Duration.ofSeconds(1));
    talk.keepAlive(CLIENT, 0);
    assertEquals("client PROBE", tracking.lastTold());
    assertEquals("ShADawK", talkHistory());
    assertEquals(0, tracking.broker().window());
  }

  @Test
  void shouldNoticeBytesThatWereNotCaptured() {
    talk.connect().missing(BROKER, 100).data(BROKER, "after");
    assertEquals("broker DATA", tracking.lastTold());
    assertEquals("ShAgd", talkHistory());
    assertTrue(tracking.broker().gapSeen());
    assertFalse(tracking.client().gapSeen());
  }

  @Test
  void shouldFollowSequenceNumbersBeyondTheirEnd() {
    talk.next(CLIENT, -3).syn().next(BROKER, -1).synAck();
    talk.ack(CLIENT).data(CLIENT, "beyond").data(CLIENT, "more").again(CLIENT, 2).ack(BROKER);
    assertEquals("client RETRANSMISSION", tracking.told.get(5));
    assertEquals(8, tracking.client().nextSequence());
    assertEquals(8, tracking.broker().lastAcknowledgement());
    assertFalse(tracking.client().gapSeen());
    assertFalse(tracking.client().unanswered().isPending());
  }

  @Test
  void shouldKeepTheHighestAcknowledgement() {
    talk.connect().data(CLIENT, "one").data(CLIENT, "two").ack(BROKER);
    talk.packet(BROKER, Packets.ACK, p -> p.ack(7_000_004));
    assertEquals(7_000_007, tracking.broker().lastAcknowledgement());
  }

  @Test
  void shouldKeepResetsOutOfTheBaseline() {
    talk.connect().data(CLIENT, "hello");
    long last = tracking.client().lastNanos();
    talk.socketReset(CLIENT);
    assertEquals(last, tracking.client().lastNanos());
    assertEquals(3, tracking.client().packets());
    assertTrue(tracking.client().resetSeen());
    assertFalse(tracking.broker().resetSeen());
    assertTrue(tracking.flow().isOver());
    assertEquals(tracking.tap.nanos(), tracking.flow().lastNanos());
  }

  @Test
  void shouldNoteWhoClosedFirst() {
    talk.connect().fin(CLIENT);
    assertFalse(tracking.flow().isOver());
    talk.ack(BROKER).fin(BROKER).again(CLIENT);
    assertTrue(tracking.flow().isOver());
    assertTrue(tracking.client().finSeen());
    assertTrue(tracking.client().closedFirst());
    assertTrue(tracking.broker().finSeen());
    assertFalse(tracking.broker().closedFirst());
  }

  @Test
  void shouldNoteThatTheBrokerClosedFirst() {
    talk.connect().fin(BROKER).again(BROKER).fin(CLIENT);
    assertTrue(tracking.broker().closedFirst());
    assertFalse(tracking.client().closedFirst());
  }

  private String talkHistory() {
    return tracking.flow().history();
  }
}
