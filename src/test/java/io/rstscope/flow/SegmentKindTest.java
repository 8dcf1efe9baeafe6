package io.rstscope.flow;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.testing.Conversation;
import io.rstscope.testing.Packets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each segment does in its flow, and the history that comes of it. */
class SegmentKindTest {
  private final Tracking tracking = Tracking.usual();
  private final Conversation talk = Conversation.usual(tracking.tap);

  @Test
  void shouldNameTheSegmentsOfAPlainConnection() {
    talk.handshake();
    talk.client.send("question");
    talk.broker.ack().send("answer");
    talk.client.fin();
    talk.broker.abort();
    assertEquals(
        List.of(
            "client SYN",
            "broker SYN",
            "client BARE_ACK",
            "client DATA",
            "broker BARE_ACK",
            "broker DATA",
            "client FIN",
            "broker RST"),
        tracking.told);
    assertEquals("ShADadFr", talkHistory());
  }

  @Test
  void shouldCountDataWithFinAsBoth() {
    talk.handshake();
    talk.client.put(
        tcp().flags(Packets.FIN | Packets.PSH | Packets.ACK).seq(1_001).payload("last"));
    assertEquals("client DATA", tracking.lastTold());
    assertEquals("ShADF", talkHistory());
    assertEquals(1_006, tracking.client().nextSequence());
  }

  @Test
  void shouldHoldEachLetterOnce() {
    talk.client.syn();
    talk.broker.synAck();
    talk.client.ack().send("aa").sendAgain(1).keepAlive(0).window(0).ack().lose(9).send("b");
    talk.broker.ack().send("aa").sendAgain(1).keepAlive(0).window(0).ack().lose(9).send("b");
    assertEquals("ShADTKWGadtkwg", talkHistory());
    talk.client.fin().sendAgain(1).abort().abort();
    talk.broker.fin().abort().abort();
    assertEquals("ShADTKWGadtkwgFRfr", talkHistory());
  }

  @Test
  void shouldWriteAnyOrderOfAllTwentyLetters() {
    FlowTable table = new FlowTable();
    Flow flow = table.newView();
    table.add(new Segment(), flow);
    for (int letter = History.PROBE; letter >= History.SYN; letter--) {
      flow.note(letter, false);
      flow.note(letter, true);
      flow.note(letter, false);
    }
    assertEquals("kKgGwWtTrRfFdDaAhHsS", flow.history());
    flow.swapRoles();
    assertEquals("KkGgWwTtRrFfDdAaHhSs", flow.history());
  }

  @Test
  void shouldCallTheSameBytesARetransmission() {
    talk.handshake();
    talk.client.send("one").send("two").sendAgain(2).sendAgain(1);
    assertEquals(
        List.of("client DATA", "client DATA", "client RETRANSMISSION", "client RETRANSMISSION"),
        tracking.told.subList(3, 7));
    assertEquals(1_007, tracking.client().nextSequence());
  }

  @Test
  void shouldCallOldBytesARetransmissionThoughNewOnesFollowThem() {
    talk.handshake();
    talk.client.send("one").next(1_001).send("one and two");
    assertEquals("client RETRANSMISSION", tracking.lastTold());
    assertEquals(1_012, tracking.client().nextSequence());
    assertFalse(tracking.client().gapSeen());
  }

  @Test
  void shouldCallASynAndAFinSentAgainRetransmissions() {
    talk.client.syn().sendAgain(1);
    assertEquals("client RETRANSMISSION", tracking.lastTold());
    talk.broker.synAck();
    talk.client.ack().fin().sendAgain(1);
    assertEquals("client RETRANSMISSION", tracking.lastTold());
  }

  @Test
  void shouldTellAnOvertakenSegmentByItsIdentification() {
    talk.handshake();
    talk.client.lose(3).id(104).send("two").next(1_001).id(103).send("one");
    assertEquals("client OVERTAKEN", tracking.lastTold());
    assertEquals("ShAGD", talkHistory());
    assertEquals(0, tracking.client().unanswered().again());
    assertEquals(104, tracking.client().ipId());
  }

