package io.rstscope.amqp;

import static io.rstscope.amqp.AmqpBytes.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.net.Side;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However TCP cuts, repeats or loses the stream: the same story, or less of it, never another. */
class SegmentationTest {
  private static final byte[] CLIENT =
      join(clientHandshake(), publish(40), heartbeat(), close(200, "Normal shutdown", 0, 0));
  private static final byte[] BROKER =
      join(brokerHandshake(), deliver(30), blocked("memory"), heartbeat(), closeOk());
  private static final AmqpSnapshot WHOLE =
      Conversation.fromStart().client(CLIENT).broker(BROKER).snapshot();

  @Test
  void shouldReadAllWhenEachStreamIsOneSegment() {
    assertEquals(AmqpState.CLOSED, WHOLE.state());
    assertEquals("Normal shutdown", WHOLE.close().text());
    assertEquals(1, WHOLE.heartbeatsFromClient());
    assertEquals(1, WHOLE.heartbeatsFromBroker());
    assertFalse(WHOLE.lostToGaps());
  }

  @Test
  void shouldSayTheSameWhenSplitAtAnyByte() {
    for (int split = 1; split < CLIENT.length; split++) {
      Conversation talk =
          Conversation.fromStart()
              .client(Arrays.copyOf(CLIENT, split))
              .client(Arrays.copyOfRange(CLIENT, split, CLIENT.length))
              .broker(BROKER);
      assertEquals(WHOLE, talk.snapshot(), "client split at " + split);
    }
    for (int split = 1; split < BROKER.length; split++) {
      Conversation talk =
          Conversation.fromStart()
              .client(CLIENT)
              .broker(Arrays.copyOf(BROKER, split))
              .broker(Arrays.copyOfRange(BROKER, split, BROKER.length));
      assertEquals(WHOLE, talk.snapshot(), "broker split at " + split);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 11, 13, 64})
  void shouldSayTheSameWhenSegmentsAreSmall(int size) {
    Conversation talk =
        Conversation.fromStart()
            .pieces(Side.CLIENT, CLIENT, size)
            .pieces(Side.BROKER, BROKER, size);
    assertEquals(WHOLE, talk.snapshot());
  }

  @Test
  void shouldSayTheSameWhenSequenceNumbersWrap() {
    for (int before = 0; before < CLIENT.length; before += 7) {
      Conversation talk =
          Conversation.startingAt(-before, Integer.MAX_VALUE - before)
              .pieces(Side.CLIENT, CLIENT, 10)
              .pieces(Side.BROKER, BROKER, 10);
      assertEquals(WHOLE, talk.snapshot());
    }
  }

  @Test
  void shouldSayTheSameWhenSegmentsAreRepeatedOrOverlap() {
    Conversation talk = Conversation.fromStart();
    int first = talk.next(Side.CLIENT);
    for (int from = 0; from < CLIENT.length; from += 10) {
      int to = Math.min(CLIENT.length, from + 10);
      int back = Math.max(0, from - 17);
      byte[] overlapping = Arrays.copyOfRange(CLIENT, back, to);
      talk.segment(Side.CLIENT, first + back, overlapping, overlapping.length);
      talk.segment(Side.CLIENT, first + back, overlapping, overlapping.length);
    }
    assertEquals(WHOLE, talk.broker(BROKER).snapshot());
  }

  @Test
  void shouldPassOverBytesSeenBeforeWhenTheyComeWithOtherContent() {
    Conversation talk = Conversation.opened();
    byte[] forged = close(320, "forged", 0, 0);
    talk.segment(Side.BROKER, talk.next(Side.BROKER) - forged.length, forged, forged.length);
    assertEquals(AmqpState.OPEN, talk.snapshot().state());
  }

  @Test
  void shouldFindFramesAgainWhenASegmentWasLost() {
    byte[] big = publish(5000);
    Conversation talk =
        Conversation.opened()
            .client(Arrays.copyOf(big, 20))
            .missing(Side.CLIENT, big.length - 20)
            .client(publish(100))
            .client(close(200, "", 0, 0));
    assertTrue(talk.snapshot().lostToGaps());
    assertEquals(Side.CLIENT, talk.snapshot().close().by());
  }

