package io.rstscope.bench;

import io.rstscope.bench.Line.Sender;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One connection between a client and a broker, captured near the broker, which plays one script
 * after another. Ordered by the time of its next segment. Used by one thread.
 */
final class Conversation implements Comparable<Conversation> {
  private static final int BROKER_PORT = 5672;
  private static final int BROKERS = 3;
  private static final int BROKER_NETWORK = 0x0a00_0005;
  private static final int CLIENT_NETWORK = 0x0a01_0000;
  private static final int CLIENT_HOSTS = 4000;
  private static final int FIRST_CLIENT_PORT = 10_240;
  private static final long ROUTER_MAC = 0x0200_0000_0001L;
  private static final long BROKER_MAC = 0x0200_0000_0005L;

  private static final int BROKER_TTL = 64;
  // one hop away; clients are farther
  private static final int MIDDLEBOX_TTL = 63;
  private static final int NEAREST_CLIENT_HOPS = 2;
  private static final int FARTHEST_CLIENT_HOPS = 20;

  private static final long SHORTEST_ROUND_TRIP_NANOS = 200_000;
  private static final long LONGEST_ROUND_TRIP_NANOS = 40_000_000;
  private static final long BROKER_ANSWERS_AFTER_NANOS = 80_000;
  private static final long SAME_SENDER_AFTER_NANOS = 12_000;

  private final TcpEndpoint client;
  private final TcpEndpoint broker;
  private final long roundTripNanos;
  private List<Line> script = List.of();
  private int next;
  private int bodyLeft;
  private long due;
  private boolean reset;

  /**
   * @param number no two of a capture have the same, and so the same addresses and ports
   */
  Conversation(int number, RandomGenerator random) {
    this(client(number, random), broker(number, random), random);
  }

  Conversation(TcpEndpoint client, TcpEndpoint broker, RandomGenerator random) {
    this.client = client;
    this.broker = broker;
    roundTripNanos = random.nextLong(SHORTEST_ROUND_TRIP_NANOS, LONGEST_ROUND_TRIP_NANOS);
  }

  private static TcpEndpoint client(int number, RandomGenerator random) {
    int hops = random.nextInt(NEAREST_CLIENT_HOPS, FARTHEST_CLIENT_HOPS + 1);
    int initialTtl = random.nextInt(4) == 0 ? 128 : 64;
    return new TcpEndpoint(
        ROUTER_MAC,
        CLIENT_NETWORK + number % CLIENT_HOSTS,
        FIRST_CLIENT_PORT + number / CLIENT_HOSTS,
        initialTtl - hops,
        random);
  }

  /** The broker of a connection of that number. */
  static TcpEndpoint broker(int number, RandomGenerator random) {
    int node = number % BROKERS;
    return new TcpEndpoint(
        BROKER_MAC + node, BROKER_NETWORK + node, BROKER_PORT, BROKER_TTL, random);
  }

  /** Begins a script; its first segment is sent at {@code startNanos}, or after its silence. */
  void play(List<Line> script, long startNanos) {
    this.script = script;
    next = 0;
    due = startNanos + script.get(0).silenceNanos();
  }

  /** When the next segment is to be sent, in nanoseconds. */
  long due() {
    return due;
  }

  boolean isFinished() {
    return next == script.size();
  }

  /** Whether either end, or something between them, has sent a reset. */
  boolean wasReset() {
    return reset;
  }

  /** Sends the segment that is due. */
  void send(TcpWriter tcp, MessageSizes sizes) throws IOException {
    Line line = script.get(next);
    switch (line.sender()) {
      case CLIENT -> send(line, client, broker, tcp, sizes);
      case BROKER -> send(line, broker, client, tcp, sizes);
      case MIDDLEBOX -> tcp.sendStatelessReset(due, client, broker, MIDDLEBOX_TTL);
    }
    if (bodyLeft > 0) {
      due += SAME_SENDER_AFTER_NANOS;
      return;
    }
    reset |= (line.flags() & TcpWriter.RST) != 0;
    next++;
    if (!isFinished()) {
      due += script.get(next).silenceNanos() + delay(line.sender(), script.get(next).sender());
    }
  }

  private void send(Line line, TcpEndpoint from, TcpEndpoint to, TcpWriter tcp, MessageSizes sizes)
      throws IOException {
    ByteBuffer out = tcp.begin(due, from, to, line.flags());
    int end = out.position() + TcpWriter.LONGEST_PAYLOAD;
    if (bodyLeft == 0) {
      out.put(line.payload());
    }
    if (line.hasBody()) {
      putBody(out, end, sizes);
    }
    tcp.end();
  }

  private void putBody(ByteBuffer out, int end, MessageSizes sizes) {
    if (bodyLeft == 0) {
      bodyLeft = sizes.next();
      AmqpFrames.putContentHead(out, bodyLeft);
    }
    int room = end - out.position() - 1;
    int part = Math.min(bodyLeft, room);
    Filler.put(out, part);
    bodyLeft -= part;
    if (bodyLeft == 0) {
      AmqpFrames.putFrameEnd(out);
    }
  }

  private long delay(Sender before, Sender after) {
    if (before == after) {
      return SAME_SENDER_AFTER_NANOS;
    }
    return switch (after) {
      case CLIENT -> roundTripNanos;
      case BROKER -> BROKER_ANSWERS_AFTER_NANOS;
      case MIDDLEBOX -> SHORTEST_ROUND_TRIP_NANOS / 2;
    };
  }

  @Override
  public int compareTo(Conversation other) {
    return Long.compare(due, other.due);
  }
}
