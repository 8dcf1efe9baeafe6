package io.rstscope.amqp;

import static io.rstscope.amqp.AmqpBytes.*;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.net.Side;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes: no exception, an end, and bounded memory of it. */
class HostileBytesTest {
  private static final byte[] CLIENT_0_9_1 =
      join(clientHandshake(), publish(40), heartbeat(), close(200, "bye", 0, 0));
  private static final byte[] BROKER_0_9_1 = join(brokerHandshake(), deliver(9), blocked("x"));
  private static final byte[] CLIENT_1_0 =
      join(header(3, 1, 0, 0), saslInit(), header(0, 1, 0, 0), open10("c", "h", 5), close10());
  private static final byte[] BROKER_1_0 =
      join(header(3, 1, 0, 0), saslOutcome(0), header(0, 1, 0, 0), close10("a:b", "c"));
  private static final byte[] PROXIED =
      join(bytes().ascii("PROXY TCP4 1.2.3.4 5.6.7.8 9 10\r\n").array(), CLIENT_0_9_1);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shouldSurviveWhenBytesAreChangedAtRandom(long seed) {
    assertTimeoutPreemptively(Duration.ofSeconds(60), () -> mutate(new Random(seed)));
  }

  private static void mutate(Random random) {
    byte[][][] talks = {
      {CLIENT_0_9_1, BROKER_0_9_1}, {CLIENT_1_0, BROKER_1_0}, {PROXIED, BROKER_0_9_1}
    };
    for (int round = 0; round < 8_000; round++) {
      byte[][] talk = talks[random.nextInt(talks.length)];
      Conversation conversation =
          random.nextInt(4) == 0 ? Conversation.joinedLate() : Conversation.fromStart();
      send(conversation, Side.CLIENT, changed(talk[0], random), random);
      send(conversation, Side.BROKER, changed(talk[1], random), random);
      assertBounded(conversation.snapshot());
    }
  }

  private static byte[] changed(byte[] stream, Random random) {
    byte[] copy = stream.clone();
    for (int i = random.nextInt(6); i > 0; i--) {
      int[] odd = {0, 1, 0x7f, 0x80, 0xff, 0xCE, random.nextInt(256)};
      copy[random.nextInt(copy.length)] = (byte) odd[random.nextInt(odd.length)];
    }
    return copy;
  }

  private static void send(Conversation conversation, Side from, byte[] stream, Random random) {
    int most = 1 + random.nextInt(stream.length);
    for (int at = 0; at < stream.length; ) {
      int to = Math.min(stream.length, at + 1 + random.nextInt(most));
      byte[] piece = Arrays.copyOfRange(stream, at, to);
      switch (random.nextInt(20)) {
        case 0 -> conversation.missing(from, piece.length);
        case 1 -> conversation.cut(from, piece, random.nextInt(piece.length + 1));
        case 2 -> conversation.segment(from, random.nextInt(), piece, piece.length);
        case 3 -> conversation.segment(from, conversation.next(from) - 5, piece, 9);
        default -> conversation.cut(from, piece, piece.length);
      }
      at = to;
    }
  }

  static void assertBounded(AmqpSnapshot seen) {
    ClientIdentity client = seen.client();
    String[] texts = {
      seen.vhost(),
      client.product(),
      client.version(),
      client.platform(),
      client.connectionName(),
      seen.blockedReason(),
      seen.close() == null ? null : seen.close().text()
    };
    for (String text : texts) {
      assertTrue(text == null || text.length() <= 255 && text.chars().noneMatch(c -> c < ' '));
    }
  }
}