  @Test
  void shouldStayInStepWhenTheLossLiesWithinABody() {
    byte[] big = publish(5000);
    Conversation talk =
        Conversation.opened()
            .client(Arrays.copyOf(big, 1000))
            .missing(Side.CLIENT, 2000)
            .client(Arrays.copyOfRange(big, 3000, big.length), heartbeat());
    assertFalse(talk.snapshot().lostToGaps());
    assertEquals(1, talk.snapshot().heartbeatsFromClient());
  }

  @Test
  void shouldNotTakeABodyForAFrameWhenOutOfStep() {
    byte[] tail = new byte[200];
    Conversation talk =
        Conversation.opened()
            .missing(Side.CLIENT, 1)
            .client(tail)
            .client(bytes().ascii("\1\0\0\0\0\0\4\0\12\0\62!").array());
    assertEquals(AmqpState.OPEN, talk.snapshot().state());
    assertTrue(talk.snapshot().lostToGaps());
  }

  @Test
  void shouldLoseStepWhenAFramesEndIsNotThere() {
    byte[] frame = publish(50);
    frame[frame.length - 1] = 0;
    Conversation talk = Conversation.opened().client(frame, close(200, "", 0, 0));
    assertTrue(talk.snapshot().lostToGaps());
    assertNull(talk.snapshot().close());
  }

  @Test
  void shouldNeverSayOtherwiseWhenAnyOneSegmentIsLost() {
    for (int size = 1; size < 40; size += 3) {
      for (int lost = 0; lost * size < CLIENT.length; lost++) {
        Conversation talk = Conversation.fromStart();
        for (int from = 0, i = 0; from < CLIENT.length; from += size, i++) {
          byte[] piece = Arrays.copyOfRange(CLIENT, from, Math.min(CLIENT.length, from + size));
          if (i == lost) {
            talk.missing(Side.CLIENT, piece.length);
          } else {
            talk.client(piece);
          }
        }
        assertSaysNothingElse(talk.broker(BROKER).snapshot());
      }
    }
  }

  @Test
  void shouldNeverSayOtherwiseWhenSegmentsAreReordered() {
    for (int split = 1; split < CLIENT.length - 1; split++) {
      Conversation talk = Conversation.fromStart();
      int first = talk.next(Side.CLIENT);
      byte[] head = Arrays.copyOf(CLIENT, split);
      byte[] tail = Arrays.copyOfRange(CLIENT, split, CLIENT.length);
      talk.client(new byte[0]).segment(Side.CLIENT, first + split, tail, tail.length);
      talk.segment(Side.CLIENT, first, head, head.length);
      AmqpSnapshot seen = talk.snapshot();
      assertTrue(seen.close() == null || seen.close().code() == 200);
      assertTrue(seen.vhost() == null || seen.vhost().equals("/orders"));
    }
  }

  @Test
  void shouldOpenWhenTheCaptureBeganAmidAConnection() {
    Conversation talk = Conversation.joinedLate().client(new byte[900]);
    assertEquals(AmqpProtocol.NONE, talk.snapshot().protocol());
    talk.client(publish(400)).broker(heartbeat());
    AmqpSnapshot seen = talk.snapshot();
    assertEquals(AmqpProtocol.AMQP_0_9_1, seen.protocol());
    assertEquals(AmqpState.OPEN, seen.state());
    assertEquals(HandshakeStep.NONE, seen.handshakeStep());
    assertEquals(1, seen.heartbeatsFromBroker());
    assertEquals(AmqpState.CLOSING, talk.client(close(200, "", 0, 0)).snapshot().state());
  }

