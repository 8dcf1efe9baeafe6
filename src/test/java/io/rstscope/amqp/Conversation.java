package io.rstscope.amqp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.rstscope.net.Side;
import java.util.Arrays;

/** Two byte streams on their way to one {@link AmqpReader}, cut into segments as a test likes. */
final class Conversation {
  final AmqpReader reader;
  private final boolean fromStart;
  private final Direction client = new Direction();
  private final Direction broker = new Direction();
  private AmqpSnapshot known;
  private int clientNext;
  private int brokerNext;

  /** What a glance never gives. */
  private static final int NO_GLANCE = 0;

  private int skimmed;

  /** What the caller of the reader keeps of a direction. */
  private static final class Direction {
    int position = AmqpReader.UNREAD;
    int heartbeats;
    int end;
  }

  private Conversation(AmqpReader reader, boolean fromStart, int clientNext, int brokerNext) {
    this.reader = reader;
    this.fromStart = fromStart;
    this.clientNext = clientNext;
    this.brokerNext = brokerNext;
  }

  static Conversation fromStart() {
    return startingAt(1_000, 5_000);
  }

  static Conversation startingAt(int clientSequence, int brokerSequence) {
    return new Conversation(new AmqpReader(1 << 28), true, clientSequence, brokerSequence);
  }

  static Conversation joinedLate() {
    return new Conversation(new AmqpReader(1 << 28), false, 1_000, 5_000);
  }

  /** One of several that the same reader reads. */
  static Conversation readBy(AmqpReader reader) {
    return new Conversation(reader, true, 1_000, 5_000);
  }

  /** A usual connection, open. */
  static Conversation opened() {
    return fromStart()
        .client(AmqpBytes.header091())
        .broker(AmqpBytes.start())
        .client(AmqpBytes.startOk(AmqpBytes.clientProperties()))
        .broker(AmqpBytes.tune(60))
        .client(AmqpBytes.tuneOk(60), AmqpBytes.open("/orders"))
        .broker(AmqpBytes.openOk());
  }

  /** One segment. */
  Conversation client(byte[]... frames) {
    byte[] payload = AmqpBytes.join(frames);
    return cut(Side.CLIENT, payload, payload.length);
  }

  /** One segment. */
  Conversation broker(byte[]... frames) {
    byte[] payload = AmqpBytes.join(frames);
    return cut(Side.BROKER, payload, payload.length);
  }

  /** One segment of which the capture holds the first {@code captured} bytes. */
  Conversation cut(Side from, byte[] payload, int captured) {
    int kept = Math.min(captured, payload.length);
    segment(from, next(from), Arrays.copyOf(payload, kept), payload.length);
    return missing(from, payload.length);
  }

  /** Bytes that were sent and are not in the capture. */
  Conversation missing(Side from, int count) {
    if (from == Side.CLIENT) {
      clientNext += count;
    } else {
      brokerNext += count;
    }
    return this;
  }

  /** Segments of {@code size} bytes each, the last perhaps shorter. */
  Conversation pieces(Side from, byte[] stream, int size) {
    for (int at = 0; at < stream.length; at += size) {
      byte[] piece = Arrays.copyOfRange(stream, at, Math.min(stream.length, at + size));
      cut(from, piece, piece.length);
    }
    return this;
  }

  /** A segment anywhere; what comes next is not changed by it. */
  Conversation segment(Side from, int sequence, byte[] captured, int length) {
    // in the middle of a larger array, as packets are
    byte[] buffer = new byte[captured.length + 32];
    Arrays.fill(buffer, (byte) 0xCE);
    System.arraycopy(captured, 0, buffer, 16, captured.length);
    Direction direction = from == Side.CLIENT ? client : broker;
    int ahead = direction.position == AmqpReader.UNREAD ? 0 : sequence - direction.end;
    int skimmedTo =
        ahead == 0 ? skim(direction.position, buffer, captured.length, length) : AmqpReader.UNREAD;
    boolean heartbeat =
        ahead == 0
            && AmqpReader.isHeartbeat(direction.position, buffer, 16, captured.length, length);
    int positionBefore = direction.position;
    AmqpSnapshot before = known;
    reader.read(
        known, direction.position, from, fromStart, ahead, buffer, 16, captured.length, length);
    known = reader.known();
    direction.position = reader.position();
    direction.heartbeats += reader.heartbeats();
    if (skimmedTo != AmqpReader.UNREAD) {
      skimmed++;
      assertEquals(
          direction.position | AmqpReader.MARKS,
          skimmedTo | AmqpReader.MARKS,
          "skimming leads to where reading does");
      assertSame(before, known, "only what tells nothing is skimmed");
      assertEquals(0, reader.heartbeats());
    }
    if (heartbeat) {
      assertEquals(positionBefore | AmqpReader.MARKS, direction.position | AmqpReader.MARKS);
      assertSame(before, known, "a heartbeat tells nothing");
      assertEquals(1, reader.heartbeats());
    }
    direction.end = Math.max(ahead + length, 0) == 0 ? direction.end : sequence + length;
    return this;
  }

  private static int skim(int position, byte[] buffer, int captured, int length) {
    int skimmedTo = AmqpReader.skim(position, NO_GLANCE, buffer, 16, captured, length);
    if (captured > 0) {
      int glance = AmqpReader.glance(buffer, 16, captured, length);
      assertNotEquals(NO_GLANCE, glance);
      assertEquals(
          skimmedTo,
          AmqpReader.skim(position, glance, buffer, 16, captured, length),
          "a glance before changes nothing");
    }
    return skimmedTo;
  }

  int next(Side from) {
    return from == Side.CLIENT ? clientNext : brokerNext;
  }

  /** Segments that need not have been read. */
  int skimmed() {
    return skimmed;
  }

  AmqpSnapshot snapshot() {
    return (known == null ? AmqpSnapshot.NOTHING : known)
        .withHeartbeats(client.heartbeats, broker.heartbeats);
  }

  /** What the reader knows, without heartbeats; null when nothing. */
  AmqpSnapshot known() {
    return known;
  }
}
