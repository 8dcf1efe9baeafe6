package io.rstscope.amqp;

import static io.rstscope.amqp.AmqpBytes.*;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.net.Side;
import org.junit.jupiter.api.Test;

class Connection091Test {
  @Test
  void shouldKnowAllOfTheHandshakeWhenOpen() {
    AmqpSnapshot seen = Conversation.opened().snapshot();
    assertAll(
        () -> assertEquals(AmqpProtocol.AMQP_0_9_1, seen.protocol()),
        () -> assertEquals(AmqpState.OPEN, seen.state()),
        () -> assertEquals(HandshakeStep.OPEN_OK, seen.handshakeStep()),
        () -> assertEquals(60, seen.heartbeatSeconds()),
        () -> assertEquals("/orders", seen.vhost()),
        () ->
            assertEquals(
                new ClientIdentity(
                    "Pika Python Client Library", "1.3.2", "Python 3.11.2", "orders-7"),
                seen.client()),
        () -> assertNull(seen.close()),
        () -> assertTrue(seen.payloadVisible()),
        () -> assertFalse(seen.lostToGaps() || seen.lostToSnapLength()));
  }

  @Test
  void shouldNameTheLastStepWhenTheHandshakeStops() {
    Conversation talk = Conversation.fromStart();
    assertEquals(HandshakeStep.NONE, talk.snapshot().handshakeStep());
    talk.client(header091());
    assertEquals(HandshakeStep.HEADER, talk.snapshot().handshakeStep());
    talk.broker(start());
    assertEquals(HandshakeStep.START, talk.snapshot().handshakeStep());
    talk.client(startOk(clientProperties()));
    assertEquals(HandshakeStep.START_OK, talk.snapshot().handshakeStep());
    talk.broker(tune(60));
    assertEquals(HandshakeStep.TUNE, talk.snapshot().handshakeStep());
    talk.client(tuneOk(60));
    assertEquals(HandshakeStep.TUNE_OK, talk.snapshot().handshakeStep());
    talk.client(open("/"));
    assertEquals(HandshakeStep.OPEN, talk.snapshot().handshakeStep());
    assertEquals(AmqpState.HANDSHAKE, talk.snapshot().state());
  }

  @Test
  void shouldTakeTheClientsHeartbeatWhenItDiffersFromTheBrokers() {
    AmqpSnapshot seen =
        Conversation.fromStart().client(header091(), tuneOk(0)).broker(tune(60)).snapshot();
    assertEquals(0, seen.heartbeatSeconds());
    assertEquals(60, seen.heartbeatProposedSeconds());
  }

  @Test
  void shouldNotKnowTheHeartbeatWhenTuneOkWasNotSeen() {
    assertNull(Conversation.fromStart().client(header091()).snapshot().heartbeatSeconds());
  }

  @Test
  void shouldTellWhoClosedAndWhyWhenTheBrokerCloses() {
    Conversation talk =
        Conversation.opened()
            .broker(close(320, "CONNECTION_FORCED - broker forced connection closure", 0, 0));
    assertEquals(AmqpState.CLOSING, talk.snapshot().state());
    talk.client(closeOk());
    assertEquals(AmqpState.CLOSED, talk.snapshot().state());
    assertEquals(
        new ConnectionClose(
            Side.BROKER,
            320,
            "connection-forced",
            "CONNECTION_FORCED - broker forced connection closure",
            52,
            0,
            0,
            Side.CLIENT),
        talk.snapshot().close());
  }

  @Test
  void shouldTellWhoClosedWhenTheClientCloses() {
    Conversation talk = Conversation.opened().client(close(200, "bye", 60, 40)).broker(closeOk());
    ConnectionClose close = talk.snapshot().close();
    assertEquals(Side.CLIENT, talk.snapshot().close().by());
    assertEquals(60, close.classId());
    assertEquals(40, close.methodId());
    assertEquals(Side.BROKER, close.confirmedBy());
  }

  @Test
  void shouldKeepTheFirstCloseWhenBothClose() {
    Conversation talk =
        Conversation.opened().client(close(200, "", 0, 0)).broker(close(320, "", 0, 0));
    assertEquals(Side.CLIENT, talk.snapshot().close().by());
  }

  @Test
  void shouldInferWhoClosedWhenOnlyCloseOkWasSeen() {
    ConnectionClose close = Conversation.opened().broker(closeOk()).snapshot().close();
    assertEquals(Side.CLIENT, close.by());
    assertEquals(-1, close.code());
  }