  @Test
  void shouldNeverSayOtherwiseWhenEverySegmentIsCutAtAnySnapLength() {
    for (int snap = 0; snap < 400; snap++) {
      Conversation talk = Conversation.fromStart();
      talk.cut(Side.CLIENT, header091(), snap).cut(Side.BROKER, start(), snap);
      talk.cut(Side.CLIENT, startOk(clientProperties()), snap).cut(Side.BROKER, tune(60), snap);
      talk.cut(Side.CLIENT, join(tuneOk(60)), snap).cut(Side.CLIENT, open("/orders"), snap);
      talk.cut(Side.BROKER, openOk(), snap).cut(Side.CLIENT, publish(300), snap);
      talk.cut(Side.CLIENT, heartbeat(), snap)
          .cut(Side.CLIENT, close(200, "Normal shutdown", 0, 0), snap);
      talk.cut(Side.BROKER, closeOk(), snap);
      assertSaysNothingElse(talk.snapshot());
      if (snap >= 30) {
        assertEquals(AmqpState.CLOSED, talk.snapshot().state(), "snap " + snap);
        assertEquals(60, talk.snapshot().heartbeatSeconds(), "snap " + snap);
        assertEquals(200, talk.snapshot().close().code(), "snap " + snap);
      }
    }
  }

  @Test
  void shouldKeepWhatIsVisibleWhenTheSnapLengthCutsAText() {
    ConnectionClose close =
        Conversation.opened()
            .cut(Side.BROKER, close(320, "CONNECTION_FORCED - shutdown", 0, 0), 31)
            .snapshot()
            .close();
    assertEquals("CONNECTION_FORCED…", close.text());
    assertEquals(-1, close.classId());
  }

  @Test
  void shouldSayThatAMethodIsLostOfWhichTheSnapLengthLeavesNoName() {
    byte[] close = close(200, "Goodbye", 0, 0);
    for (int captured = 1; captured < 11; captured++) {
      AmqpSnapshot seen = Conversation.opened().cut(Side.CLIENT, close, captured).snapshot();
      assertTrue(seen.lostToSnapLength(), captured + " bytes");
      assertNull(seen.close());
    }
    AmqpSnapshot seen = Conversation.opened().cut(Side.CLIENT, close, 11).snapshot();
    assertFalse(seen.lostToSnapLength());
    assertEquals(AmqpState.CLOSING, seen.state());
  }

  @Test
  void shouldKnowACloseByTheLengthOfItsConfirmation() {
    byte[] close = close(320, "CONNECTION_FORCED - shutdown", 0, 0);
    AmqpSnapshot seen =
        Conversation.opened()
            .cut(Side.BROKER, close, 10)
            .cut(Side.CLIENT, AmqpBytes.closeOk(), 10)
            .snapshot();
    assertEquals(AmqpState.CLOSED, seen.state());
    assertEquals(Side.BROKER, seen.close().by());
    assertEquals(-1, seen.close().code());
  }

  @Test
  void shouldNotTakeTheEndOfABlockForAConfirmation() {
    AmqpSnapshot seen =
        Conversation.opened()
            .cut(Side.BROKER, AmqpBytes.blocked("low on memory"), 60)
            .cut(Side.BROKER, AmqpBytes.unblocked(), 10)
            .snapshot();
    assertNull(seen.close());
  }

  @Test
  void shouldSayThatNothingWasVisibleWhenPacketsHoldNoPayload() {
    AmqpSnapshot seen =
        Conversation.fromStart().cut(Side.CLIENT, CLIENT, 0).cut(Side.BROKER, BROKER, 0).snapshot();
    assertFalse(seen.payloadVisible());
    assertTrue(seen.lostToSnapLength());
    assertEquals(AmqpProtocol.NONE, seen.protocol());
  }

  private static void assertSaysNothingElse(AmqpSnapshot seen) {
    assertTrue(seen.heartbeatSeconds() == null || seen.heartbeatSeconds() == 60);
    assertTrue(isPart(seen.vhost(), WHOLE.vhost()));
    assertTrue(isPart(seen.client().product(), WHOLE.client().product()));
    assertTrue(isPart(seen.client().version(), WHOLE.client().version()));
    assertTrue(isPart(seen.client().connectionName(), WHOLE.client().connectionName()));
    if (seen.close() != null) {
      assertEquals(Side.CLIENT, seen.close().by());
      assertTrue(seen.close().code() == 200 || seen.close().code() == -1);
      assertTrue(isPart(seen.close().text(), WHOLE.close().text()));
    }
  }

  private static boolean isPart(String seen, String whole) {
    return seen == null
        || seen.equals(whole)
        || seen.endsWith("…") && whole.startsWith(seen.substring(0, seen.length() - 1));
  }
}
