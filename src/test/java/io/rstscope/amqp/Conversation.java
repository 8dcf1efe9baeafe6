package io.rstscope.amqp;

import java.util.Arrays;

/**
 * Two byte streams on their way to one {@link AmqpConnection}, cut into segments as a test likes.
 */
final class Conversation {
  final AmqpContext context = new AmqpContext();
  final AmqpConnection connection;

  private int clientNext;
  private int brokerNext;

  private Conversation(boolean fromStart, int clientNext, int brokerNext) {
    connection = new AmqpConnection(context, fromStart);
    this.clientNext = clientNext;
    this.brokerNext = brokerNext;
  }

  static Conversation fromStart() {
    return startingAt(1_000, 5_000);
  }

  static Conversation startingAt(int clientSequence, int brokerSequence) {
    return new Conversation(true, clientSequence, brokerSequence);
  }

  static Conversation joinedLate() {
    return new Conversation(false, 1_000, 5_000);
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
    connection.payload(fromClient, sequence, buffer, 16, captured.length, length);
    return this;
  }

  int next(boolean fromClient) {
    return fromClient ? clientNext : brokerNext;
  }

  AmqpSnapshot snapshot() {
    return connection.snapshot();
  }
}
