package io.rstscope.reset;

import static io.rstscope.net.Side.BROKER;
import static io.rstscope.net.Side.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.AmqpBytes;
import io.rstscope.amqp.AmqpProtocol;
import io.rstscope.testing.Talk;
import org.junit.jupiter.api.Test;

/** Who is who where neither a SYN nor a port tells: a guess that words may correct. */
class GuessedRolesTest {
  private final Observing any = Observing.anyPort();

  /** The client has the lower port, and is taken for the broker. */
  private final Talk odd = new Talk("10.0.0.1", 1_000, "10.0.0.2", 40_000).seenBy(any.tap);

  private final Talk right = new Talk("10.0.0.1", 40_000, "10.0.0.2", 7_000).seenBy(any.tap);

  @Test
  void shouldGiveWordsThatTellNothingToTheSideThatIsGuessed() {
    right.data(CLIENT, "small").data(BROKER, "smaller").socketReset(BROKER);

    assertTrue(any.flow().rolesGuessed());
    assertEquals(5, any.flow().clientBeat().lastLength());
    assertEquals(7, any.flow().brokerBeat().lastLength());
  }

  @Test
  void shouldGiveWordsThatTellToTheSideThatSaidThem() {
    odd.data(CLIENT, AmqpBytes.header091()).socketReset(CLIENT);

    assertFalse(any.flow().rolesGuessed());
    assertEquals(8, any.flow().clientBeat().lastLength());
    assertEquals(Beat.NONE, any.flow().brokerBeat());
  }

  @Test
  void shouldForgetSmallPacketsThatWereTakenForTheOthers() {
    odd.data(CLIENT, "small").data(CLIENT, AmqpBytes.header091()).socketReset(CLIENT);

    assertEquals(8, any.flow().clientBeat().lastLength());
    assertEquals(Beat.NONE, any.flow().brokerBeat());
  }

  @Test
  void shouldForgetAFinThatWasTakenForTheOthers() {
    odd.ack(CLIENT).fin(CLIENT).data(CLIENT, AmqpBytes.header091()).socketReset(CLIENT);
    assertNull(any.flow().closing());
  }

  @Test
  void shouldKeepTheFinWhereTheGuessWasRight() {
    right.ack(CLIENT).fin(CLIENT).data(CLIENT, AmqpBytes.header091()).socketReset(CLIENT);
    assertNotNull(any.flow().closing());
  }

  /** The beginning of a frame would swallow what the other side is now known to have said. */
  @Test
  void shouldReadAnewFromWhereTheRolesAreKnown() {
    odd.data(CLIENT, new byte[] {1, 0, 0, 0, 0}).data(CLIENT, AmqpBytes.header091());
    odd.data(BROKER, AmqpBytes.start());
    odd.data(CLIENT, AmqpBytes.startOk(AmqpBytes.clientProperties())).socketReset(CLIENT);

    assertEquals(AmqpProtocol.AMQP_0_9_1, any.flow().amqp().protocol());
    assertEquals("Pika Python Client Library", any.flow().amqp().client().product());
  }
}
