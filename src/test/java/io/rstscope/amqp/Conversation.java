package io.rstscope.amqp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Arrays;

/** Two byte streams on their way to one {@link AmqpReader}, cut into segments as a test likes. */
final class Conversation {
  final AmqpReader reader;
  private final boolean fromStart;
  private final Side client = new Side();
  private final Side broker = new Side();
  private AmqpSnapshot known;
  private int clientNext;
  private int brokerNext;
  private int skimmed;

  /** What the caller of the reader keeps of a direction. */
  private static final class Side {
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
    return cut(true, payload, payload.length);
  }

  /** One segment. */
  Conversation broker(byte[]... frames) {
    byte[] payload = AmqpBytes.join(frames);
    return cut(false, payload, payload.length);
  }

  /** One segment of which the capture holds the first {@code captured} bytes. */
  Conversation cut(boolean fromClient, byte[] payload, int captured) {
    int kept = Math.min(captured, payload.length);
    segment(fromClient, next(fromClient), Arrays.copyOf(payload, kept), payload.length);
    return missing(fromClient, payload.length);
  }

  /** Bytes that were sent and are not in the capture. */
  Conversation missing(boolean fromClient, int count) {
    if (fromClient) {
      clientNext += count;
    } else {
      brokerNext += count;
    }
    return this;
  }

  /** Segments of {@code size} bytes each, the last perhaps shorter. */
  Conversation pieces(boolean fromClient, byte[] stream, int size) {
    for (int from = 0; from < stream.length; from += size) {
      byte[] piece = Arrays.copyOfRange(stream, from, Math.min(stream.length, from + size));
      cut(fromClient, piece, piece.length);
    }
    return this;
  }

  /** A segment anywhere; what comes next is not changed by it. */
  Conversation segment(boolean fromClient, int sequence, byte[] captured, int length) {
    // in the middle of a larger array, as packets are
    byte[] buffer = new byte[captured.length + 32];
    Arrays.fill(buffer, (byte) 0xCE);
    System.arraycopy(captured, 0, buffer, 16, captured.length);
    Side side = fromClient ? client : broker;
    int ahead = side.position == AmqpReader.UNREAD ? 0 : sequence - side.end;
    int skimmedTo =
        ahead == 0
            ? AmqpReader.skim(side.position, buffer, 16, captured.length, length)
            : AmqpReader.UNREAD;
    boolean heartbeat =
        ahead == 0 && AmqpReader.isHeartbeat(side.position, buffer, 16, captured.length, length);
    int positionBefore = side.position;
    AmqpSnapshot before = known;
    reader.read(
        known, side.position, fromClient, fromStart, ahead, buffer, 16, captured.length, length);
    known = reader.known();
    side.position = reader.position();
    side.heartbeats += reader.heartbeats();
    if (skimmedTo != AmqpReader.UNREAD) {
      skimmed++;
      assertEquals(
          side.position | AmqpReader.MARKS,
          skimmedTo | AmqpReader.MARKS,
          "skimming leads to where reading does");
      assertSame(before, known, "only what tells nothing is skimmed");
      assertEquals(0, reader.heartbeats());
    }
    if (heartbeat) {
      assertEquals(positionBefore | AmqpReader.MARKS, side.position | AmqpReader.MARKS);
      assertSame(before, known, "a heartbeat tells nothing");
      assertEquals(1, reader.heartbeats());
    }
    side.end = Math.max(ahead + length, 0) == 0 ? side.end : sequence + length;
    return this;
  }

  int next(boolean fromClient) {
    return fromClient ? clientNext : brokerNext;
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
