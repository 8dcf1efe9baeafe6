package io.rstscope.amqp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.net.Side;
import java.nio.ByteBuffer;

/**
 * Both directions of a connection, cut into segments as the input says, with missing, cut and
 * repeated ones.
 */
public final class AmqpTarget {
  private static final int LOSSY = 4;

  private AmqpTarget() {}

  /**
   * Takes a byte that is odd when the capture has the connection's begin, then steps: a byte for
   * direction and kind, one for the length, and so many bytes of payload.
   */
  public static void fuzzerTestOneInput(byte[] input) {
    ByteBuffer steps = ByteBuffer.wrap(input);
    boolean fromStart = steps.hasRemaining() && (steps.get() & 1) != 0;
    Conversation asSent = fromStart ? Conversation.fromStart() : Conversation.joinedLate();
    Conversation byByte = Conversation.fromStart();
    boolean whole = fromStart;
    while (steps.remaining() > 1) {
      int step = steps.get();
      byte[] payload = new byte[Math.min(steps.get() & 0xff, steps.remaining())];
      steps.get(payload);
      Side from = Side.of((step & 1) != 0);
      int kind = step >> 1 & 7;
      boolean isFirst = asSent.next(from) == Conversation.fromStart().next(from);
      whole &= kind < LOSSY && (!isFirst || beginsAsAmqp(payload));
      send(asSent, from, kind, payload);
      byByte.pieces(from, payload, 1);
      HostileBytesTest.assertBounded(asSent.snapshot());
    }
    // where a stream does not fit, reading goes on at the begin of some later segment
    if (whole && isInStep(asSent.snapshot()) && isInStep(byByte.snapshot())) {
      assertEquals(byByte.snapshot().client(), asSent.snapshot().client());
      assertEquals(byByte.snapshot().heartbeatSeconds(), asSent.snapshot().heartbeatSeconds());
      assertEquals(byByte.snapshot().vhost(), asSent.snapshot().vhost());
    }
    assertPlausible(asSent.snapshot(), input.length);
  }

  /** With the client's header, or the broker's connection.start. */
  private static boolean beginsAsAmqp(byte[] payload) {
    return payload.length >= 8
        && (payload[0] == 'A' && payload[1] == 'M' || payload[0] == 1 && payload[1] == 0);
  }

  private static boolean isInStep(AmqpSnapshot seen) {
    return seen.handshakeStep() == HandshakeStep.OPEN_OK && !seen.lostToGaps();
  }

  private static void send(Conversation conversation, Side from, int kind, byte[] payload) {
    int length = payload.length;
    switch (kind) {
      case LOSSY -> conversation.missing(from, length);
      case 5 -> conversation.cut(from, payload, length / 2);
      case 6 -> conversation.segment(from, conversation.next(from) - 5, payload, length);
      case 7 -> conversation.segment(from, java.util.Arrays.hashCode(payload), payload, length);
      default -> conversation.cut(from, payload, length);
    }
  }

  private static void assertPlausible(AmqpSnapshot seen, int bytes) {
    // the smallest frame has eight bytes
    assertTrue(seen.heartbeatsFromClient() + seen.heartbeatsFromBroker() <= bytes / 8);
    assertTrue(seen.heartbeatSeconds() == null || seen.heartbeatSeconds() >= 0);
    assertTrue(seen.heartbeatProposedSeconds() == null || seen.heartbeatProposedSeconds() >= 0);
    assertTrue(seen.handshakeStep() == HandshakeStep.NONE || seen.state() != AmqpState.NONE);
  }
}
