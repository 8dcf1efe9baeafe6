package io.rstscope.bench;

import java.io.IOException;
import java.util.random.RandomGenerator;

/**
 * One connection that somebody guesses at: resets in the client's name with sequence numbers at
 * random, while client and broker go on talking, until the client aborts. Used by one thread.
 */
final class BlindResets implements Traffic {
  private static final int GUESSER_TTL = 55;

  /** Resets between two exchanges of the two ends. */
  private static final int BETWEEN = 100;

  private static final int NUMBER = 1_000_000;

  private final TcpWriter tcp;
  private final MessageSizes sizes;
  private final RandomGenerator random;
  private final TcpEndpoint client;
  private final TcpEndpoint broker;
  private final Conversation conversation;
  private final long gapNanos;
  private final long count;
  private long sent;
  private long now;

  BlindResets(
      PcapWriter capture, RandomGenerator random, long startNanos, long durationNanos, long count) {
    this.random = random;
    this.count = count;
    this.gapNanos = Math.max(1, durationNanos / (count + 1));
    tcp = new TcpWriter(new FrameWriter(capture));
    sizes = MessageSizes.small(capture, random);
    client = Strangers.client(NUMBER, random);
    broker = Conversation.broker(0, random);
    conversation = new Conversation(client, broker, random);
    conversation.play(Script.OPENINGS.get(0), startNanos);
    now = startNanos;
  }

  @Override
  public long due() {
    if (!conversation.isFinished()) {
      return Math.max(now, conversation.due());
    }
    return conversation.wasReset() ? NEVER : now + gapNanos;
  }

  @Override
  public void send() throws IOException {
    now = due();
    if (!conversation.isFinished()) {
      conversation.send(tcp, sizes);
      return;
    }
    if (sent < count) {
      guess();
    }
    if (sent == count) {
      conversation.play(Script.CLIENT_ABORT, now);
    } else if (sent % BETWEEN == 0) {
      conversation.play(Script.CLIENT_HEARTBEAT, now);
    }
  }

  private void guess() throws IOException {
    int right = client.sequence;
    client.sequence = random.nextInt();
    tcp.sendStatelessReset(now, client, broker, GUESSER_TTL);
    client.sequence = right;
    sent++;
  }
}
