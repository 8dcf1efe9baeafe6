package io.rstscope.amqp;

import static io.rstscope.amqp.AmqpBytes.*;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.net.Side;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is read of payloads is no password and no message, however TCP cuts, repeats, reorders or
 * loses it; and of payloads in which all else is zero the same is read again.
 */
class PayloadReadsTest {
  private static final String MESSAGE = "IBAN DE02 1203 0000 0000 2020 51; ";

  /** Parts this long would be a leak; shorter ones occur by chance. */
  private static final int PART = 4;

  private static final byte[] CLIENT_0_9_1 =
      join(
          header091(),
          startOk(clientProperties()),
          connectionMethod(21, bytes().longString(PASSWORD).array()),
          tuneOk(60),
          open("/orders"),
          publish(MESSAGE.repeat(3)),
          heartbeat(),
          connectionMethod(70, bytes().longString(PASSWORD).shortString("renewal").array()),
          publish(MESSAGE),
          close(200, "Normal shutdown", 0, 0));

  private static final byte[] BROKER_0_9_1 =
      join(
          start(),
          connectionMethod(20, bytes().longString(PASSWORD).array()),
          tune(60),
          openOk(),
          publish(MESSAGE.repeat(5)),
          channelClose(404, "NOT_FOUND - no queue"),
          blocked("memory"),
          heartbeat(),
          closeOk());

  private static final byte[] CLIENT_1_0 =
      join(
          header(3, 1, 0, 0),
          saslInit(),
          header(0, 1, 0, 0),
          open10("orders", "host", 30_000),
          performative(0, 0x14, 1, bytes().u8(0x43).array()),
          frame10(
              0,
              join(
                  described(0x14, 1, bytes().u8(0x43).array()),
                  MESSAGE.repeat(4).getBytes(ISO_8859_1))),
          emptyFrame10(),
          close10("amqp:connection:forced", "bye"));

  private static final byte[] BROKER_1_0 =
      join(
          header(3, 1, 0, 0),
          saslMechanisms(),
          saslOutcome(0),
          header(0, 1, 0, 0),
          open10("broker", "host", 60_000),
          frame10(
              0, join(described(0x14, 1, bytes().u8(0x43).array()), MESSAGE.getBytes(ISO_8859_1))),
          close10());

  private static final byte[] HTTP =
      ("POST /api HTTP/1.1\r\nAuthorization: Basic " + PASSWORD + "\r\n\r\n" + MESSAGE)
          .getBytes(ISO_8859_1);

  private static final byte[] UNKNOWN = (PASSWORD + "\r\n" + MESSAGE).getBytes(ISO_8859_1);

  static byte[][] streams() {
    return new byte[][] {CLIENT_0_9_1, CLIENT_1_0, UNKNOWN};
  }

  /** Basic.publish, its header and a body that is no one else's business. */
  private static byte[] publish(String body) {
    byte[] bytes = body.getBytes(ISO_8859_1);
    return join(
        method(1, 60, 40, bytes().u16(0).shortString("").shortString("queue").u8(0).array()),
        frame(2, 1, bytes().u16(60).u16(0).u32(0).u32(bytes.length).u16(0).array()),
        frame(3, 1, bytes));
  }

  /** Two conversations: the whole one, and what was read of it. */
  private static final class Pair {
    private static final int OFFSET = 16;

    final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private byte[] segment;
    private final Conversation whole =
        Conversation.readBy(new AmqpReader(1 << 28, (data, from, to) -> keep(data, from, to)));
    private final Conversation stripped = Conversation.fromStart();

    private void keep(byte[] data, int from, int to) {
      System.arraycopy(data, from, segment, from - OFFSET, to - from);
    }

    void segment(Side from, int sequence, byte[] captured, int length) {
      segment = new byte[captured.length];
      whole.segment(from, sequence, captured, length);
      stripped.segment(from, sequence, segment, length);
      kept.writeBytes(segment);
    }

    void add(Side from, byte[] payload) {
      segment(from, whole.next(from), payload, payload.length);
      missing(from, payload.length);
    }

    void missing(Side from, int bytes) {
      whole.missing(from, bytes);
      stripped.missing(from, bytes);
    }

    void pieces(Side from, byte[] stream, int size) {
      for (int at = 0; at < stream.length; at += size) {
        add(from, Arrays.copyOfRange(stream, at, Math.min(stream.length, at + size)));
      }
    }

    void assertSame(String where) {
      assertEquals(whole.snapshot(), stripped.snapshot(), where);
      assertFalse(leaks(kept.toByteArray()), where);
    }
  }