  @Test
  void shouldCallAnOvertakenSegmentARetransmissionWhenNothingIsNumbered() {
    talk.client.id(0);
    talk.handshake();
    talk.client.lose(3).send("two").next(1_001).send("one");
    assertEquals("client RETRANSMISSION", tracking.lastTold());
  }

  @Test
  void shouldNotTakeAnOvertakenAckForAProbe() {
    talk.handshake();
    talk.client.id(104).send("x").next(1_001).id(103).ack();
    assertEquals("client BARE_ACK", tracking.lastTold());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void shouldTellAKeepAliveWithOrWithoutAByte(int bytes) {
    talk.handshake();
    talk.client.send("hello");
    talk.broker.ack();
    long payload = tracking.client().lastPayloadNanos();
    talk.pass(75, SECONDS);
    talk.client.keepAlive(bytes);
    assertEquals("client PROBE", tracking.lastTold());
    assertEquals(talk.client.next(), tracking.client().nextSequence());
    assertEquals(payload, tracking.client().lastPayloadNanos());
    assertEquals("ShADaK", talkHistory());
  }

  @Test
  void shouldTellAWindowProbe() {
    talk.handshake();
    talk.client.send("full");
    talk.broker.window(0).ack();
    talk.pass(1, SECONDS);
    talk.client.keepAlive(0);
    assertEquals("client PROBE", tracking.lastTold());
    assertEquals("ShADawK", talkHistory());
    assertEquals(0, tracking.broker().window());
  }

  @Test
  void shouldNoticeBytesThatWereNotCaptured() {
    talk.handshake();
    talk.broker.lose(100).send("after");
    assertEquals("broker DATA", tracking.lastTold());
    assertEquals("ShAgd", talkHistory());
    assertTrue(tracking.broker().gapSeen());
    assertFalse(tracking.client().gapSeen());
  }

  @Test
  void shouldFollowSequenceNumbersBeyondTheirEnd() {
    talk.client.next(-3).syn();
    talk.broker.next(-1).synAck();
    talk.client.ack().send("beyond").send("more").sendAgain(2);
    talk.broker.ack();
    assertEquals("client RETRANSMISSION", tracking.told.get(5));
    assertEquals(8, tracking.client().nextSequence());
    assertEquals(8, tracking.broker().lastAcknowledgement());
    assertFalse(tracking.client().gapSeen());
    assertFalse(tracking.client().unanswered().isPending());
  }

  @Test
  void shouldKeepTheHighestAcknowledgement() {
    talk.handshake();
    talk.client.send("one").send("two");
    talk.broker.ack();
    talk.broker.put(talk.broker.packet().tcp(5672, 40_000).seq(5_001).ack(1_004));
    assertEquals(1_007, tracking.broker().lastAcknowledgement());
  }

  @Test
  void shouldKeepResetsOutOfTheBaseline() {
    talk.handshake();
    talk.client.send("hello");
    long last = tracking.client().lastNanos();
    talk.client.abort();
    assertEquals(last, tracking.client().lastNanos());
    assertEquals(3, tracking.client().packets());
    assertTrue(tracking.client().resetSeen());
    assertFalse(tracking.broker().resetSeen());
    assertTrue(tracking.flow().isOver());
    assertEquals(tracking.tap.nanos(), tracking.flow().lastNanos());
  }

  @Test
  void shouldNoteWhoClosedFirst() {
    talk.handshake();
    talk.client.fin();
    assertFalse(tracking.flow().isOver());
    talk.broker.ack().fin();
    talk.client.sendAgain(1);
    assertTrue(tracking.flow().isOver());
    assertTrue(tracking.client().finSeen());
    assertTrue(tracking.client().closedFirst());
    assertTrue(tracking.broker().finSeen());
    assertFalse(tracking.broker().closedFirst());
  }

  @Test
  void shouldNoteThatTheBrokerClosedFirst() {
    talk.handshake();
    talk.broker.fin().sendAgain(1);
    talk.client.fin();
    assertTrue(tracking.broker().closedFirst());
    assertFalse(tracking.client().closedFirst());
  }

  private Packets tcp() {
    return talk.client.packet().tcp(40_000, 5672);
  }

  private String talkHistory() {
    return tracking.flow().history();
  }
}
