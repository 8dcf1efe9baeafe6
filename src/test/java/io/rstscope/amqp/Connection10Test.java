package io.rstscope.amqp;

import static io.rstscope.amqp.AmqpBytes.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.net.Side;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Connection10Test {
  private static final byte[] CLIENT =
      join(
          header(3, 1, 0, 0),
          saslInit(),
          header(0, 1, 0, 0),
          open10("container-3", "vhost:orders", 30_000),
          emptyFrame10(),
          close10());
  private static final byte[] BROKER =
      join(
          header(3, 1, 0, 0),
          saslMechanisms(),
          saslOutcome(0),
          header(0, 1, 0, 0),
          open10("rabbit@one", "", 60_000),
          close10("amqp:connection:forced", "shutdown"));

  @Test
  void shouldKnowTheConnectionWhenOpen() {
    AmqpSnapshot seen =
        Conversation.fromStart()
            .client(header(3, 1, 0, 0))
            .broker(header(3, 1, 0, 0), saslMechanisms())
            .client(saslInit())
            .broker(saslOutcome(0))
            .client(header(0, 1, 0, 0), open10("container-3", "vhost:orders", 30_000))
            .broker(header(0, 1, 0, 0), open10("rabbit@one", "", 60_000))
            .client(emptyFrame10())
            .snapshot();
    assertEquals(AmqpProtocol.AMQP_1_0, seen.protocol());
    assertEquals(AmqpState.OPEN, seen.state());
    assertEquals(30, seen.heartbeatSeconds());
    assertEquals(60, seen.heartbeatProposedSeconds());
    assertEquals(60, seen.heartbeatOwed(Side.CLIENT));
    assertEquals(30, seen.heartbeatOwed(Side.BROKER));
    assertEquals("orders", seen.vhost());
    assertEquals(new ClientIdentity("qpid-proton", "0.39.0", null, "container-3"), seen.client());
    assertEquals(1, seen.heartbeatsFromClient());
    assertFalse(seen.lostToGaps());
  }

  /** Clients send the name of the host that they connect to, as the protocol says (2.7.1). */
  @Test
  void shouldNotTakeAHostsNameForThatOfAVirtualHost() {
    AmqpSnapshot seen =
        Conversation.fromStart()
            .client(header(0, 1, 0, 0), open10("container-3", "broker.example", 30_000))
            .broker(header(0, 1, 0, 0), open10("rabbit@one", "", 60_000))
            .snapshot();

    assertEquals(AmqpState.OPEN, seen.state());
    assertNull(seen.vhost());
  }

  @Test
  void shouldSayAuthenticationFailedWhenTheOutcomeIsNotOk() {
    AmqpSnapshot seen =
        Conversation.fromStart()
            .client(header(3, 1, 0, 0), saslInit())
            .broker(header(3, 1, 0, 0), saslMechanisms(), saslOutcome(1))
            .snapshot();
    assertTrue(seen.authenticationFailed());
    assertEquals(AmqpState.HANDSHAKE, seen.state());
  }

  @Test
  void shouldTellConditionAndDescriptionWhenTheBrokerCloses() {
    Conversation talk = Conversation.fromStart().client(header(0, 1, 0, 0));
    talk.broker(header(0, 1, 0, 0), close10("amqp:connection:forced", "shutdown"));
    assertEquals(AmqpState.CLOSING, talk.snapshot().state());
    talk.client(close10());
    assertEquals(AmqpState.CLOSED, talk.snapshot().state());
    assertEquals(
        new ConnectionClose(
            Side.BROKER, -1, "amqp:connection:forced", "shutdown", -1, -1, -1, Side.CLIENT),
        talk.snapshot().close());
  }

  @Test
  void shouldSayTheSameWhenSplitAtAnyByte() {
    AmqpSnapshot whole = Conversation.fromStart().client(CLIENT).broker(BROKER).snapshot();
    assertEquals(AmqpState.CLOSED, whole.state());
    for (int size = 1; size < 30; size++) {
      Conversation talk =
          Conversation.fromStart()
              .pieces(Side.CLIENT, CLIENT, size)
              .pieces(Side.BROKER, BROKER, size);
      assertEquals(whole, talk.snapshot(), "pieces of " + size);
    }
    for (int split = 1; split < CLIENT.length; split++) {
      Conversation talk =
          Conversation.fromStart()
              .client(Arrays.copyOf(CLIENT, split))
              .client(Arrays.copyOfRange(CLIENT, split, CLIENT.length))
              .broker(BROKER);
      assertEquals(whole, talk.snapshot(), "client split at " + split);
    }
  }

  @Test
  void shouldRecogniseFramesWhenTheCaptureBeganAmidAConnection() {
    AmqpSnapshot seen =
        Conversation.joinedLate()
            .client(performative(0, 0x14, 1, bytes().u8(0x43).array()))
            .client(emptyFrame10())
            .snapshot();
    assertEquals(AmqpProtocol.AMQP_1_0, seen.protocol());
    assertEquals(AmqpState.OPEN, seen.state());
    assertEquals(1, seen.heartbeatsFromClient());
  }

  @Test
  void shouldSayTheVersionWasRefusedWhenTheBrokerSpeaksOnly091() {
    AmqpSnapshot seen =
        Conversation.fromStart().client(header(3, 1, 0, 0)).broker(header091()).snapshot();
    assertTrue(seen.versionRefused());
    assertNull(seen.heartbeatSeconds());
  }
}
