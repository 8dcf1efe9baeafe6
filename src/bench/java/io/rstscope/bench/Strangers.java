package io.rstscope.bench;

import java.io.IOException;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;

/** Connections that come from ever other hosts and play one script each. Used by one thread. */
final class Strangers implements Traffic {
  /** 32.0.0.0/3, of which everyday connections use nothing. */
  private static final int NETWORK = 0x2000_0000;

  private static final int HOST_MASK = 0x1fff_ffff;

  /** Odd, so that no host comes twice before all have come; neighbours are far from each other. */
  private static final long STRIDE = 0x0b4f_2d35;

  private static final long ROUTER_MAC = 0x0200_0000_0001L;
  private static final int TTL = 48;

  private final TcpWriter tcp;
  private final MessageSizes sizes;
  private final RandomGenerator random;
  private final LongFunction<List<Line>> scripts;
  private final long startNanos;
  private final long durationNanos;
  private final long count;
  private final PriorityQueue<Conversation> speaking = new PriorityQueue<>();
  private long begun;

  /**
   * @param scripts what the connection of each number says, from 0
   */
  Strangers(
      PcapWriter capture,
      RandomGenerator random,
      long startNanos,
      long durationNanos,
      long count,
      LongFunction<List<Line>> scripts) {
    this.random = random;
    this.startNanos = startNanos;
    this.durationNanos = durationNanos;
    this.count = count;
    this.scripts = scripts;
    tcp = new TcpWriter(new FrameWriter(capture));
    sizes = MessageSizes.small(capture, random);
  }

  /** The client of that number, at another address than all others below 2<sup>29</sup>. */
  static TcpEndpoint client(long number, RandomGenerator random) {
    int host = (int) (number * STRIDE) & HOST_MASK;
    return new TcpEndpoint(ROUTER_MAC, NETWORK | host, random.nextInt(10_240, 60_000), TTL, random);
  }

  @Override
  public long due() {
    return Math.min(nextBegins(), speaking.isEmpty() ? NEVER : speaking.element().due());
  }

  private long nextBegins() {
    return begun == count ? NEVER : startNanos + (long) ((double) begun / count * durationNanos);
  }

  @Override
  public void send() throws IOException {
    if (speaking.isEmpty() || nextBegins() < speaking.element().due()) {
      Conversation conversation =
          new Conversation(client(begun, random), Conversation.broker(0, random), random);
      conversation.play(scripts.apply(begun), nextBegins());
      speaking.add(conversation);
      begun++;
      return;
    }
    Conversation conversation = speaking.remove();
    conversation.send(tcp, sizes);
    if (!conversation.isFinished()) {
      speaking.add(conversation);
    }
  }
}
