package io.rstscope.amqp;

import static io.rstscope.amqp.AmqpBytes.heartbeat;
import static io.rstscope.amqp.AmqpBytes.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What AMQP frames are called, segment by segment. */
class FrameNamesTest {
  private final FrameNames names = new FrameNames(AmqpProtocol.AMQP_0_9_1);
  private int sequence = 1_000;

  @Test
  void shouldNameFramesAndCountThoseThatRepeat() {
    assertEquals("protocol header", send(AmqpBytes.header091()));
    assertEquals("heartbeat ×3", send(join(heartbeat(), heartbeat(), heartbeat())));
    assertEquals("connection.close-ok, heartbeat", send(join(AmqpBytes.closeOk(), heartbeat())));
  }

  @Test
  void shouldTellTheCodeOfACloseAndNotItsText() {
    assertEquals("connection.close 320", send(AmqpBytes.close(320, "secret", 0, 0)));
  }

  @Test
  void shouldSayWhereAFrameGoesOn() {
    byte[] close = AmqpBytes.close(320, "shutdown", 0, 0);

    assertEquals("connection.close 320", send(Arrays.copyOf(close, 15)));
    assertEquals(
        "connection.close 320 (continued)", send(Arrays.copyOfRange(close, 15, close.length)));
    assertEquals("heartbeat", send(heartbeat()));
  }

  @Test
  void shouldNameARetransmissionWithoutLosingItsPlace() {
    send(AmqpBytes.header091());
    int before = sequence;
    send(heartbeat());
    int after = sequence;

    sequence = before;
    assertEquals("heartbeat", send(heartbeat()));
    sequence = after;
    assertEquals("heartbeat", send(heartbeat()));
  }

  @Test
  void shouldFindTheFramesAgainAfterALoss() {
    send(AmqpBytes.header091());
    sequence += 5_000;

    assertNull(send(new byte[] {7, 7, 7, 7, 7, 7, 7, 7, 7}));
    assertEquals("heartbeat", send(heartbeat()));
  }

  @Test
  void shouldNameNothingOfWhatItCannotRead() {
    byte[] bytes = heartbeat();

    assertNull(new FrameNames(AmqpProtocol.HTTP).of(1, bytes, 0, bytes.length, bytes.length));
    assertEquals(
        "TLS", new FrameNames(AmqpProtocol.TLS).of(1, bytes, 0, bytes.length, bytes.length));
    assertNull(names.of(1, bytes, 0, 0, 0));
  }

  @Test
  void shouldSurviveAnyBytesAndReadNoneBeyondThem() {
    Random random = new Random(11);
    for (AmqpProtocol protocol :
        new AmqpProtocol[] {AmqpProtocol.AMQP_0_9_1, AmqpProtocol.AMQP_1_0}) {
      FrameNames any = new FrameNames(protocol);
      for (int i = 0; i < 20_000; i++) {
        byte[] bytes = new byte[random.nextInt(40)];
        for (int j = 0; j < bytes.length; j++) {
          // small numbers look like frames more often
          bytes[j] = (byte) (random.nextBoolean() ? random.nextInt(4) : random.nextInt(256));
        }
        any.of(random.nextInt(64), bytes, 0, bytes.length, bytes.length + random.nextInt(3));
      }
    }
  }

  private String send(byte[] payload) {
    String name = names.of(sequence, payload, 0, payload.length, payload.length);
    sequence += payload.length;
    return name;
  }
}