  @Test
  void shouldSayAuthenticationFailedWhenTheBrokerClosesWith403() {
    Conversation talk =
        Conversation.fromStart()
            .client(header091(), startOk(clientProperties()))
            .broker(start(), close(403, "ACCESS_REFUSED", 0, 0));
    assertTrue(talk.snapshot().authenticationFailed());
  }

  @Test
  void shouldMakeTheCloseTextSafeWhenItHoldsControlCharacters() {
    ConnectionClose close =
        Conversation.opened().broker(close(541, "a\u001b[31m\n\u202eb", 0, 0)).snapshot().close();
    assertEquals("a\uFFFD[31m\uFFFD\uFFFDb", close.text());
  }

  @Test
  void shouldFollowBlockedAndUnblocked() {
    Conversation talk = Conversation.opened().broker(blocked("low on memory"));
    assertEquals(AmqpState.BLOCKED, talk.snapshot().state());
    assertEquals("low on memory", talk.snapshot().blockedReason());
    talk.broker(unblocked());
    assertEquals(AmqpState.OPEN, talk.snapshot().state());
    assertFalse(talk.snapshot().blocked());
  }

  @Test
  void shouldCountHeartbeatsOfEachSide() {
    AmqpSnapshot seen =
        Conversation.opened()
            .client(heartbeat())
            .broker(heartbeat(), heartbeat())
            .client(publish(300), heartbeat(), publish(0), heartbeat())
            .snapshot();
    assertEquals(3, seen.heartbeatsFromClient());
    assertEquals(2, seen.heartbeatsFromBroker());
  }

  @Test
  void shouldIgnoreMethodsWhenTheWrongSideSendsThem() {
    AmqpSnapshot seen =
        Conversation.opened()
            .client(blocked("me"), tune(7), openOk())
            .broker(tuneOk(7), open("other"), startOk(new byte[0]))
            .snapshot();
    assertEquals(AmqpState.OPEN, seen.state());
    assertEquals(60, seen.heartbeatSeconds());
    assertEquals("/orders", seen.vhost());
    assertEquals("orders-7", seen.client().connectionName());
  }

  @Test
  void shouldNotLookIntoNestedTablesWhenTheyHoldTheSameNames() {
    byte[] deep = bytes().property("product", "nested").array();
    for (int i = 0; i < 100; i++) {
      deep = bytes().shortString("t").u8('F').table(deep).array();
    }
    byte[] properties = join(deep, bytes().property("version", "2").array());
    ClientIdentity client =
        Conversation.fromStart().client(header091(), startOk(properties)).snapshot().client();
    assertEquals(new ClientIdentity(null, "2", null, null), client);
  }

  @Test
  void shouldBoundPropertiesWhenTheyAreLong() {
    byte[] properties = bytes().property("product", "x".repeat(2000)).array();
    String product =
        Conversation.fromStart()
            .client(header091(), startOk(properties))
            .snapshot()
            .client()
            .product();
    assertEquals("x".repeat(254) + "…", product);
  }

  @Test
  void shouldShareWhatIsKnownWhenConnectionsSayTheSame() {
    AmqpReader reader = new AmqpReader(1 << 28);
    Conversation one = Conversation.readBy(reader).client(clientHandshake());
    Conversation two = Conversation.readBy(reader).client(clientHandshake());
    assertSame(one.known(), two.known());
    assertNotSame(one.known(), Conversation.fromStart().client(clientHandshake()).known());
  }

  @Test
  void shouldSayTheVersionWasRefusedWhenTheBrokerAnswersWithAHeader() {
    Conversation talk = Conversation.fromStart().client(header(1, 1, 8, 0)).broker(header091());
    assertEquals(AmqpProtocol.AMQP_OTHER, talk.snapshot().protocol());
    assertTrue(talk.snapshot().versionRefused());
    assertEquals(AmqpState.CLOSED, talk.snapshot().state());
  }

  @Test
  void shouldKeepEnoughOfTheBrokersLastWordsWhenOthersSayTooMuch() {
    String shutdown = "CONNECTION_FORCED - broker forced connection closure with reason 'shutdown'";
    AmqpReader full = new AmqpReader(0);
    Conversation.readBy(full).client(clientHandshake());

    Conversation talk = Conversation.readBy(full).broker(close(320, shutdown, 0, 0));
    Conversation other = Conversation.readBy(full).broker(close(320, shutdown.repeat(2), 0, 0));

    assertEquals(shutdown, talk.snapshot().close().text());
    assertEquals(96, other.snapshot().close().text().length());
  }
}