  private static boolean leaks(byte[] bytes) {
    String text = new String(bytes, ISO_8859_1);
    return holdsPart(text, PASSWORD) || holdsPart(text, MESSAGE);
  }

  private static boolean holdsPart(String text, String secret) {
    for (int at = 0; at + PART <= secret.length(); at++) {
      if (text.contains(secret.substring(at, at + PART))) {
        return true;
      }
    }
    return false;
  }

  private static void check(String where, Consumer<Pair> talk) {
    Pair pair = new Pair();
    talk.accept(pair);
    pair.assertSame(where);
  }

  @Test
  void shouldFindALeakWhenThereIsOne() {
    assertTrue(leaks(CLIENT_0_9_1) && leaks(BROKER_0_9_1) && leaks(CLIENT_1_0) && leaks(HTTP));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 11, 13, 64, 10_000})
  void shouldReadNoSecretOfSegmentsOfThatSize(int size) {
    check(
        "0-9-1",
        talk -> {
          talk.pieces(Side.CLIENT, CLIENT_0_9_1, size);
          talk.pieces(Side.BROKER, BROKER_0_9_1, size);
        });
    check(
        "1.0",
        talk -> {
          talk.pieces(Side.CLIENT, CLIENT_1_0, size);
          talk.pieces(Side.BROKER, BROKER_1_0, size);
        });
  }

  @ParameterizedTest
  @MethodSource("streams")
  void shouldReadNoSecretWhenSplitAtAnyByte(byte[] stream) {
    for (int split = 1; split < stream.length; split++) {
      byte[] head = Arrays.copyOf(stream, split);
      byte[] tail = Arrays.copyOfRange(stream, split, stream.length);
      check(
          "split at " + split,
          talk -> {
            talk.add(Side.CLIENT, head);
            talk.add(Side.CLIENT, tail);
          });
      check(
          "reordered at " + split,
          talk -> {
            int first = talk.whole.next(Side.CLIENT);
            talk.segment(Side.CLIENT, first + head.length, tail, tail.length);
            talk.segment(Side.CLIENT, first, head, head.length);
          });
      check(
          "repeated from " + split / 2,
          talk -> {
            int first = talk.whole.next(Side.CLIENT);
            talk.add(Side.CLIENT, head);
            byte[] again = Arrays.copyOfRange(stream, head.length / 2, stream.length);
            talk.segment(Side.CLIENT, first + head.length / 2, again, again.length);
          });
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  void shouldReadNoSecretWhenPartsAreMissing(byte[] stream) {
    for (int at = 1; at < stream.length; at++) {
      int from = at;
      byte[] head = Arrays.copyOf(stream, from);
      for (int gap : new int[] {1, 9, 40, 200}) {
        byte[] tail =
            Arrays.copyOfRange(stream, Math.min(from + gap, stream.length), stream.length);
        check(
            gap + " missing at " + from,
            talk -> {
              talk.add(Side.CLIENT, head);
              talk.missing(Side.CLIENT, gap);
              talk.pieces(Side.CLIENT, tail, 100);
            });
      }
      check(
          "only from " + from,
          talk -> {
            talk.missing(Side.CLIENT, from);
            talk.add(Side.CLIENT, Arrays.copyOfRange(stream, from, stream.length));
          });
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  void shouldReadNoSecretOfWhatIsCutByTheSnapLength(byte[] stream) {
    for (int captured = 0; captured < stream.length; captured++) {
      byte[] visible = Arrays.copyOf(stream, captured);
      check(
          "captured " + captured, talk -> talk.segment(Side.CLIENT, 1_000, visible, stream.length));
    }
  }

  @Test
  void shouldReadFirstBytesOfOtherProtocolsThatAreKnown() {
    check(
        "HTTP",
        talk -> {
          talk.add(Side.CLIENT, HTTP);
          assertEquals(AmqpProtocol.HTTP, talk.stripped.snapshot().protocol());
        });
  }

  /** Amid them they may be anything's, such as a password: then it is not known which it is. */
  @Test
  void shouldReadNoSecretOfOtherProtocolsWhenSplitAtAnyByte() {
    for (int split = 1; split < HTTP.length; split++) {
      Pair talk = new Pair();
      talk.add(Side.CLIENT, Arrays.copyOf(HTTP, split));
      talk.add(Side.CLIENT, Arrays.copyOfRange(HTTP, split, HTTP.length));
      assertFalse(leaks(talk.kept.toByteArray()), "split at " + split);
    }
  }
}
