package io.rstscope.amqp;

import static io.rstscope.amqp.AmqpBytes.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rstscope.net.Side;
import org.junit.jupiter.api.Test;

/**
 * Which segments need not be read. That they lead to the same as reading does is asserted by {@link
 * Conversation}, for every segment of every test.
 */
class SkimmingTest {
  /** The client has not sent anything since the connection was open: what comes first is read. */
  private final Conversation talk = Conversation.opened().client(publish(1));

  private final int before = talk.skimmed();

  @Test
  void shouldReadAllOfTheHandshake() {
    assertEquals(0, before);
  }

  @Test
  void shouldSkimWholeMessages() {
    talk.client(publish(40)).broker(deliver(30), deliver(0)).client(publish(7));
    assertEquals(3, skimmed());
  }

  @Test
  void shouldSkimPiecesOfALargeMessage() {
    talk.pieces(Side.CLIENT, publish(5_000), 1_000);
    assertEquals(6, skimmed());
  }

  @Test
  void shouldSkimAMessageOfWhichTheCaptureHoldsTheHeadersOnly() {
    byte[] message = publish(5_000);
    talk.cut(Side.CLIENT, message, 200).client(publish(40));
    assertEquals(2, skimmed());
  }

  @Test
  void shouldSkimMessagesOfWhichTheCaptureHoldsTheBeginningOnly() {
    for (int i = 0; i < 10; i++) {
      byte[] messages = join(publish(40), publish(300));
      talk.cut(Side.CLIENT, messages, 30);
    }
    // the first one tells that frames are cut
    assertEquals(9, skimmed());
    talk.client(publish(40)).client(heartbeat());
    assertEquals(10, skimmed());
    assertEquals(1, talk.snapshot().heartbeatsFromClient());
  }

  @Test
  void shouldReadHeartbeatsAndWhateverIsSaidOfTheConnection() {
    talk.client(heartbeat()).broker(heartbeat(), deliver(30)).broker(blocked("memory"));
    talk.client(publish(40), close(200, "Normal shutdown", 0, 0));
    assertEquals(0, skimmed());
    assertEquals(AmqpState.CLOSING, talk.snapshot().state());
  }

  @Test
  void shouldReadAFrameWhoseHeaderIsInTwoSegments() {
    byte[] message = deliver(30);
    talk.pieces(Side.BROKER, message, message.length - 35);
    assertEquals(0, skimmed());
  }

  @Test
  void shouldReadASegmentThatDoesNotEndAFrameWhereItShould() {
    byte[] message = publish(40);
    message[message.length - 1] = 0;
    talk.client(message);
    assertEquals(0, skimmed());
  }

  private int skimmed() {
    return talk.skimmed() - before;
  }
}
